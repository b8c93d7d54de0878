#!/usr/bin/env node
// @ts-check
// Runs a tool of node_modules, or `node FILE`, on the right Node with the packages installed: `run.js vitest run`.
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { endLike, runChild } from "./child.js";
import { launch, root } from "./prepare.js";
import { LaunchError } from "./say.js";

/** @param {string} tool the package's name */
function scriptOf(tool) {
  try {
    const { bin } = JSON.parse(readFileSync(path.join(root, "node_modules", tool, "package.json"), "utf8"));
    return path.join(root, "node_modules", tool, typeof bin === "string" ? bin : bin[tool]);
  } catch {
    throw new LaunchError(
      `There is no tool "${tool}" in node_modules. It is run as: run.js TOOL … or run.js node FILE …`,
    );
  }
}

await launch(import.meta.url, { tools: true }, async ([tool = "", ...rest]) => {
  // With flags for Node itself a process of its own is needed; else one process is enough.
  if (tool === "node" && rest[0]?.startsWith("-")) return endLike(await runChild(process.execPath, rest));
  const [script, args] = tool === "node" ? [path.resolve(rest[0] ?? ""), rest.slice(1)] : [scriptOf(tool), rest];
  process.argv = [process.execPath, script, ...args];
  await import(pathToFileURL(script).href);
});
