import { basename, extname } from "node:path";
import { z } from "zod";
import { SunbaeError } from "../../core/errors.ts";
import { languageOf } from "../text/language.ts";
import type { LoadedDocument, ReadDocument } from "./loaded-document.ts";

const names = z.union([z.array(z.coerce.string()), z.coerce.string().transform((one) => [one])]);
const day = z.union([z.date().transform((date) => date.toISOString().slice(0, 10)), z.iso.date()]);

// Unknown fields are kept for whoever reads them (cards); a wrong value of a known one is the file's fault.
const frontMatter = z.looseObject({
  title: z.unknown().optional(),
  kind: z.enum(["manual", "procedure", "safety", "card", "reference"]).optional().catch(undefined),
  language: z.enum(["ko", "en"]).optional().catch(undefined),
  models: names.optional(),
  equipment: names.optional(),
  revision: z.coerce.string().optional(),
  date: day.optional(),
  approved: z.boolean().optional(),
  translation_of: z.string().optional(),
});

/** Settles what the front matter leaves open: title, language, kind. A document is approved only where it says so. */
export function describeDocument(path: string, format: string, read: ReadDocument): LoadedDocument {
  const parsed = frontMatter.safeParse(read.attributes ?? {});
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new SunbaeError("invalid_input", `The front matter's "${issue.path.join(".")}" is wrong: ${issue.message}.`);
  }
  const said = parsed.data;
  const isCard = said["claim"] !== undefined && said["symptom"] !== undefined;
  const language = said.language ?? languageOf(read.text);
  return {
    path,
    title: titleOf(said.title, language) ?? read.title ?? basename(path, extname(path)),
    format,
    language,
    kind: isCard ? "card" : (said.kind ?? "reference"),
    models: said.models ?? [],
    equipmentIds: said.equipment ?? [],
    revision: said.revision ?? null,
    date: said.date ?? null,
    approved: said.approved ?? false,
    translationOf: said.translation_of ?? null,
    attributes: read.attributes ?? {},
    text: read.text,
    blocks: read.blocks,
    pages: read.pages ?? null,
    reads: read.reads ?? [],
    notices: read.notices ?? [],
  };
}

function titleOf(title: unknown, language: "ko" | "en"): string | null {
  if (typeof title === "string" || typeof title === "number") return String(title);
  if (title === null || typeof title !== "object") return null;
  const both = title as Record<string, unknown>;
  const first = both[language] ?? both["ko"] ?? both["en"];
  return typeof first === "string" ? first : null;
}
