import { posix } from "node:path";
import type { Block } from "./loaded-document.ts";

// Which machine models a document is about, where nothing says so in metadata: written clearly on its first page, or
// named in title, file or folder and known to the plant.

export type InferredModels = { models: string[]; from: string | null };

const said =
  /^[\s#*|>-]*(?:(?:적용\s*|대상\s*)?(?:기종|모델|형식)(?:명)?|(?:machine\s+)?models?(?:\s+(?:no\.?|number|name))?|applies\s+to|applicable\s+(?:to|models?)|for\s+models?)[\s*|]*[:：|][\s*|]*([^\n|]{2,80}?)[\s*|]*$/gim;
const looksLikeModel = /^(?=.*\p{L})(?=.*\d)[\p{L}\d][\p{L}\d\-./+]*(?: [\p{L}\d\-./+]+){0,2}$/u;

/** Names in a list such as "GMC-510, GMC-520 및 HX 80/2"; what looks like no model is left out. */
export function modelNames(list: string, known: string[] = []): string[] {
  const names = list
    .normalize("NFKC")
    .split(/\s*(?:[,;、·]|\s\/\s|\sand\s|\sor\s|\s및\s|&)\s*/i)
    .map((name) => name.replaceAll(/^[\s"'(]+|[\s"').]+$|(?:\s*(?:시리즈|series|용))$/giu, ""));
  const found = names.flatMap((name) => {
    const own = known.filter((model) => sameName(model, name));
    return own.length > 0 ? own : looksLikeModel.test(name) && name.length <= 30 ? [name] : [];
  });
  return [...new Set(found)];
}

const bare = (name: string) =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s\-_./]/g, "");
const sameName = (a: string, b: string) => bare(a) === bare(b);

/** Known models that a text names, however their parts are joined: "gmc_510" names GMC-510, "GMC-5100" does not. */
export function modelsNamed(text: string, known: string[]): string[] {
  const plain = text.normalize("NFKC");
  return known.filter((model) => patternOf(model)?.test(plain));
}

function patternOf(model: string): RegExp | null {
  const parts = model.normalize("NFKC").match(/\p{L}+|\d+/gu);
  if (!parts || parts.join("").length < 3) return null;
  // Letters of another script may follow at once: "GMC-510의".
  const end = /\d$/.test(parts.at(-1)!) ? String.raw`(?![\da-z]|[-.]\d)` : String.raw`(?![\p{L}\d])`;
  return new RegExp(String.raw`(?<![\p{L}\d])${parts.join(String.raw`[\s\-_./]?`)}${end}`, "iu");
}

export type InferFrom = { path: string; title: string; firstPage: string; blocks: Block[] };

export function inferModels({ path, title, firstPage, blocks }: InferFrom, known: string[]): InferredModels {
  for (const match of firstPage.matchAll(said)) {
    const models = modelNames(match[1]!, known);
    if (models.length > 0) return { models, from: "the first page" };
  }
  const places: [from: string, text: string][] = [
    ["the title", title],
    ["the file's name", posix.basename(path)],
    ["the folder's name", posix.basename(posix.dirname(path))],
  ];
  for (const [from, text] of places) {
    const models = modelsNamed(text, known);
    if (models.length > 0) return { models, from };
  }
  // A page or a chapter may speak of other machines too: believed where it speaks of one only.
  const headings = blocks.filter((block) => block.type === "heading").map((block) => block.headings.at(-1) ?? "");
  for (const [from, text] of [
    ["the first page", firstPage],
    ["its headings", headings.join("\n")],
  ] as const) {
    const models = modelsNamed(text, known);
    if (models.length === 1) return { models, from };
  }
  return { models: [], from: null };
}
