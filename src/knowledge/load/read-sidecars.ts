import { readFile } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { parse as parseYaml } from "yaml";
import { readMetadata } from "./metadata.ts";
import type { Metadata } from "./metadata.ts";
import { readers } from "./readers.ts";

// Sidecar: a file of metadata beside a document, `manual.pdf.yaml`, or for all of a folder, `_folder.yaml`.

export type Sidecars = {
  /** Of the folders, the nearest winning field by field. */
  folder: Metadata;
  /** Of the file itself; it wins over the file's own front matter, the folder's does not. */
  file: Metadata;
  /** A sentence for everything wrong in them. */
  notices: string[];
  /** Changes when any of them does; empty where there is none. Part of what decides whether a file is read again. */
  fingerprint: string;
};

const largest = 64 * 1024;
const endings = [".yaml", ".yml"];

/** Whether a file describes others and is no document itself. */
export function isSidecar(path: string): boolean {
  const match = /^(?:_folder|.+(\.[^.]+))\.ya?ml$/i.exec(basename(path));
  return match !== null && (match[1] === undefined || match[1].toLowerCase() in readers);
}

/** Of a file and the folders around it, up to and with `root`. A sidecar that can't be read becomes a notice. */
export async function readSidecars(file: string, root: string): Promise<Sidecars> {
  const inside = relative(root, dirname(file));
  const steps = inside === "" || inside.startsWith("..") ? [] : inside.split(sep);
  const folders =
    steps.length > 0 || inside === ""
      ? [root, ...steps.map((_, at) => join(root, ...steps.slice(0, at + 1)))]
      : [dirname(file)];
  const found: Sidecars = { folder: {}, file: {}, notices: [], fingerprint: "" };
  for (const folder of folders) {
    const one = await readFirst(endings.map((ending) => join(folder, `_folder${ending}`)));
    if (one) add(found, "folder", one);
  }
  const own = await readFirst(endings.map((ending) => file + ending));
  if (own) add(found, "file", own);
  return found;
}

/** What decides besides a file's bytes whether it is read again. */
export function besideOf(sidecars: Sidecars, overrides: Metadata): string {
  const set = Object.keys(overrides).length > 0 ? JSON.stringify(overrides) : "";
  return [sidecars.fingerprint, set].join("\n").trim();
}

type Source = { name: string; text: string };

async function readFirst(files: string[]): Promise<Source | null> {
  for (const file of files) {
    try {
      return { name: basename(file), text: await readFile(file, "utf8") };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== "ENOENT" && code !== "ENOTDIR")
        return { name: basename(file), text: `: ${(error as Error).message}` };
    }
  }
  return null;
}

function add(into: Sidecars, place: "folder" | "file", source: Source): void {
  const { metadata, notices } = parseSidecar(source.name, source.text);
  into[place] = { ...into[place], ...metadata };
  into.notices.push(...notices);
  into.fingerprint += `${source.name}\n${source.text}\n`;
}

/** Metadata as YAML; every slip is a sentence and never a reason not to read the document. */
export function parseSidecar(name: string, text: string): { metadata: Metadata; notices: string[] } {
  if (text.length > largest)
    return { metadata: {}, notices: [`${name} is too large to be metadata; it is passed over.`] };
  let value: unknown;
  try {
    value = parseYaml(text.replace(/^\uFEFF/, ""), { maxAliasCount: 20 });
  } catch (error) {
    const first = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    return { metadata: {}, notices: [`${name} is passed over, it is not valid YAML: ${first}`] };
  }
  if (value === null || value === undefined) return { metadata: {}, notices: [] };
  if (typeof value !== "object" || Array.isArray(value))
    return { metadata: {}, notices: [`${name} is passed over: it needs lines such as "title: …".`] };
  const { metadata, wrong } = readMetadata(value as Record<string, unknown>);
  return { metadata, notices: wrong.map((one) => `In ${name}, ${one}.`) };
}
