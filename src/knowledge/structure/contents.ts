// Pages that only say where something stands: they name everything and explain nothing.

const contentsTitle =
  /^(?:\d+\.?\s*)?(?:목\s*차|차\s*례|그림\s*목차|표\s*목차|색인|찾아보기|(?:table\s+of\s+)?contents|(?:alphabetical\s+)?index|list\s+of\s+(?:figures|tables))$/i;
const withPage = /[\s.…·|](?:\d{1,4}|[A-Z]-\d{1,3}|\d{1,2}-\d{1,3})\s{0,4}\|?$/;
const withLeader = /(?:(?:\.\s?){4}|…|·{4})\s{0,4}\d{1,4}\s{0,4}\|?$/;
const link = /^\s*(?:[-*+]|\d+\.)?\s*\[[^\]]+\]\(#[^)]*\)\s*$/;

/** Whether a block is (part of) a table of contents or an index; `headings` are those around it. */
export function isContents(text: string, headings: string[]): boolean {
  // A line's end tells; hostile lines may be endless.
  const lines = text
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^[|\s:-]+$/.test(line))
    .map((line) => (line.length > 300 ? line.slice(-60) : line.trimEnd()));
  if (lines.length === 0) return false;
  const links = lines.filter((line) => link.test(line)).length;
  const pages = lines.flatMap((line) => (withPage.test(line) ? [Number(/(\d+)\s*\|?$/.exec(line)?.[1])] : []));
  const titled = contentsTitle.test(headings.at(-1)?.trim() ?? "");
  if (titled) return Math.max(links, pages.length) >= lines.length * 0.5;
  if (lines.length >= 4 && links >= lines.length * 0.9) return true;
  const leaders = lines.filter((line) => withLeader.test(line)).length;
  if (lines.length >= 4 && leaders >= lines.length * 0.7) return true;
  // Without leaders only numbered titles with rising pages; a table of torques rises too.
  const numbered = lines.filter((line) => /^\s*(?:[-*]\s)?\d{1,2}(?:\.\d{1,2})*\.?\s+\p{L}/u.test(line)).length;
  const rising = pages.every((page, at) => at === 0 || page >= pages[at - 1]!) && pages.at(-1)! > (pages[0] ?? 0) + 2;
  return lines.length >= 8 && rising && pages.length >= lines.length * 0.9 && numbered >= lines.length * 0.6;
}
