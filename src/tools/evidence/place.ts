import type { Language } from "../../core/context.ts";
import type { EvidenceSource } from "../../core/evidence.ts";
import type { PageOrigin, Span } from "../../knowledge/knowledge.ts";
import { say } from "../wording.ts";

/** "Manual · Chapter › Section": the title once, then the headings below it. */
export function placeOf({ title, heading }: { title: string; heading: string }): string {
  const below = heading.startsWith(title) ? heading.slice(title.length).replace(/^[\s›·]+/, "") : heading;
  return below === "" ? title : `${title} · ${below}`;
}

/** "Rev. C", "개정 C"; as it is where it says already what it is. */
export function revisionName(revision: string, language: Language): string {
  if (/\p{L}{3}|판$|개정/u.test(revision)) return revision;
  return say(language, `개정 ${revision}`, `Rev. ${revision}`);
}

type Place = {
  documentId: string;
  path: string;
  title: string;
  heading: string;
  page: number | null;
  span: Span;
  revision: string | null;
  date: string | null;
  inForce: boolean;
  origin: PageOrigin;
};

/** Where a piece of a document stands: title and edition as the label, section, page, and what is to be doubted. */
export function documentSource(place: Place, language: Language): EvidenceSource {
  const { title, heading, revision, page, date } = place;
  const edition = revision === null ? title : `${title} (${revisionName(revision, language)})`;
  const below = placeOf({ title, heading }).slice(title.length);
  return {
    label: `${edition}${below}`,
    documentId: place.documentId,
    path: place.path,
    ...(page === null ? {} : { page }),
    heading,
    span: place.span,
    ...(revision === null ? {} : { revision }),
    ...(date === null ? {} : { date }),
    ...(place.inForce ? {} : { inForce: false }),
    ...(place.origin === "ocr" ? { origin: "ocr" as const } : {}),
  };
}
