import { withoutComments } from "../source-file.ts";
import type { Rule, SourceFile, Violation } from "../source-file.ts";

const vague = "(utils?|helpers?|common|misc|managers?|services?|base)";
const vagueName = new RegExp(`^${vague}$|-(utils?|helpers?|managers?|services?)$|^base-`);
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;

/** Names say what a thing is; files are kebab-case; nothing only passes on the exports of others. */
export const names: Rule = (files) => {
  const own = files.filter((file) => /^(src|agents)\//.test(file.path));
  return [...own.flatMap((file) => badNames(file.path)), ...own.flatMap(barrel)];
};

function badNames(path: string): Violation[] {
  return path.split("/").flatMap((segment) => {
    const stem = segment.replace(/\..*$/, "");
    if (vagueName.test(stem)) {
      return [{ path, message: `"${stem}" says nothing: name it after the one thing that it does or holds.` }];
    }
    const plain = kebab.test(segment) || /\.(md|json)$/.test(segment);
    return plain ? [] : [{ path, message: `"${segment}" is not kebab-case: rename it.` }];
  });
}

function barrel(file: SourceFile): Violation[] {
  const name = file.path.split("/").at(-1) ?? "";
  if (!/\.tsx?$/.test(name)) return [];
  const fix = "import from the file that has it, and remove this one.";
  if (file.path.startsWith("src/") && /^index\.tsx?$/.test(name))
    return [{ path: file.path, message: `index file: ${fix}` }];
  const passedOn = /export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s*from\s*["'][^"']+["'];?/g;
  const text = withoutComments(file.text);
  const isBarrel = passedOn.test(text) && text.replace(passedOn, "").trim() === "";
  return isBarrel ? [{ path: file.path, message: `only passes on the exports of others: ${fix}` }] : [];
}
