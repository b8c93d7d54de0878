import type { Language } from "../../core/context.ts";
import type { EvidenceDraft } from "../../core/evidence.ts";
import { withParticle } from "../../core/language/script.ts";
import type { SearchResult } from "../../knowledge/knowledge.ts";
import type { UnreadDocument } from "../../knowledge/unread-documents.ts";
import { documentSource } from "../evidence/place.ts";
import { lines, say } from "../wording.ts";

export type NothingFoundData = {
  found: false;
  query: string;
  nearest: { documentId: string; title: string; label: string; page: number | null; confidence: number }[];
  unread: UnreadDocument[];
};

/** That the documents hold no answer: what stands nearest in them, and what of them could not be read. */
export function nothingFound(
  input: { query: string; nearest: SearchResult[]; unread: UnreadDocument[] },
  language: Language,
): EvidenceDraft {
  const { query, unread } = input;
  const nearest = input.nearest.map((one) => ({
    documentId: one.documentId,
    title: one.title,
    label: documentSource(one, language).label,
    page: one.page,
    confidence: one.confidence,
  }));
  const data: NothingFoundData = { found: false, query, nearest, unread };
  return {
    kind: "passage",
    title: say(language, "문서에 없음", "Not in the documents"),
    text: lines(
      say(language, `“${query}”에 대한 내용을 문서에서 찾지 못했습니다.`, `The documents hold nothing on “${query}”.`),
      nearest.length > 0 &&
        say(
          language,
          `가장 가까운 곳: ${nearest.map(placeText).join("; ")}`,
          `The nearest places: ${nearest.map(placeText).join("; ")}`,
        ),
      ...unread.map((one) => unreadText(one, language)),
    ),
    language,
    source: { label: say(language, "문서 검색", "document search"), store: "knowledge" },
    trust: "record",
    data,
  };
}

export const placeText = ({ label, page }: { label: string; page: number | null }): string =>
  page === null ? label : `${label}, p. ${page}`;

/** "3 of 40 pages of X could not be read: it is a scan". */
export function unreadText(one: UnreadDocument, language: Language): string {
  const why = one.why === null ? "" : ` (${firstSentence(one.why)})`;
  if (one.unread === null)
    return say(
      language,
      `${withParticle(`파일 ${one.path}`, "은", "는")} 읽지 못했습니다${why}.`,
      `The file ${one.path} could not be read${why}.`,
    );
  const of = one.pages === null ? "" : say(language, ` 전체 ${one.pages}쪽 중`, ` of ${one.pages}`);
  return say(
    language,
    `“${one.title}”의${of} ${one.unread}쪽은 읽지 못했습니다${why}.`,
    `${one.unread}${of} pages of “${one.title}” could not be read${why}.`,
  );
}

function firstSentence(text: string): string {
  return (/^.+?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text).replace(/[.\s]+$/, "");
}
