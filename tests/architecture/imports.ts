import { posix } from "node:path";
import { lineAt, withoutComments } from "./source-file.ts";
import type { SourceFile } from "./source-file.ts";

/** typeOnly: `import type`, `export type … from` or `typeof import()`; target: the repository path of a relative one. */
export type Import = { specifier: string; typeOnly: boolean; line: number; target?: string };

const statement =
  /(?<=^|[;\n}])[ \t]*(?:import|export)\s+(?:(type)\s+(?=[\w{*$]))?(?:[\w$*\s{},]*?\s*from\s*)?["']([^"'\n]+)["']/g;
const call = /(typeof\s+)?\bimport\s*\(\s*["'`]([^"'`\n]+)["'`]/g;

/** The imports of one file, static, dynamic and re-exporting, by its text alone. */
export function importsOf(file: SourceFile): Import[] {
  const text = withoutComments(file.text);
  return [...text.matchAll(statement), ...text.matchAll(call)].map((match) => {
    const specifier = match[2] ?? "";
    const line = lineAt(text, match.index + match[0].length - 1);
    const found: Import = { specifier, typeOnly: match[1] !== undefined, line };
    if (specifier.startsWith(".")) found.target = posix.join(posix.dirname(file.path), specifier);
    return found;
  });
}
