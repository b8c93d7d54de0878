// Edition: one state of a document, told from others by its revision ("C", "3", "2.1") and its date.

export type Edition = { revision: string | null; date: string | null };

const mark = String.raw`[A-Z]{1,2}\d{0,2}(?![a-z\d])|\d{1,3}(?:\.\d{1,3}){0,2}(?![a-z\d])`;
const revisionWord = String.raw`rev(?:ision)?|개정\s*번호|개정판?|판\s*번호|edition|issue`;
const versionWord = String.raw`ver(?:sion)?|버전|버젼`;

/** Each with the revision in its first group. */
const patterns: RegExp[] = [
  new RegExp(
    String.raw`(?<![\p{L}\d])(?:(?:${revisionWord})[\s.:#-]{1,3}(?:no\.?\s*)?|rev)(${mark})(?!\s*[-/.]\s*\d)(?:\s*판)?`,
    "giu",
  ),
  new RegExp(String.raw`(?<![\p{L}\d])(?:${versionWord})[\s.:#_-]{0,3}(\d{1,3}(?:\.\d{1,3}){0,2})(?![\p{L}\d])`, "giu"),
  /(?<![\p{L}\d])v[.\s]?(\d{1,3}(?:\.\d{1,3}){0,2})(?![\p{L}\d.])/giu,
  /(?<![\p{L}\d])(?:개정\s*)?제?\s*(\d{1,2})\s*(?:차\s*개정|판)(?![\p{L}])/giu,
  /(?<![\p{L}\d])(\d{1,2})(?:st|nd|rd|th)\s+(?:edition|revision)(?![\p{L}])/giu,
];
const dates: RegExp[] = [
  /(?<![\d.])((?:19|20)\d\d)\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})(?![\d])/g,
  /(?<![\d.])((?:19|20)\d\d)\s*년\s*(\d{1,2})\s*월(?:\s*(\d{1,2})\s*일)?/g,
  /(?<![\d.])((?:19|20)\d\d)\s*[-./]\s*(0[1-9]|1[0-2])(?!\d|\s*[-./]\s*\d)/g,
  /(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)/g,
];
const editionWords =
  /(?<![\p{L}])(?:final|최종본?|copy|복사본|사본|old|new|latest|구판|신판|개정판?|edition|draft|초안)(?![\p{L}])|\(\d\)/giu;

const spaced = (text: string) => text.normalize("NFKC").replaceAll("_", " ");

/** "C", "3" or "2.1" out of "Rev. C", "개정 3판", "제3판", "v2.1", "Rev.03" or the bare mark; null where none is told. */
export function revisionIn(text: string): string | null {
  for (const pattern of patterns) {
    for (const [, found] of spaced(text).matchAll(pattern)) {
      // "revision an …", "issue is …": a mark of two letters is written large.
      if (/^(?:19|20)\d\d$/.test(found!) || /[a-z]{2}/.test(found!)) continue;
      return plainRevision(found!);
    }
  }
  return null;
}

/** A revision as metadata writes it, without its words: "Rev. 03" is "3". What is no mark stays as it is. */
export function plainRevision(written: string): string {
  const bare = spaced(written).trim();
  if (new RegExp(`^(?:${mark})$`, "iu").test(bare)) return bare.toUpperCase().replaceAll(/(?<![\d.])0+(?=\d)/g, "");
  return revisionIn(bare) ?? bare;
}

/** The first date that a calendar has, as "2025-04-01"; a month stands for its first day. */
export function dateIn(text: string): string | null {
  for (const pattern of dates) {
    for (const [, year, month, day] of spaced(text).matchAll(pattern)) {
      const iso = `${year}-${month!.padStart(2, "0")}-${(day ?? "1").padStart(2, "0")}`;
      if (!Number.isNaN(Date.parse(iso)) && new Date(iso).toISOString().startsWith(iso)) return iso;
    }
  }
  return null;
}

/** A title without what tells its editions apart. */
export function withoutEdition(title: string): string {
  let bare = spaced(title);
  for (const pattern of [...dates, ...patterns]) bare = bare.replaceAll(pattern, " ");
  return bare
    .replaceAll(editionWords, " ")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
}

const label = new RegExp(
  String.raw`^(?:[^\s:]{1,12}\s)?(?:${revisionWord}|${versionWord}|\d\s*판|발행|작성|제정|시행|개정\s*일|date|issued|published|updated|effective)`,
  "iu",
);

/** What the title, the file's name and the first page say; prose that mentions a version says nothing. */
export function readEdition(title: string, fileName: string, firstPage: string): Edition {
  const lines = firstPage
    .split("\n")
    .map((line) => line.replaceAll(/[#*|>]+/g, " ").trim())
    .filter((line) => line.length > 0 && line.length <= 60 && label.test(line) && !/[.!?다]$/.test(line));
  const named = [title, fileName];
  // A bare version in running text is some program's; on a line of its own it is the document's.
  const first = (read: (text: string) => string | null, texts: string[]) =>
    texts.map(read).find((one) => one !== null) ?? null;
  return { revision: first(revisionIn, [...named, ...lines]), date: first(dateIn, [...named, ...lines]) };
}
