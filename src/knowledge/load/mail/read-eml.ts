import PostalMime from "postal-mime";
import type { Address, Attachment, Email } from "postal-mime";
import { SunbaeError } from "../../../core/errors.ts";
import { htmlToDocument } from "../html/read-html.ts";
import { joinDocuments } from "../join-documents.ts";
import type { ReadDocument } from "../loaded-document.ts";
import { createCleaner } from "../office/read-xml.ts";
import type { ReaderInput } from "../reader.ts";
import { createTextBuilder } from "../text-builder.ts";
import { withoutKoreanLabels } from "./korean-mail.ts";

const mostAttachments = 20;

/** An e-mail: who wrote when about what, its text with quoted replies as such, then what is attached and readable. */
export async function readEml(input: ReaderInput): Promise<ReadDocument> {
  const { bytes, restore } = withoutKoreanLabels(input.bytes);
  const mail = await parse(bytes);
  const cleaner = createCleaner();
  const shown = (text: string | undefined) => cleaner.text(restore(text ?? "")).trim();
  const subject = shown(mail.subject).replaceAll(/\s+/g, " ") || input.name;
  const day = mail.date && !Number.isNaN(Date.parse(mail.date)) ? new Date(mail.date).toISOString() : null;
  const text = shown(mail.text);
  const html = text === "" && mail.html ? htmlToDocument(restore(mail.html), subject) : null;
  if (text === "" && !html && mail.attachments.length === 0)
    throw new SunbaeError("invalid_input", "The e-mail has no text.");

  const builder = createTextBuilder();
  builder.heading(1, subject);
  const people = (list: Address[] | undefined) =>
    (list ?? [])
      .slice(0, 20)
      .map((one) => addressOf(one, shown))
      .join(", ");
  const lines = [
    ["From", mail.from ? addressOf(mail.from, shown) : ""],
    ["To", people(mail.to)],
    ["Cc", people(mail.cc)],
    ["Date", day?.replace("T", " ").replace(/:\d\d\.\d+Z$/, " UTC") ?? ""],
  ].filter(([, value]) => value !== "");
  builder.block("paragraph", lines.map(([name, value]) => `${name}: ${value}`).join("\n"));
  for (const { quoted, paragraph } of paragraphsOf(text)) builder.block(quoted ? "quote" : "paragraph", paragraph);
  const attached = mail.attachments.filter((one) => one.disposition !== "inline" || one.filename);
  const names = attached.map(
    (one, index) =>
      shown(one.filename ?? "")
        .split(/[\\/]/)
        .at(-1) || `attachment ${index + 1}`,
  );
  if (names.length > 0) builder.block("paragraph", `Attachments: ${names.slice(0, mostAttachments).join(", ")}`);
  const notices: string[] = [];
  let read: ReadDocument = { ...builder.finish(), title: subject };
  if (html) read = joinDocuments(read, html, null);
  for (const [index, one] of attached.slice(0, mostAttachments).entries()) {
    const inside = await readAttachment(one, names[index]!, input);
    if (typeof inside === "string") notices.push(inside);
    else read = joinDocuments(read, inside, names[index]!);
  }
  if (attached.length > mostAttachments)
    notices.push(`${attached.length - mostAttachments} further attachments were not read.`);
  const all = [...cleaner.notices(), ...(html?.notices ?? []), ...notices];
  return { ...read, attributes: day ? { date: day.slice(0, 10) } : {}, notices: all };
}

async function parse(bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, { forceRfc822Attachments: true, maxNestingDepth: 50 });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new SunbaeError("invalid_input", `The e-mail can't be read: ${message}.`, { cause: error });
  }
}

function addressOf(address: Address, shown: (text: string) => string): string {
  if (address.address === undefined) return shown(address.name);
  const name = shown(address.name);
  return name === "" || name === address.address ? shown(address.address) : `${name} <${shown(address.address)}>`;
}

/** Paragraphs between empty lines; lines that begin with ">" are an older mail's. */
function paragraphsOf(text: string): { quoted: boolean; paragraph: string }[] {
  const found: { quoted: boolean; paragraph: string }[] = [];
  for (const part of text.split(/\n[^\S\n]*\n/)) {
    let lines: string[] = [];
    let quoted = false;
    const flush = () => {
      if (lines.some((line) => line.trim() !== "")) found.push({ quoted, paragraph: lines.join("\n").trim() });
      lines = [];
    };
    for (const line of part.split("\n")) {
      const isQuote = /^\s*>/.test(line);
      if (isQuote !== quoted) flush();
      quoted = isQuote;
      lines.push(line.trimEnd());
    }
    flush();
  }
  return found;
}

/** A sentence where it isn't read. */
async function readAttachment(one: Attachment, name: string, input: ReaderInput): Promise<ReadDocument | string> {
  if (one.mimeType === "message/rfc822") return `The attached e-mail "${name}" was not read; save it by itself.`;
  const content =
    typeof one.content === "string"
      ? new TextEncoder().encode(one.content)
      : new Uint8Array(one.content as ArrayBuffer);
  try {
    const read = await input.readInside?.(name, content);
    return read ?? `The attachment "${name}" was not read; save it by itself.`;
  } catch (error) {
    return `The attachment "${name}" was not read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
