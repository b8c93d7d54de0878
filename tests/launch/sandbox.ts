import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, vi } from "vitest";

const launcher = fileURLToPath(new URL("../../src/launch", import.meta.url));

export type Ended = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string };

/** A package with the real launcher, no dependencies but the given lock, and a scripted npm. */
export function createSandbox() {
  const root = mkdtempSync(path.join(tmpdir(), "sunbae-launch-"));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  cpSync(launcher, path.join(root, "src/launch"), {
    recursive: true,
    filter: (source) => !source.includes("node_modules"),
  });
  write("package.json", JSON.stringify({ name: "sandbox", type: "module" }));
  write("package-lock.json", lockOf({ tool: "1.0.0" }));

  /** Starts a file of the launcher; npm is the scripted `npm-cli.cjs`; flags are for Node itself. */
  const start = (file: "sunbae.js" | "run.js", args: string[], flags: string[] = []) => {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|vitest|node_options)/i.test(name));
    const child = spawn(process.execPath, [...flags, path.join(root, "src/launch", file), ...args], {
      cwd: root,
      env: { ...Object.fromEntries(inherited), npm_execpath: path.join(root, "npm-cli.cjs") },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += String(chunk)));
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    const ended = new Promise<Ended>((resolve) =>
      child.once("close", (code, signal) => resolve({ code, signal, stdout, stderr })),
    );
    const hears = (text: string) => vi.waitFor(() => expect(stdout + stderr).toContain(text), { timeout: 10_000 });
    return { child, ended, hears };
  };
  const read = (file: string) => readFileSync(path.join(root, file), "utf8");
  const has = (file: string) => existsSync(path.join(root, file));
  return { root, write, read, has, start, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** A lock, or npm's hidden one, with these packages. */
export function lockOf(packages: Record<string, string>): string {
  const entries = Object.entries(packages).map(([name, version]) => [`node_modules/${name}`, { version }]);
  return JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(entries) });
}

/** An npm that counts its calls in `npm-calls`, works for a while and installs what the lock names. */
export const installingNpm = (ms = 0) => `
  const fs = require("node:fs");
  fs.appendFileSync("npm-calls", process.argv.slice(2).join(" ") + "\\n");
  setTimeout(() => {
    fs.mkdirSync("node_modules/tool", { recursive: true });
    fs.writeFileSync("node_modules/tool/package.json", JSON.stringify({ bin: "tool.js", type: "module" }));
    fs.writeFileSync("node_modules/tool/tool.js", "console.log('tool', process.argv.slice(2).join(' '))");
    fs.copyFileSync("package-lock.json", "node_modules/.package-lock.json");
  }, ${ms});
`;

/** An npm that fails with this output. */
export const failingNpm = (output: string) => `
  process.stderr.write(${JSON.stringify(output)});
  process.exitCode = 1;
`;
