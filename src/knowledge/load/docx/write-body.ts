import type { TextBuilder } from "../text-builder.ts";
import type { BodyPart } from "./read-body.ts";

type Paragraph = Extract<BodyPart, { kind: "paragraph" }>;

/** Writes paragraphs, lists and tables; a note follows what refers to it. Returns the document's title, if it has one. */
export function writeBody(given: BodyPart[], notes: Map<string, string>, builder: TextBuilder): string | null {
  const parts = withHeadings(given);
  const titled = parts.some((part) => part.kind === "paragraph" && part.heading === 0);
  let title: string | null = null;
  let items: Paragraph[] = [];
  let waiting: string[] = [];
  const numbers = new Map<string, number>();

  const marked = (text: string) =>
    // oxlint-disable-next-line no-control-regex
    text.replaceAll(/\u0001([^\u0002]*)\u0002/g, (_, id: string) => {
      if (!notes.get(id)) return "";
      if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
      return `[${numbers.get(id)}]`;
    });
  const flushNotes = () => {
    for (const id of waiting) if (notes.get(id)) builder.block("paragraph", `[${numbers.get(id)}] ${notes.get(id)}`);
    waiting = [];
  };
  const flush = () => {
    const shown = items.map((item) => ({ ...item, text: marked(item.text) }));
    if (shown.length > 0) writeList(shown, builder);
    items = [];
    flushNotes();
  };

  parts.forEach((part, index) => {
    if (part.kind === "table") {
      flush();
      builder.table(part.rows.map((row) => row.map(marked)));
    } else if (part.heading !== null) {
      flush();
      const text = marked(part.text).replaceAll(/\s+/g, " ");
      // A first chapter far down is no title.
      if (part.heading === 0 || (part.heading === 1 && index < 6)) title ??= text;
      builder.heading(Math.min(Math.max(part.heading + (titled ? 1 : 0), 1), 6), text);
    } else if (part.item) {
      const open = items[0]?.item;
      // A bullet after a numbered step belongs to it where it stands deeper; else another list begins.
      if (open && open.list !== part.item.list && part.item.level <= open.level) flush();
      items.push(part);
    } else if (items.length > 0 && belongsToStep(parts, index, items)) items.push(part);
    else {
      flush();
      builder.block("paragraph", marked(part.text));
    }
    waiting.push(...part.notes);
    if (items.length === 0) flushNotes();
  });
  flush();
  return title;
}

/** A remark between two steps of one numbering stays with the step before it. */
function belongsToStep(parts: BodyPart[], index: number, items: Paragraph[]): boolean {
  const list = items.find((item) => item.item?.ordered)?.item?.list;
  if (!list) return false;
  for (const part of parts.slice(index + 1, index + 4)) {
    if (part.kind === "table" || part.heading !== null) return false;
    if (part.item) return part.item.list === list || (part.item.level > 0 && part.item.ordered);
  }
  return false;
}

function writeList(items: Paragraph[], builder: TextBuilder): void {
  const top = Math.min(...items.flatMap((one) => (one.item ? [one.item.level] : [])));
  const texts: string[] = [];
  const labels: string[] = [];
  for (const { item, text } of items) {
    if (texts.length === 0 || (item && item.level <= top)) {
      texts.push(text);
      labels.push(item?.text ?? "-");
    } else {
      const indent = "   ".repeat(item ? Math.min(item.level - top, 8) : 1);
      texts[texts.length - 1] =
        `${texts.at(-1) ?? ""}\n${indent}${item ? `${item.text} ` : ""}${text.replaceAll("\n", `\n${indent}`)}`;
    }
  }
  const ordered = items.some((one) => one.item?.ordered && one.item.level <= top);
  builder.list(texts, ordered, labels);
}

/** Where no paragraph is a heading by style, short bold lines are what people mean by one. */
function withHeadings(parts: BodyPart[]): BodyPart[] {
  if (parts.some((part) => part.kind === "paragraph" && part.heading !== null && part.heading > 0)) return parts;
  const isLine = (part: BodyPart | undefined): part is Paragraph =>
    part?.kind === "paragraph" &&
    part.bold &&
    part.text.length <= 80 &&
    !/[.!?。:]$|\n/.test(part.text) &&
    !warns(part.text);
  const bold = parts.filter((part) => part.kind === "paragraph" && part.bold).length;
  if (bold * 2 > parts.length) return parts;
  return parts.map((part, index) => {
    const next = parts[index + 1];
    if (!isLine(part) || part.item?.ordered === false || part.heading !== null) return part;
    if (!next || (next.kind === "paragraph" && next.bold && !isLine(next))) return part;
    const text = part.item ? `${part.item.text} ${part.text}` : part.text;
    return { ...part, text, item: null, heading: 2 };
  });
}

const warns = (text: string) => /^(?:\W*)(?:warning|caution|danger|note|경고|주의|위험|참고)/i.test(text);
