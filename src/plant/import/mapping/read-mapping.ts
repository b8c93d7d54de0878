import { readFile } from "node:fs/promises";
import { isMap, isNode, isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { Document } from "yaml";
import type { z } from "zod";
import { SunbaeError } from "../../../core/errors.ts";
import type { ErrorDetail } from "../../../core/errors.ts";
import { checkMapping } from "./check-mapping.ts";
import { suggestion } from "./nearest.ts";
import { mappingSchema, recordSets } from "./schema.ts";
import type { MappingDocument } from "./schema.ts";

export type Path = readonly (string | number)[];
export type Mapping = MappingDocument & {
  path: string;
  /** The line of the YAML where this part of the mapping is written. */
  lineOf: (path: Path) => number | undefined;
};

/** Reads and checks a mapping whole. Rejects with `invalid_input`; `details` name the line and the fix of each fault. */
export async function readMapping(path: string): Promise<Mapping> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new SunbaeError("not_found", `The mapping ${path} can't be read.`, { fix: "Check the path.", cause });
  });
  return parseMapping(text, path);
}

export function parseMapping(text: string, path: string): Mapping {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, merge: true });
  if (document.errors.length > 0) {
    fail(
      path,
      document.errors.map((error) => ({
        line: error.linePos?.[0].line,
        message: error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? error.message,
      })),
    );
  }
  const aliases = unresolvedAliases(document, lines);
  if (aliases.length > 0) fail(path, aliases);
  const lineOf = (at: Path): number | undefined => lineOfPath(document, lines, at);
  const parsed = mappingSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!parsed.success)
    fail(
      path,
      parsed.error.issues.flatMap((issue) => describe(issue, lineOf, (at) => document.getIn(at))),
    );
  const details = checkMapping(parsed.data).map((fault) => ({
    path: fault.path.join("."),
    line: lineOf(fault.path),
    message: fault.message,
  }));
  if (details.length > 0) fail(path, details);
  return { ...parsed.data, path, lineOf };
}

/** `file: *.csv` without quotes is YAML for "the value anchored .csv". */
function unresolvedAliases(document: Document.Parsed, lines: LineCounter): ErrorDetail[] {
  const details: ErrorDetail[] = [];
  visit(document, {
    Alias: (_key, node) => {
      if (node.resolve(document)) return;
      const line = node.range ? lines.linePos(node.range[0]).line : undefined;
      details.push({
        line,
        message: `*${node.source} refers to nothing; put quotes around a text that begins with *.`,
      });
    },
  });
  return details;
}

function fail(path: string, details: ErrorDetail[]): never {
  const first = details[0];
  const where = first?.line === undefined ? "" : ` (line ${first.line}: ${first.message})`;
  const more = details.length > 1 ? ` and ${details.length - 1} more` : "";
  throw new SunbaeError("invalid_input", `The mapping ${path} has a fault${where}${more}.`, {
    fix: "Mend the lines named and import again; nothing was read or written.",
    details: details.slice(0, 50),
  });
}

type Issue = z.core.$ZodIssue;
function describe(issue: Issue, lineOf: Mapping["lineOf"], valueAt: (path: Path) => unknown): ErrorDetail[] {
  const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key].join("."),
      line: lineOf([...path, key]),
      message: `"${key}" is not known here. ${suggestion(key, knownKeys(path))}`,
    }));
  }
  if (issue.code === "invalid_union" && issue.path.at(-1) === "records") {
    return [
      {
        path: path.join("."),
        line: lineOf(path),
        message: `records names a record set. ${suggestion(String(valueAt(path) ?? ""), recordNames)}`,
      },
    ];
  }
  return [
    { path: path.join("."), line: lineOf(path), message: `${path.join(".") || "the mapping"}: ${messageOf(issue)}` },
  ];
}

/** The most telling line of a union's issues: the one that got furthest into the value. */
function messageOf(issue: Issue): string {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return issue.message;
  const branches = issue.errors.flat();
  const deepest = branches.reduce(
    (best, one) => (one.path.length > best.path.length ? one : best),
    branches[0] as Issue,
  );
  const at = deepest.path.length > 0 ? `${deepest.path.join(".")}: ` : "";
  return at + deepest.message;
}

const recordNames = [...recordSets, "readings"];
const topKeys = ["source", "title", "time_zone", "sample", "files"];
const tableKeys = [
  "file",
  "optional",
  "format",
  "encoding",
  "delimiter",
  "sheet",
  "header",
  "names",
  "short_rows",
  "decimal",
  "skip_when",
  "only_when",
  "ignore",
];
const entryKeys = [
  ...tableKeys,
  "join",
  "records",
  "columns",
  "defaults",
  "key",
  "unique",
  "measurements",
  "time",
  "equipment",
  "tag",
  "value",
  "unit",
  "tags",
  "except",
];
const cellKeys = [
  "column",
  "template",
  "constant",
  "optional",
  "required",
  "trim",
  "empty",
  "extract",
  "replace",
  "values",
  "lookup",
  "split",
  "format",
  "day_first",
  "time_zone",
  "unit",
  "scale",
  "offset",
  "decimal",
  "if_invalid",
];
const tagKeys = [
  "id",
  "name",
  "name_ko",
  "aliases",
  "unit",
  "normal_low",
  "normal_high",
  "alarm_low",
  "alarm_high",
  "scale",
  "offset",
];
function knownKeys(path: Path): string[] {
  if (path.length === 0) return topKeys;
  if (path.length === 2) return entryKeys;
  if (path.includes("lookup")) return ["records", "by", "take"];
  if (path[2] === "tags") return tagKeys;
  if (path[2] === "measurements") return ["columns", "except", "as"];
  if (path[2] === "join" && path.length === 4) return [...tableKeys, "as", "on"];
  if (path[2] === "join" && path.length === 6) return ["here", "there", "as"];
  return cellKeys;
}

function lineOfPath(document: Document, lines: LineCounter, path: Path): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const parent = length === 0 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair =
      isMap(parent) && length > 0
        ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
        : undefined;
    const node = pair?.key ?? (length > 0 ? document.getIn(path.slice(0, length), true) : document.contents);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
