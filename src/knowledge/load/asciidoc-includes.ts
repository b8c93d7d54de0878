import { posix } from "node:path";
import { decodeText } from "./decode-text.ts";
import type { ReaderInput } from "./reader.ts";

const deepest = 20;
const mostLines = 400_000;
const mostFiles = 2_000;
/** Characters of whole chapters that a book repeats; beyond, each is found under its own name only. */
const mostOfBook = 256 * 1024;

export type Expanded = { source: string; reads: string[]; notices: string[] };

/**
 * AsciiDoc with its includes put in their places, attributes filled into their paths, conditions decided. Only files
 * that `sibling` gives are read: what lies outside is a notice, as is what is missing or includes itself.
 */
export async function expandIncludes(source: string, sibling: ReaderInput["sibling"]): Promise<Expanded> {
  const attributes = new Map<string, string>([
    ["docdir", "."],
    ["sp", " "],
    ["empty", ""],
  ]);
  const reads: string[] = [];
  const notices: string[] = [];
  const lines: string[] = [];
  let ofBook = 0;
  let leftToThemselves = 0;

  async function expand(text: string, folder: string, path: string[], shift: number): Promise<void> {
    const conditions: boolean[] = [];
    let verbatim = "";
    let offset = shift;
    for (const raw of text.split("\n")) {
      if (lines.length >= mostLines) return;
      const line = raw.trimEnd();
      const fence = /^(?:-{4,}|\.{4,}|\/{4,}|`{3,})$/.exec(line)?.[0];
      if (fence && (verbatim === "" || verbatim === fence)) verbatim = verbatim === "" ? fence : "";
      if (line.startsWith("endif::")) {
        conditions.pop();
        continue;
      }
      const condition = /^(ifn?def|ifeval)::([^[]*)\[(.*)\]$/.exec(line);
      if (condition) {
        const [, kind = "", names = "", inside = ""] = condition;
        const holds = kind === "ifeval" ? true : isSet(names) === (kind === "ifdef");
        if (inside === "" || kind === "ifeval") conditions.push(holds);
        else if (holds && conditions.every(Boolean)) lines.push(inside);
        continue;
      }
      if (!conditions.every(Boolean)) continue;
      const set = /^:(!?)([\w-]+)(!?):(?:\s+(.*))?$/.exec(line);
      if (set) {
        const [, before, name, after, value] = set;
        if (before || after) attributes.delete(name!);
        else attributes.set(name!, filled(value ?? ""));
        if (name === "leveloffset")
          offset = Number(/^[+-]?\d+$/.exec(value ?? "")?.[0] ?? 0) + (/^[+-]/.test(value ?? "") ? offset : shift);
        if (name === "leveloffset") continue;
      }
      const include = /^include::([^[]+)\[(.*)\]$/.exec(line);
      if (!include) lines.push(offset === 0 || verbatim !== "" ? raw : shifted(raw, offset));
      else await follow(include[1]!, include[2]!, folder, path, offset);
    }
  }

  async function follow(given: string, options: string, folder: string, path: string[], shift: number): Promise<void> {
    const target = filled(given);
    const file = posix.normalize(posix.join(folder, target));
    if (/^[a-z][\w+.-]*:/i.test(target))
      return void notices.push(`The include of ${target} was not followed: nothing is loaded from outside.`);
    if (path.includes(file))
      return void notices.push(`The include of "${file}" leads back to itself and was not followed again.`);
    if (path.length >= deepest || reads.length >= mostFiles)
      return void notices.push(`The include of "${file}" was not followed: there are too many.`);
    const bytes = file.startsWith("/") ? null : await sibling(file);
    if (!bytes) {
      if (!/\bopts?\s*=\s*"?optional|%optional/.test(options))
        notices.push(`The included file "${file}" is missing; its text is not here.`);
      return;
    }
    let text: string;
    try {
      text = decodeText(bytes).text;
    } catch {
      return void notices.push(`The included file "${file}" is no text and was left out.`);
    }
    const chapter = /^= +(\S.*)$/m.exec(text.slice(0, 4_000))?.[1];
    if (chapter !== undefined && /^(?:leveloffset\s*=\s*"?[+-]?\d+"?)?$/.test(options.trim())) {
      ofBook += text.length;
      if (ofBook > mostOfBook) {
        leftToThemselves += 1;
        lines.push("", `* ${chapter} (${file})`, "");
        return;
      }
    }
    if (!reads.includes(file)) reads.push(file);
    const more = Number(/leveloffset\s*=\s*"?([+-]?\d+)/.exec(options)?.[1] ?? 0);
    await expand(selected(text, options), posix.dirname(file), [...path, file], shift + more);
  }

  const isSet = (names: string) =>
    names.includes("+")
      ? names.split("+").every((name) => attributes.has(name.trim()))
      : names.split(",").some((name) => attributes.has(name.trim()));
  const filled = (text: string) =>
    text.replaceAll(/\{([\w-]+)\}/g, (whole, name: string) => attributes.get(name) ?? whole);

  await expand(source, ".", [], 0);
  if (leftToThemselves > 0)
    notices.push(
      `It is a book: ${leftToThemselves} of its chapters are not repeated here, each is found under its own name; add the whole folder.`,
    );
  if (lines.length >= mostLines)
    notices.push(`With its includes it has more than ${mostLines} lines; the rest was not read.`);
  return { source: lines.join("\n"), reads, notices };
}

function shifted(line: string, by: number): string {
  const heading = /^(={1,6})(\s+\S.*)$/.exec(line);
  return heading ? "=".repeat(Math.min(Math.max(heading[1]!.length + by, 1), 6)) + heading[2] : line;
}

/** The lines or tagged regions that an include asks for; the marks of regions never stay. */
function selected(text: string, options: string): string {
  const lines = text.split("\n");
  const ranges = /lines\s*=\s*"?([\d.;,-]+)/.exec(options)?.[1];
  if (ranges)
    return ranges
      .split(/[;,]/)
      .flatMap((range) => {
        const [from, to] = range.split("..");
        return lines.slice(
          Math.max(Number(from) - 1, 0),
          to === undefined ? Number(from) : Number(to) > 0 ? Number(to) : undefined,
        );
      })
      .join("\n");
  const wanted = /tags?\s*=\s*"?([\w;,.*!-]+)/
    .exec(options)?.[1]
    ?.split(/[;,]/)
    .filter((tag) => tag !== "");
  const open: string[] = [];
  return lines
    .filter((line) => {
      const mark = /\b(tag|end)::([\w.-]+)\[\]/.exec(line);
      if (mark?.[1] === "tag") open.push(mark[2]!);
      else if (mark && open.includes(mark[2]!)) open.splice(open.lastIndexOf(mark[2]!), 1);
      if (mark) return false;
      return !wanted || open.some((tag) => wanted.includes(tag) || wanted.includes("*") || wanted.includes("**"));
    })
    .join("\n");
}
