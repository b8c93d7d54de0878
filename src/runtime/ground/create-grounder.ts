import type { Evidence } from "../../core/evidence.ts";
import { groundStatement, speaksOfSafety } from "./ground-statement.ts";
import { nextBoundary } from "./statements.ts";

export type Dropped = { statement: string; reason: string };

/** Takes a model's words as they stream and lets through whole grounded statements only. */
export type Grounder = { push(delta: string): void; end(): { text: string; dropped: Dropped[] } };

const headingLike = /^\s*(?:#{1,4}\s.{1,80}|\*\*[^*]{1,80}\*\*:?\s*|[^.!?]{1,60}:\s*)$/;
const tableHead = /^\s*\|\D*\|\s*$/;

const gaps = [" ", "\n", "\n\n"] as const;
type Gap = (typeof gaps)[number];
const wider = (a: Gap, b: Gap): Gap => (gaps.indexOf(a) > gaps.indexOf(b) ? a : b);

export function createGrounder(options: {
  evidence: () => Map<string, Evidence>;
  question: string;
  onText: (text: string) => void;
}): Grounder {
  let buffer = "";
  let text = "";
  /** What parts the next statement from the last that stayed. */
  let gap: Gap = " ";
  /** A heading, or the head of a table, that waits for a statement of its own. */
  let head = "";
  let headGap: Gap = "\n";
  let orphaned = false;
  const dropped: Dropped[] = [];

  const show = (piece: string): void => {
    const fits = head !== "" && (!head.startsWith("|") || piece.trimStart().startsWith("|"));
    const shown = `${text === "" ? "" : gap}${fits ? head + headGap : ""}${piece}`;
    text += shown;
    options.onText(shown);
    head = "";
    orphaned = false;
  };
  const hold = (line: string): void => {
    head = line.startsWith("|") && head.startsWith("|") ? `${head}\n${line}` : line;
    headGap = "\n";
    gap = "\n\n";
    orphaned = false;
  };
  const blank = (): void => {
    // Its own statements were dropped: what follows doesn't belong to it.
    if (orphaned) head = "";
    orphaned = false;
    if (head === "") gap = "\n\n";
    else headGap = "\n\n";
  };
  const take = (statement: string, separator: Gap): void => {
    if (statement.trim() === "") return separator === "\n" ? blank() : undefined;
    const verdict = groundStatement(statement, options.evidence(), options.question);
    if (verdict.kept) {
      show(verdict.text);
      gap = separator;
      return;
    }
    const isHead = (headingLike.test(statement) && !/\d/.test(statement)) || tableHead.test(statement);
    if (isHead && !speaksOfSafety(statement)) return hold(statement.trim());
    dropped.push({ statement: statement.trim(), reason: verdict.reason });
    orphaned = head !== "";
    gap = wider(gap, separator);
  };
  const drain = (more: boolean): void => {
    for (let at = nextBoundary(buffer, more); at; at = nextBoundary(buffer, more)) {
      const statement = buffer.slice(0, at.index);
      const separator = buffer[at.index] === "\n" ? "\n" : " ";
      buffer = buffer.slice(at.index + at.length);
      take(statement, separator);
    }
  };
  return {
    push(delta) {
      buffer += delta;
      drain(true);
    },
    end() {
      drain(false);
      take(buffer, "\n");
      buffer = "";
      return { text: text.trim(), dropped };
    },
  };
}
