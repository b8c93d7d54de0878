import { basename, extname } from "node:path";
import { SunbaeError } from "../../core/errors.ts";
import { detectFormat } from "./detect-format.ts";
import { formatOf, formatOfExtension, oftenWrong } from "./format-names.ts";
import type { FormatName } from "./format-names.ts";
import { isPaged } from "./reader.ts";
import type { Reader } from "./reader.ts";
import { readers } from "./readers.ts";

export const readableExtensions = Object.keys(readers);

/** ".2" of "press manual rev.2" and the like say nothing about the kind. */
function extensionOf(path: string): string {
  const extension = extname(path).toLowerCase();
  return /^\.[a-z][a-z0-9]{0,9}$/.test(extension) || extension === ".7z" ? extension : "";
}

/** True where a file is worth opening: a known extension, none at all, or one that is often wrong. */
export function isReadable(path: string): boolean {
  const extension = extensionOf(path);
  return extension === "" || extension in readers || oftenWrong.has(extension);
}

/** Why a file is passed over by its name alone, with what helps. */
export function whyNotReadable(path: string): string {
  const format = formatOfExtension(extensionOf(path));
  if (!format) return `There is no reader for "${extensionOf(path)}" files; read are ${readableExtensions.join(" ")}.`;
  return `It is ${format.called}, which is not read. ${format.fix ?? ""}`.trim();
}

/**
 * The reader for what a file is, whatever its name says; a reader of a wrongly named file says so in its notices.
 * Throws `invalid_input` with a sentence and its fix where there is none.
 */
export function readerOf(path: string, bytes: Uint8Array): Reader {
  const extension = extensionOf(path);
  const named = readers[extension];
  const found = detectFormat(bytes);
  if (found === "text" || (isTextFormat(found) && named && isTextual(named))) {
    // Markdown may begin with an element of HTML; a whole page of it is none.
    if (found === "html" && named?.format !== "html" && isWholePage(bytes))
      return renamed(readers[".html"]!, path, found);
    if (named && isTextual(named)) return named;
    if (!named && !isReadable(path)) throw new SunbaeError("invalid_input", whyNotReadable(path));
    const sheet = extension.startsWith(".xls");
    return extension === "" ? readers[".txt"]! : renamed(readers[sheet ? ".csv" : ".txt"]!, path, found);
  }
  const format = formatOf(found);
  const reader = format.extension ? readers[format.extension] : undefined;
  if (!reader) throw mismatch(path, found);
  return reader === named || named?.format === reader.format ? reader : renamed(reader, path, found);
}

const isWholePage = (bytes: Uint8Array) =>
  /^(?:\s|<!--[\s\S]*?-->)*<(?:!doctype\s+html|html[\s>])/i.test(
    Buffer.from(bytes.subarray(0, 4_096)).toString("latin1"),
  );

const textual = new Set(["markdown", "asciidoc", "html", "csv", "text", "email"]);
const isTextual = (reader: Reader) => textual.has(reader.format);
const isTextFormat = (found: FormatName) => found === "html" || found === "eml" || found === "svg" || found === "mhtml";

function mismatch(path: string, found: FormatName): SunbaeError {
  const { called, fix } = formatOf(found);
  const extension = extensionOf(path);
  if (found === "encrypted-office") return new SunbaeError("invalid_input", `It is ${called}. ${fix}`);
  const expected = extension !== "" && formatOfExtension(extension) !== formatOf(found);
  const sentence = expected
    ? `The name says ${extension.slice(1).toUpperCase()}, the contents are ${called}, which is not read as that.`
    : `The file is ${called}, which is not read.`;
  return new SunbaeError("invalid_input", [sentence, fix].filter(Boolean).join(" "));
}

/** The same reader with a notice about the name. */
function renamed(reader: Reader, path: string, found: FormatName): Reader {
  const extension = extensionOf(path);
  const said = extension === "" ? "has no extension" : `says ${extension.slice(1).toUpperCase()}`;
  const notice = `The name ${said}, the contents are ${formatOf(found).called}: read as that.`;
  const add = <T extends { notices?: string[] }>(read: T): T => ({
    ...read,
    notices: [notice, ...(read.notices ?? [])],
  });
  if (isPaged(reader)) return { ...reader, assemble: (title, pages) => add(reader.assemble(title, pages)) };
  return { ...reader, read: async (input) => add(await reader.read(input)) };
}

/** A file's name without its extension. */
export const nameOf = (path: string): string => basename(path, extensionOf(path) === "" ? "" : extname(path));
