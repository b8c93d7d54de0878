import { decodeEntities } from "./entities.ts";

// HTML in one pass from left to right, in time proportional to its length whatever it holds. No tree: what is never
// closed costs nothing.

export type HtmlToken =
  | { kind: "text"; text: string }
  | { kind: "open"; name: string; attributes: Record<string, string>; empty: boolean }
  | { kind: "close"; name: string };

const voids = new Set([
  "area",
  "base",
  "br",
  "col",
  "embed",
  "hr",
  "img",
  "input",
  "link",
  "meta",
  "source",
  "track",
  "wbr",
]);
/** Their contents are no HTML up to their own end. */
const raw = new Set(["script", "style", "textarea", "title", "xmp", "noembed", "noframes"]);

export function* htmlTokens(source: string): Generator<HtmlToken> {
  // Once a mark's end is known to be missing it isn't looked for again: else "<!--" a million times is quadratic.
  let noComments = false;
  const unclosed = new Set<string>();
  const endOfTag = createTagEnds(source);
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf("<", at);
    if (open === -1 || open > at)
      yield { kind: "text", text: decodeEntities(source.slice(at, open === -1 ? undefined : open)) };
    if (open === -1) return;
    if (source.startsWith("<!--", open)) {
      const end: number = noComments ? -1 : source.indexOf("-->", open + 4);
      noComments = end === -1;
      at = end === -1 ? open + 4 : end + 3;
      continue;
    }
    const next = source.charCodeAt(open + 1);
    if (source[open + 1] === "!" || source[open + 1] === "?") {
      at = endOfTag(open + 2);
      continue;
    }
    const closing = source[open + 1] === "/";
    if (!closing && !isLetter(next)) {
      yield { kind: "text", text: "<" };
      at = open + 1;
      continue;
    }
    const end: number = endOfTag(open + 1);
    const inside = source.slice(open + (closing ? 2 : 1), source[end - 1] === ">" ? end - 1 : end);
    const tag = readTag(inside);
    at = end;
    if (closing) {
      yield { kind: "close", name: tag.name };
      continue;
    }
    yield { kind: "open", ...tag, empty: voids.has(tag.name) || tag.empty };
    if (!raw.has(tag.name) || unclosed.has(tag.name)) continue;
    const close = new RegExp(`</${tag.name}\\b`, "gi");
    close.lastIndex = at;
    const found = close.exec(source);
    if (!found) {
      unclosed.add(tag.name);
      continue;
    }
    yield { kind: "text", text: decodeEntities(source.slice(at, found.index)) };
    at = found.index;
  }
}

const isLetter = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** Says where a tag ends: behind its ">", one in quotes does not count. What never ends is given up after some tries. */
function createTagEnds(source: string): (from: number) => number {
  let failures = 0;
  return (from) => {
    for (let at = from; failures < 20;) {
      const sign = /[>"']/g;
      sign.lastIndex = at;
      const found = sign.exec(source);
      if (found?.[0] === ">") return found.index + 1;
      const opens = found && source[found.index - 1] === "=";
      const closed = opens ? source.indexOf(found[0], found.index + 1) : (found?.index ?? -1);
      if (closed === -1) failures += 1;
      if (closed === -1) break;
      at = closed + 1;
    }
    // Without its quotes: up to the next mark, that of another tag included.
    const near = source.slice(from, from + 2_000).search(/[<>]/);
    if (near === -1) return Math.min(source.length, from + 2_000);
    return source[from + near] === ">" ? from + near + 1 : from + near;
  };
}

function readTag(inside: string): { name: string; attributes: Record<string, string>; empty: boolean } {
  const name = /^[A-Za-z][^\s/>]*/.exec(inside)?.[0].toLowerCase() ?? "";
  const attributes: Record<string, string> = Object.create(null);
  const rest = inside.slice(name.length);
  if (rest.includes("=") || /\bhidden\b/i.test(rest))
    for (const [, key, double, single, bare] of rest.matchAll(
      /([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g,
    ))
      attributes[key!.toLowerCase()] ??= decodeEntities(double ?? single ?? bare ?? "");
  return { name, attributes, empty: inside.endsWith("/") };
}
