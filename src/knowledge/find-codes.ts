import { kindOfWord, kindWordPattern, parseMention } from "./codes/parse-code.ts";
import type { CodeKind } from "./knowledge.ts";
import { englishStopWords } from "./text/stop-words.ts";

/** A code as a question writes it: `raw` is the text, `kind` is set where a word or sign says it. */
export type CodeMention = {
  raw: string;
  kind?: CodeKind;
  /** As `lookUpCode` takes it. */
  code: string;
  start: number;
  end: number;
  /** False for a bare number without a word such as "alarm" beside it. */
  certain: boolean;
};

// Dotted ("E.OC1", "AL.16.1") and hexadecimal ("0x83A0", "16#83A0") codes carry their own sign.
const dotted = String.raw`E\.[A-Z]{1,4}\d{0,3}|[A-Z]{1,2}\.[A-Z]{1,3}\d{1,3}|(?!P\.)[A-Z]{1,4}\.\d{1,4}(?:[.\-]\d{1,4}){0,2}`;
const hexadecimal = String.raw`(?:0x|16#)[0-9A-Fa-f]{2,8}`;
const body = String.raw`${hexadecimal}|${dotted}|[A-Za-z]{1,4}[- ]?\d{1,6}(?:[.\-]\d{1,4}){0,2}[A-Za-z]?|\d{1,6}(?:[.\-]\d{1,4}){0,2}`;
const counter = String.raw`(?:\s?(?:번|호)(?!기|라인|차))?`;
const between = String.raw`\s*(?:코드|번호|code|number|no\.?|nr\.?)?\s*[:#=\-]?\s*`;

/** What stands after a number that is an amount. */
const unit = String.raw`\s?(?:년|월|일|주|시|분|초|개|건|회|대|명|호기|호|라인|톤|도|%|mm|bar|rpm|hours?|days?|weeks?|months?|years?|minutes?)`;

const patterns: { pattern: RegExp; certain: boolean }[] = [
  { pattern: /\$\s?(\d{1,4})(?!\d)/g, certain: true },
  {
    pattern: new RegExp(`(?<![a-z])(${kindWordPattern})${between}((?:${body})${counter})(?![\\d.]*\\d)`, "gi"),
    certain: true,
  },
  {
    pattern: new RegExp(`(?<![\\w-])((?:${body}))${counter}\\s*(?:의\\s*)?(${kindWordPattern})(?![a-z])`, "gi"),
    certain: true,
  },
  { pattern: new RegExp(`(?<![\\w.#-])(${hexadecimal}|${dotted})(?![A-Za-z0-9_-])`, "g"), certain: true },
  { pattern: /(?<![A-Za-z0-9_.-])([A-Z]{1,4}-?\d{1,6}(?:[.-]\d{1,4})?)(?![A-Za-z0-9_-])/g, certain: true },
  { pattern: /(?<![A-Za-z0-9_.-])([a-z]{1,3}-?\d{1,5}(?:[.-]\d{1,4})?)(?![A-Za-z0-9_-])/g, certain: true },
  {
    pattern: new RegExp(String.raw`(?<![A-Za-z0-9_.-])([A-Za-z]{1,4}\s\d{1,5})(?![A-Za-z0-9_.-])(?!${unit})`, "g"),
    certain: false,
  },
  {
    pattern: new RegExp(String.raw`(?<![A-Za-z0-9_.:/$-])(\d{2,6}(?:-\d{1,4})?)(?=$|[\s?!,)]|[가-힣])(?!${unit})`, "g"),
    certain: false,
  },
];

/** Codes that a question mentions, in order; a place is read once, by the surest rule. */
export function findCodes(text: string): CodeMention[] {
  const found: CodeMention[] = [];
  for (const { pattern, certain } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (found.some((other) => start < other.end && end > other.start)) continue;
      const raw = match[0].trim();
      const parsed = parseMention(raw);
      if ((!/\d/.test(parsed.norm) && !/^[A-Z]{1,2}\./.test(raw)) || englishStopWords.has(parsed.prefix)) continue;
      const worded = [match[1], match[2]].map((part) => (part ? kindOfWord(part) : undefined)).find(Boolean);
      const kind = parsed.kind ?? worded;
      found.push({ raw, ...(kind ? { kind } : {}), code: parsed.norm, start, end, certain });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}
