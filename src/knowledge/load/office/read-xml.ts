import { SaxesParser } from "saxes";
import { SunbaeError } from "../../../core/errors.ts";
import { clean, removedNotice } from "../decode-text.ts";

/** An element; `name` without its namespace's prefix, attributes likewise where that is unambiguous. */
export type XmlElement = {
  name: string;
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
};

const deepest = 400;

export type XmlEvents = {
  open(name: string, attributes: Record<string, string>): void;
  text(text: string): void;
  close(name: string): void;
  /** Stops reading where it returns true. */
  enough?(): boolean;
};

const local = (name: string) => name.slice(name.indexOf(":") + 1);

/** Goes through XML, or the start of it, piece by piece. Refuses document types (entities may explode) and bottomless nesting. */
export function walkXml(bytes: Uint8Array, what: string, events: XmlEvents, whole = true): void {
  const parser = new SaxesParser({ fragment: false });
  let depth = 0;
  const refuse = (reason: string) =>
    new SunbaeError("invalid_input", `Its part "${what}" ${reason}.`, { fix: "Open the file and save it anew." });
  parser.on("doctype", () => {
    throw refuse("declares a document type, which Office never writes and may be an entity bomb");
  });
  parser.on("opentag", (tag) => {
    depth += 1;
    if (depth > deepest) throw refuse(`is nested more than ${deepest} deep`);
    events.open(local(tag.name), attributesOf(tag.attributes));
  });
  parser.on("text", (text) => events.text(text));
  parser.on("cdata", (text) => events.text(text));
  parser.on("closetag", (tag) => {
    depth -= 1;
    events.close(local(tag.name));
  });
  parser.on("error", (error) => {
    throw refuse(`is no well-formed XML (${error.message.slice(0, 120)})`);
  });
  const decoder = new TextDecoder(encodingOf(bytes));
  const step = 1 << 18;
  for (let at = 0; at < bytes.length; at += step) {
    parser.write(decoder.decode(bytes.subarray(at, at + step), { stream: at + step < bytes.length }));
    if (events.enough?.()) return;
  }
  if (whole) parser.close();
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
}

function attributesOf(given: Record<string, unknown>): Record<string, string> {
  const found: Record<string, string> = Object.create(null);
  for (const name in given) {
    // "r:id" stands beside "id" in presentations; the prefixed one keeps its full name too.
    const value = String(given[name]);
    found[name] = value;
    const colon = name.indexOf(":");
    if (colon > 0) found[name.slice(colon + 1)] ??= value;
  }
  return found;
}

/** The whole as a tree of at most `mostElements`; beyond that it throws `too_large`. */
export function readXml(bytes: Uint8Array, what: string, mostElements = 3_000_000): XmlElement {
  const root: XmlElement = { name: "", attributes: {}, children: [] };
  const open = [root];
  let count = 0;
  walkXml(bytes, what, {
    open(name, attributes) {
      count += 1;
      if (count > mostElements)
        throw new SunbaeError("too_large", `Its part "${what}" has more than ${mostElements} elements.`, {
          fix: "Split the document.",
        });
      const element: XmlElement = { name, attributes, children: [] };
      open.at(-1)!.children.push(element);
      open.push(element);
    },
    text(text) {
      open.at(-1)!.children.push(text);
    },
    close() {
      open.pop();
    },
  });
  return elementsOf(root)[0] ?? root;
}

export const elementsOf = (parent: XmlElement): XmlElement[] =>
  parent.children.filter((child): child is XmlElement => typeof child !== "string");

/** First child along a path of names. */
export function childOf(parent: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  let at = parent;
  for (const name of path) at = at && elementsOf(at).find((child) => child.name === name);
  return at;
}

export const childrenOf = (parent: XmlElement | undefined, name: string): XmlElement[] =>
  parent ? elementsOf(parent).filter((child) => child.name === name) : [];

/** Everything of a name below an element, in order, not looking inside what was found. */
export function* descendantsOf(parent: XmlElement, name: string): Generator<XmlElement> {
  for (const child of elementsOf(parent)) {
    if (child.name === name) yield child;
    else yield* descendantsOf(child, name);
  }
}

export const textOf = (element: XmlElement): string =>
  element.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");

/** Cleans strings one by one and counts what was removed over all. */
export function createCleaner(): { text(raw: string): string; notices(): string[] } {
  let removed = 0;
  return {
    text(raw) {
      const cleaned = clean(raw);
      removed += cleaned.removed;
      return cleaned.text;
    },
    notices: () => removedNotice(removed),
  };
}
