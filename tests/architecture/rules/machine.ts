import { lineAt } from "../source-file.ts";
import type { Rule } from "../source-file.ts";

// Written so that this file does not break its own rule.
const unixPath = /(?<![\w.:/~*-])\/(?:work|home|root)\/[\w.-]/g;
const windowsPath = /\b[A-Z]:\\{1,2}Users\\{1,2}\w/g;

/** Nothing in the repository knows the machine it was written on. */
export const machinePaths: Rule = (files) =>
  files.flatMap((file) =>
    [unixPath, windowsPath].flatMap((pattern) =>
      [...file.text.matchAll(pattern)].map((match) => ({
        path: file.path,
        line: lineAt(file.text, match.index),
        message: `names a path of one machine (${match[0]}…): make it relative to the repository or a setting.`,
      })),
    ),
  );

/** The locks name no registry, so that every network installs from its own. */
export const registries: Rule = (files) =>
  files.flatMap((file) => {
    const lock = file.path.endsWith("package-lock.json") && file.text.search(/"resolved":\s*"(https?|git)/);
    const setting = file.path.endsWith(".npmrc") && file.text.search(/registry\s*=|_auth/i);
    const offset = [lock, setting].find((at): at is number => typeof at === "number" && at >= 0);
    if (offset === undefined) return [];
    const fix =
      lock === false ? "remove the line" : "run npm install --package-lock-only --omit-lockfile-registry-resolved";
    return [{ path: file.path, line: lineAt(file.text, offset), message: `names a registry: ${fix}.` }];
  });
