import { isCode, lineAt, withoutComments } from "../source-file.ts";
import type { Rule } from "../source-file.ts";

const reads = [
  /\bprocess\s*\??\.\s*env\b/g,
  /\bprocess\s*(?:\?\.)?\s*\[\s*["'`]env["'`]\s*\]/g,
  /\{[^{}]*\benv\b[^{}]*\}\s*=\s*(?:globalThis\.)?process\b/g,
  /\bimport\s*\{[^}]*\benv\b[^}]*\}\s*from\s*["'](?:node:)?process["']/g,
  /\bimport\.meta\.env\b/g,
];

/** The environment is read once, by src/config.ts; the launcher runs before it and reads its own. */
export const environment: Rule = (files) =>
  files
    .filter((file) => isCode(file.path) && /^(src|agents)\//.test(file.path))
    .filter((file) => file.path !== "src/config.ts" && !file.path.startsWith("src/launch/"))
    .flatMap((file) => {
      const text = withoutComments(file.text);
      return reads.flatMap((pattern) =>
        [...text.matchAll(pattern)].map((match) => ({
          path: file.path,
          line: lineAt(text, match.index),
          message: "reads the environment: add the setting to src/config.ts and take its value as a parameter.",
        })),
      );
    });
