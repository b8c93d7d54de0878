import { SunbaeError } from "../../../core/errors.ts";
import type { BodyPart } from "../docx/read-body.ts";
import { writeBody } from "../docx/write-body.ts";
import type { ReadDocument } from "../loaded-document.ts";
import { plausibleTitle } from "../office/open-package.ts";
import { openZip } from "../office/open-zip.ts";
import { createCleaner, descendantsOf, readXml, textOf } from "../office/read-xml.ts";
import type { XmlElement } from "../office/read-xml.ts";
import type { ReaderInput } from "../reader.ts";
import { createTextBuilder } from "../text-builder.ts";
import { readParagraphStyles, readSection } from "./read-section.ts";

/** Hangul's document (OWPML): sections in order, outlines as headings, lists, tables with merged cells, notes. */
export function readHwpx({ bytes, name }: ReaderInput): ReadDocument {
  const zip = openZip(bytes);
  const xml = (part: string): XmlElement | null => {
    const contents = zip.read(part);
    return contents && readXml(contents, part);
  };
  const manifest = xml("META-INF/manifest.xml");
  if (manifest && [...descendantsOf(manifest, "encryption-data")].length > 0)
    throw new SunbaeError("invalid_input", "It is a Hangul document with a password.", {
      fix: "Open it in Hangul, take the password off and save it.",
    });
  const header = xml("Contents/header.xml");
  const styles = readParagraphStyles(header);
  const cleaner = createCleaner();
  const context = { styles, clean: cleaner.text, notes: new Map<string, string>(), counts: [], pictures: 0 };
  const sections = zip.names
    .filter((part) => /^contents\/section\d+\.xml$/.test(part))
    .toSorted((a, b) => Number(/\d+/.exec(a)![0]) - Number(/\d+/.exec(b)![0]));
  const parts = sections.flatMap((part): BodyPart[] => {
    const root = xml(part);
    return root ? readSection(root, context) : [];
  });
  if (parts.length === 0) throw new SunbaeError("invalid_input", "The document has no text.");
  const builder = createTextBuilder();
  const title = writeBody(parts, context.notes, builder);
  const package_ = xml("Contents/content.hpf");
  const [said] = package_ ? [...descendantsOf(package_, "title")].map((one) => plausibleTitle(textOf(one))) : [];
  return {
    ...builder.finish(),
    title: title ?? said ?? name,
    attributes: {},
    notices: [...cleaner.notices(), ...(context.pictures > 0 ? [`Pictures were left out: ${context.pictures}.`] : [])],
  };
}
