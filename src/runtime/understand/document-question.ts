// Questions about the documents themselves: what page 12 says, where something stands, how two editions differ.

export type DocumentQuestion =
  | { about: "page"; page: number }
  | { about: "place" }
  | { about: "editions"; revisions: string[] };

const pageNumber = /(?<![\d.])(\d{1,4})\s?(?:쪽|페이지|페이찌|p\b)|\b(?:page|pg)\.?\s?(\d{1,4})\b|\bp\.\s?(\d{1,4})\b/i;
const documentWord =
  /설명서|매뉴얼|메뉴얼|문서|절차서|교범|책|\bmanual|\bdocument|\bprocedure|\bbulletin|\bguide|\bbook/i;
const place =
  /(?:어느|무슨|어떤)\s?(?:문서|매뉴얼|메뉴얼|설명서|책|절차서)|어디에?\s?(?:나와|나오|적혀|쓰여|써\s?있)|출처|몇\s?(?:쪽|페이지)|\bwhere (?:does|do|did|is) (?:it|that|this|you)\b.{0,20}(?:say|said|stand|written|from|get)|\bwhich (?:manual|document|page|revision)\b|\bwhat(?:'s| is) (?:the|your) source/i;
const difference =
  /차이|다른\s?점|뭐가\s?(?:다르|달라|바뀌|바뀐)|달라[졌진]|바뀐|바뀌었|변경\s?(?:점|사항|내용)|개정\s?내용|\bdiffer\w*|\bchanges?\b|\bchanged\b|\bdiff\b|\bcompare/i;
const edition = /\brev(?:ision)?s?\b|\beditions?\b|개정|리비전|구판|신판|이전\s?판|[A-Z0-9]\s?판/i;
const named = /(?:\brev(?:ision)?\.?\s*|개정\s*|리비전\s*)([A-Z]|\d{1,2}(?:\.\d)?)(?![a-z\d])/giu;
const second =
  /(?:와|과|랑|이랑|하고|and|to|vs\.?|→|-)\s*(?:rev(?:ision)?\.?\s*|개정\s*)?([A-Z]|\d{1,2}(?:\.\d)?)(?![a-z\d])/iu;

/** Asks which document says something: that is to be looked up in the documents, not in the plant's records. */
export function asksForPlace(question: string): boolean {
  return place.test(question);
}

/** Null where the question isn't about a document as such. `topics` counts its telling words; `cited`: an answer before it cited documents. */
export function readDocumentQuestion(
  question: string,
  known: { models: boolean; topics: number; cited: boolean },
): DocumentQuestion | null {
  const { cited } = known;
  if (difference.test(question) && edition.test(question))
    return { about: "editions", revisions: revisionsOf(question) };
  const match = pageNumber.exec(question);
  const page = Number(match?.[1] ?? match?.[2] ?? match?.[3] ?? 0);
  if (page > 0 && (documentWord.test(question) || known.models || cited)) return { about: "page", page };
  return place.test(question) && cited && (known.topics <= 1 || question.length <= 16) ? { about: "place" } : null;
}

function revisionsOf(question: string): string[] {
  const first = [...question.matchAll(named)].map((one) => one[1] ?? "");
  const other = second.exec(question)?.[1];
  return [...new Set([...first, ...(first.length === 1 && other ? [other] : [])])]
    .filter((one) => one !== "")
    .slice(0, 2);
}
