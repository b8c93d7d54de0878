import { readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { LineCounter, isNode, parseDocument } from "yaml";
import type { Document } from "yaml";
import { SunbaeError } from "../../../core/errors.ts";
import type { ErrorDetail } from "../../../core/errors.ts";
import { findBrokenReferences } from "./check-references.ts";
import { plantDescription } from "./plant-description.ts";
import type { PlantDescription } from "./plant-description.ts";

type Place = (string | number)[];
type Part = { file: string; document: Document; lines: LineCounter };

/**
 * Reads a plant's description: a folder of YAML files (each top-level key in one of them) or a single file.
 * Checks it whole; throws `invalid_input` with a detail per fault, each naming its file and line.
 */
export async function readPlantDescription(location: string): Promise<PlantDescription> {
  const parts = new Map<string, Part>();
  const content: Record<string, unknown> = {};
  const details: ErrorDetail[] = [];
  for (const file of await descriptionFiles(location)) {
    const lines = new LineCounter();
    const document = parseDocument(await readFile(file, "utf8"), { lineCounter: lines, prettyErrors: false });
    for (const error of document.errors)
      details.push({ path: path.basename(file), line: lines.linePos(error.pos[0]).line, message: error.message });
    if (document.errors.length > 0) continue;
    for (const [key, value] of Object.entries((document.toJS() as Record<string, unknown> | null) ?? {})) {
      const other = parts.get(key);
      if (other) details.push({ path: path.basename(file), message: `"${key}" stands in ${other.file}, too.` });
      parts.set(key, { file: path.basename(file), document, lines });
      content[key] = value;
    }
  }
  if (details.length > 0) throw broken(location, details);
  const parsed = plantDescription.safeParse(content);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => located(parts, issue.path as Place, issue.message));
    throw broken(location, issues);
  }
  const references = findBrokenReferences(parsed.data);
  if (references.length > 0)
    throw broken(
      location,
      references.map((each) => located(parts, each.place, each.message)),
    );
  return parsed.data;
}

async function descriptionFiles(location: string): Promise<string[]> {
  const found = await stat(location).catch(() => null);
  if (!found)
    throw new SunbaeError("not_found", `There is no plant description at ${location}.`, {
      fix: "Name a YAML file or a folder of them.",
    });
  if (!found.isDirectory()) return [location];
  const names = (await readdir(location)).filter((name) => /\.ya?ml$/u.test(name)).sort();
  return names.map((name) => path.join(location, name));
}

function located(parts: Map<string, Part>, place: Place, message: string): ErrorDetail {
  const part = parts.get(String(place[0]));
  const dotted = place.join(".");
  if (!part) return { path: dotted, message };
  for (let length = place.length; length > 0; length--) {
    const node = part.document.getIn(place.slice(0, length), true);
    if (isNode(node) && node.range)
      return { path: `${part.file} ${dotted}`, line: part.lines.linePos(node.range[0]).line, message };
  }
  return { path: `${part.file} ${dotted}`, message };
}

function broken(location: string, details: ErrorDetail[]): SunbaeError {
  const first = details[0];
  const where = first
    ? `${first.path ?? ""}${first.line === undefined ? "" : `, line ${first.line}`}: ${first.message}`
    : "";
  return new SunbaeError("invalid_input", `The plant description at ${path.basename(location)} has faults. ${where}`, {
    fix: "Mend the lines that the details name.",
    details,
  });
}
