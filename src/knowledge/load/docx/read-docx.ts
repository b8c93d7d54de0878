import type { ReadDocument } from "../loaded-document.ts";
import { attributesOf, openPackage } from "../office/open-package.ts";
import { childOf, childrenOf, createCleaner } from "../office/read-xml.ts";
import type { ReaderInput } from "../reader.ts";
import { createTextBuilder } from "../text-builder.ts";
import { readNumbering } from "./numbering.ts";
import { cellText, readBody } from "./read-body.ts";
import type { BodyContext, BodyPart } from "./read-body.ts";
import { readStyles } from "./styles.ts";
import { writeBody } from "./write-body.ts";
import { SunbaeError } from "../../../core/errors.ts";

/** Word's text: headings by style or outline, lists with the numbers that Word prints, tables, notes, text boxes. */
export function readDocx({ bytes, name }: ReaderInput): ReadDocument {
  const file = openPackage(bytes, "word/document.xml");
  const relations = file.relations(file.main);
  const part = (type: string) => {
    const found = relations.find((one) => one.type === type && !one.external);
    return found ? file.xml(found.target) : null;
  };
  const styles = readStyles(part("styles"));
  const seen = { hidden: 0, deleted: 0, pictures: 0 };
  const context: BodyContext = { styles, numbering: readNumbering(part("numbering"), styles), seen };
  const body = childOf(file.xml(file.main) ?? undefined, "body");
  const cleaner = createCleaner();
  const notes = new Map<string, string>();
  for (const kind of ["footnote", "endnote"] as const)
    for (const note of childrenOf(part(`${kind}s`) ?? undefined, kind))
      if (!note.attributes["type"])
        notes.set(`${kind} ${note.attributes["id"]}`, cleaner.text(cellText(readBody(note, context))));
  const parts = cleaned(body ? readBody(body, context) : [], cleaner.text);
  if (parts.length === 0) throw new SunbaeError("invalid_input", emptySentence(seen.pictures));
  const builder = createTextBuilder();
  const title = writeBody(parts, notes, builder);
  return {
    ...builder.finish(),
    title: title ?? file.properties.title ?? name,
    attributes: attributesOf(file.properties),
    notices: [...cleaner.notices(), ...noticesOf(seen)],
  };
}

const emptySentence = (pictures: number) =>
  pictures > 0
    ? `The document holds ${pictures} picture${pictures === 1 ? "" : "s"} and no text: save it as PDF, so that its pages can be recognised.`
    : "The document has no text.";

function noticesOf(seen: BodyContext["seen"]): string[] {
  const { hidden, deleted, pictures } = seen;
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? " was" : "s were"} left out.`;
  return [
    ...(hidden > 0 ? [count(hidden, "hidden passage")] : []),
    ...(deleted > 0 ? [count(deleted, "tracked deletion")] : []),
    ...(pictures > 0 ? [count(pictures, "picture")] : []),
  ];
}

// oxlint-disable-next-line no-control-regex
const noteMark = /(\u0001(?:foot|end)note [^\u0002]*\u0002)/;

/** A footnote's mark is ours: cleaned around it. */
function cleaned(parts: BodyPart[], clean: (text: string) => string): BodyPart[] {
  const around = (text: string) =>
    text
      .split(noteMark)
      .map((piece, index) => (index % 2 === 1 ? piece : clean(piece)))
      .join("");
  return parts
    .map((part): BodyPart =>
      part.kind === "table"
        ? { ...part, rows: part.rows.map((row) => row.map(around)) }
        : { ...part, text: around(part.text).trim() },
    )
    .filter((part) => part.kind === "table" || part.text !== "");
}
