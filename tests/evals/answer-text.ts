// How an answer's Markdown is read by a judge: lines without marks, numbers without separators.

/** Lines that say something, without citations, emphasis, bullets and table rules. */
export function plainLines(markdown: string): string[] {
  return markdown
    .split("\n")
    .map((text) => text.replaceAll(/\s*\[E\d+(?:,\s*E\d+)*\]/g, "").replaceAll(/[*`]/g, ""))
    .map((text) => text.replace(/^\s*(?:[-•]|\d+\.|>|#{1,6})\s+/, "").trim())
    .filter((text) => text !== "" && !/^[|\s:-]+$/.test(text));
}

/** The numbers of a text; "1,234" is one number, what is glued to letters ("CWC04013", "2041호") only where it ends so. */
export function numbersIn(text: string): number[] {
  return [...text.matchAll(/(?<![\w.가-힣-])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?/g)].map((match) =>
    Number(match[0].replaceAll(",", "")),
  );
}

/** The numbers in bold of a Markdown line. */
export function boldNumbers(line: string): number[] {
  return [...line.matchAll(/\*\*(.+?)\*\*/g)].flatMap((match) => numbersIn(match[1] ?? ""));
}

/** Equal as far as the shown figures go: 12.3 stands for 12.34. */
export function sameNumber(shown: number, text: number): boolean {
  if (shown === text) return true;
  return Math.abs(shown - text) <= Math.max(0.051, Math.abs(text) * 0.006) && !Number.isInteger(text);
}

/** The share of Hangul among letters outside quotes, codes and tables. */
export function hangulShare(markdown: string): number {
  const text = markdown
    .split("\n")
    .filter((line) => !/^\s*[>|]/.test(line))
    .join("\n")
    .replaceAll(/[“"”][^“"”]*[“"”]|\([^()]*\)/g, "");
  const hangul = (text.match(/[가-힣]/g) ?? []).length;
  const latin = (text.match(/[A-Za-z]+/g) ?? []).length;
  return hangul + latin === 0 ? 0 : hangul / (hangul + latin * 2);
}

/** Durations of a text in minutes: "1시간 12분", "1 h 12 min", "72 minutes", "1.2 hours". */
export function durationsIn(text: string): number[] {
  const number = String.raw`(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)`;
  const value = (digits: string | undefined): number => Number((digits ?? "0").replaceAll(",", ""));
  const pattern = new RegExp(
    `(?:${number}\\s*(?:일|days?|d\\b)\\s*)?(?:${number}\\s*(?:시간|hours?|hrs?|h\\b)\\s*)?(?:${number}\\s*(?:분|minutes?|mins?|min\\b))?`,
    "gi",
  );
  return [...text.matchAll(pattern)]
    .filter((match) => match[0] !== "")
    .map((match) => value(match[1]) * 1440 + value(match[2]) * 60 + value(match[3]));
}
