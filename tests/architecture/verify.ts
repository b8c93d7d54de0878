import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readRepository } from "./read-repository.ts";
import { rules } from "./rules.ts";

// `npm run verify`: types, lint, format and architecture at once; needs no database, takes seconds.

type Outcome = { name: string; ok: boolean; fix: string; output: string; ms: number };

const root = fileURLToPath(new URL("../..", import.meta.url));

const tools = [
  { name: "types", script: "typescript/bin/tsc", args: ["--noEmit", "--pretty", "false"], fix: "correct the types" },
  { name: "lint", script: "oxlint/bin/oxlint", args: ["--quiet", "--format=unix"], fix: "correct the lines above" },
  { name: "format", script: "oxfmt/bin/oxfmt", args: ["--list-different"], fix: "run npm run format" },
];

const outcomes = await Promise.all([...tools.map(runTool), checkArchitecture()]);
for (const { name, ok, fix, output, ms } of outcomes) {
  if (!ok) process.stdout.write(`${indent(output)}\n`);
  process.stdout.write(`${name.padEnd(14)}${ok ? "ok" : `FAILED: ${fix}`}  ${(ms / 1000).toFixed(1)} s\n`);
}
process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1;

function runTool({ name, script, args, fix }: (typeof tools)[number]): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, "node_modules", script), ...args], { cwd: root });
    let output = "";
    child.stdout.on("data", (chunk) => (output += String(chunk)));
    child.stderr.on("data", (chunk) => (output += String(chunk)));
    child.once("error", (error) => (output += error.message));
    child.once("close", (code) => resolve({ name, ok: code === 0, fix, output, ms: performance.now() - started }));
  });
}

async function checkArchitecture(): Promise<Outcome> {
  const started = performance.now();
  const files = readRepository(root);
  const lines = Object.values(rules).flatMap((rule) =>
    rule(files).map(({ path, line, message }) => `${path}${line ? `:${line}` : ""}  ${message}`),
  );
  const fix = `${lines.length} to mend, each line says how`;
  return {
    name: "architecture",
    ok: lines.length === 0,
    fix,
    output: lines.join("\n"),
    ms: performance.now() - started,
  };
}

function indent(output: string): string {
  const lines = output.trim().split("\n");
  const shown = lines.slice(0, 60);
  if (lines.length > shown.length) shown.push(`… and ${lines.length - shown.length} more lines`);
  return shown.map((line) => `  ${line}`).join("\n");
}
