#!/usr/bin/env node
// @ts-check
// The command line: brings Node and packages, bundles what changed, then runs the product in this very process.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBundles } from "./bundle.js";
import { launch, root } from "./prepare.js";

await launch(import.meta.url, { tools: false }, async (args) => {
  await ensureBundles(root);
  const cli = path.join(root, "dist", "cli.js");
  process.setSourceMapsEnabled(true);
  process.argv = [process.execPath, cli, ...args];
  await import(pathToFileURL(cli).href);
});
