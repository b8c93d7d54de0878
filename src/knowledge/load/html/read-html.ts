import { decodeBytes } from "../decode-text.ts";
import type { ReadDocument } from "../loaded-document.ts";
import { createCleaner } from "../office/read-xml.ts";
import type { ReaderInput } from "../reader.ts";
import { createTextBuilder } from "../text-builder.ts";
import { SunbaeError } from "../../../core/errors.ts";
import { writeHtml } from "./write-html.ts";

/** A web page. Scripts, navigation and hidden elements are left out; addresses and pictures are never opened. */
export function readHtml({ bytes, name }: Pick<ReaderInput, "bytes" | "name">): ReadDocument {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096)).toString("latin1");
  const declared = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,20})/i.exec(head)?.[1];
  const decoded = decodeBytes(bytes, declared);
  const read = htmlToDocument(decoded.text, name);
  return { ...read, notices: [...(decoded.notices ?? []), ...(read.notices ?? [])] };
}

export function htmlToDocument(source: string, name: string): ReadDocument {
  const cleaner = createCleaner();
  const builder = createTextBuilder();
  const { title, heading, hidden } = writeHtml(source, builder, cleaner.text);
  const { text, blocks } = builder.finish();
  if (blocks.length === 0) throw new SunbaeError("invalid_input", "The page has no text.");
  return {
    text,
    blocks,
    title: heading ?? title ?? name,
    attributes: {},
    notices: [
      ...cleaner.notices(),
      ...(hidden > 0 ? [`${hidden} hidden element${hidden === 1 ? " was" : "s were"} left out.`] : []),
    ],
  };
}
