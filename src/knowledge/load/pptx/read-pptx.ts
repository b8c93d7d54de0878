import { SunbaeError } from "../../../core/errors.ts";
import type { ReadDocument } from "../loaded-document.ts";
import { attributesOf, openPackage } from "../office/open-package.ts";
import type { OfficePackage } from "../office/open-package.ts";
import { childOf, childrenOf, createCleaner, descendantsOf, textOf } from "../office/read-xml.ts";
import type { ReaderInput } from "../reader.ts";
import { createTextBuilder } from "../text-builder.ts";
import type { TextBuilder } from "../text-builder.ts";
import { readNotes, readSlide } from "./read-slide.ts";
import type { Shape, SlideParagraph } from "./read-slide.ts";

const mostSlides = 2_000;

/** A presentation: each slide a page, its title a heading, then texts, tables, drawings' words and speaker notes. */
export function readPptx({ bytes, name }: ReaderInput): ReadDocument {
  const file = openPackage(bytes, "ppt/presentation.xml");
  const slides = slidesOf(file);
  if (slides.length > mostSlides)
    throw new SunbaeError("too_large", `It has ${slides.length} slides; at most ${mostSlides} are read. Split it.`);
  const cleaner = createCleaner();
  const builder = createTextBuilder();
  const hidden: number[] = [];
  let title: string | null = null;
  let said = false;
  slides.forEach((part, index) => {
    const root = file.xml(part);
    builder.page({ origin: "text", size: null });
    if (!root) return;
    const slide = readSlide(root, cleaner.text);
    if (slide.hidden) {
      hidden.push(index + 1);
      return;
    }
    title ??= slide.title;
    const relations = file.relations(part).filter((one) => !one.external);
    const drawings = relations
      .filter((one) => one.type === "diagramData")
      .flatMap(({ target }) => wordsOf(file, target));
    const notes = relations
      .filter((one) => one.type === "notesSlide")
      .flatMap(({ target }) => {
        const notesRoot = file.xml(target);
        return notesRoot ? readNotes(notesRoot, cleaner.text) : [];
      });
    if (slide.title || slide.shapes.length + drawings.length + notes.length > 0) {
      builder.heading(2, slide.title ?? firstLine(slide.shapes) ?? `${index + 1}`);
      said = true;
    }
    // A lone line that became the heading is not said twice.
    const [first] = slide.shapes;
    const lone = slide.title === null && first?.kind === "text" && first.paragraphs.length === 1;
    const shown = lone && firstLine([first]) === first.paragraphs[0]!.text ? slide.shapes.slice(1) : slide.shapes;
    for (const shape of shown) writeShape(shape, builder);
    if (drawings.length > 0) builder.list(drawings.map(cleaner.text), false);
    if (notes.length > 0) builder.block("quote", notes.join("\n"));
  });
  if (!said)
    throw new SunbaeError(
      "invalid_input",
      "The slides have no text: save them as PDF, so that they can be recognised.",
    );
  return {
    ...builder.finish(),
    title: file.properties.title ?? title ?? name,
    attributes: attributesOf(file.properties),
    notices: [
      ...cleaner.notices(),
      ...(hidden.length > 0 ? [`Hidden slides were left out: ${hidden.slice(0, 20).join(", ")}.`] : []),
    ],
  };
}

function slidesOf(file: OfficePackage): string[] {
  const targets = new Map(file.relations(file.main).map((one) => [one.id, one.target]));
  const list = childOf(file.xml(file.main) ?? undefined, "sldIdLst");
  return childrenOf(list, "sldId").flatMap((slide) => targets.get(slide.attributes["r:id"] ?? "") ?? []);
}

/** The words in a drawing (SmartArt), in the order of its list. */
function wordsOf(file: OfficePackage, part: string): string[] {
  const root = file.xml(part);
  if (!root) return [];
  return [...descendantsOf(root, "pt")]
    .map((point) => [...descendantsOf(point, "t")].map(textOf).join("").trim())
    .filter((text) => text !== "");
}

const firstLine = (shapes: Shape[]): string | null => {
  const text = shapes.find((shape) => shape.kind === "text");
  const line = text?.kind === "text" ? text.paragraphs[0]!.text.split("\n", 1)[0]! : "";
  return line !== "" && line.length <= 80 ? line : null;
};

function writeShape(shape: Shape, builder: TextBuilder): void {
  if (shape.kind === "table") {
    const width = shape.rows[0]?.length ?? 0;
    if (width > 1) builder.table(shape.rows);
    else for (const [text] of shape.rows) builder.block("paragraph", text ?? "");
    return;
  }
  const listed = (one: SlideParagraph) => one.number !== null || (one.bullet ?? shape.bulleted) || one.level > 0;
  let items: SlideParagraph[] = [];
  const flush = () => {
    if (items.length > 0) writeList(items, builder);
    items = [];
  };
  // One line without siblings is no list, whatever its layout says.
  const alone = shape.paragraphs.length === 1 && shape.paragraphs[0]!.number === null;
  for (const paragraph of shape.paragraphs) {
    if (listed(paragraph) && !alone) items.push(paragraph);
    else {
      flush();
      builder.block("paragraph", paragraph.text);
    }
  }
  flush();
}

function writeList(items: SlideParagraph[], builder: TextBuilder): void {
  const top = Math.min(...items.map((item) => item.level));
  const texts: string[] = [];
  const labels: string[] = [];
  for (const { text, level, number } of items) {
    if (level <= top || texts.length === 0) {
      texts.push(text);
      labels.push(number ?? "-");
    } else texts[texts.length - 1] = `${texts.at(-1)}\n${"   ".repeat(level - top)}${number ?? "-"} ${text}`;
  }
  builder.list(
    texts,
    items.some((item) => item.level <= top && item.number !== null),
    labels,
  );
}
