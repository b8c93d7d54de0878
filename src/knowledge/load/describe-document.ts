import { basename, extname } from "node:path";
import { readEdition, plainRevision } from "../editions/read-edition.ts";
import type { DocumentKind } from "../knowledge.ts";
import { languageOf } from "../text/language.ts";
import { inferModels } from "./infer-models.ts";
import type { LoadedDocument, ReadDocument } from "./loaded-document.ts";
import { readFrontMatter } from "./metadata.ts";
import type { Metadata } from "./metadata.ts";
import type { Sidecars } from "./read-sidecars.ts";

/** What is known of a document besides its file. */
export type GivenMetadata = {
  sidecars?: Sidecars;
  /** Set by a person. */
  overrides?: Metadata;
  /** Models of the plant's machines: a model is inferred from a title only if it is one of them. */
  knownModels?: string[];
};

const firstPageLength = 1_500;

/**
 * Settles metadata. What a person set wins over the sidecar, that over front matter, that over the folder's, and all of
 * them over what title and first page seem to say. A document is approved only where one of the first four says so.
 */
export function describeDocument(
  path: string,
  format: string,
  read: ReadDocument,
  given: GivenMetadata = {},
): LoadedDocument {
  const attributes = read.attributes ?? {};
  const { title: written, ...front } = readFrontMatter(attributes);
  const { sidecars, overrides, knownModels = [] } = given;
  const said: Metadata & { claim?: unknown; symptom?: unknown } = {
    ...sidecars?.folder,
    ...present(front),
    ...sidecars?.file,
    ...overrides,
  };
  const isCard = said.claim !== undefined && said.symptom !== undefined;
  const language = said.language ?? languageOf(read.text);
  const name = basename(path, extname(path));
  const title = overrides?.title ?? sidecars?.file.title ?? titleOf(written, language) ?? read.title ?? name;
  const firstPage = read.text.slice(0, Math.min(read.pages?.[1]?.start ?? firstPageLength, firstPageLength));
  const kind = isCard ? "card" : (said.kind ?? kindOf(title, name, format));
  const inferred = { models: [] as string[], from: null as string | null };
  if (said.models === undefined && kind !== "card")
    Object.assign(inferred, inferModels({ path, title, firstPage, blocks: read.blocks }, knownModels));
  const edition = kind === "card" ? { revision: null, date: null } : readEdition(title.slice(0, 300), name, firstPage);
  const notices = [...(read.notices ?? []), ...(sidecars?.notices ?? [])];
  if (inferred.from !== null)
    notices.push(`Model ${inferred.models.join(", ")} taken from ${inferred.from}: correct it where it is another.`);
  return {
    path,
    title,
    format,
    language,
    kind,
    models: said.models ?? inferred.models,
    equipmentIds: said.equipment ?? [],
    revision: said.revision === undefined ? edition.revision : plainRevision(said.revision),
    date: said.date ?? edition.date,
    approved: said.approved ?? false,
    translationOf: said.translation_of ?? null,
    supersedes: said.supersedes ?? [],
    audience: said.audience ?? null,
    attributes,
    text: read.text,
    blocks: read.blocks,
    pages: read.pages ?? null,
    reads: read.reads ?? [],
    notices,
  };
}

const present = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

const notes = new Set(["eml", "pptx", "email", "slides"]);

/** Who writes "manual" on a document means one; mails and slides are notes whatever their subject. */
function kindOf(title: string, name: string, format: string): DocumentKind {
  if (notes.has(format)) return "reference";
  for (const text of [title, name.replaceAll(/[_-]/g, " ")]) {
    if (/설명서|매뉴얼|메뉴얼|지침서|취급서|\bmanuals?\b|\bhandbook\b|\binstructions?\b|user'?s? guide/i.test(text))
      return "manual";
    if (/절차서?|작업\s*표준|표준서|\bprocedures?\b|\bSOP\b|work instruction/i.test(text)) return "procedure";
  }
  return "reference";
}

function titleOf(title: unknown, language: "ko" | "en"): string | null {
  if (typeof title === "string" || typeof title === "number") return String(title);
  if (title === null || typeof title !== "object") return null;
  const both = title as Record<string, unknown>;
  const first = both[language] ?? both["ko"] ?? both["en"];
  return typeof first === "string" ? first : null;
}
