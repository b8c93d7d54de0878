import type { Evidence } from "../../core/evidence.ts";
import { groundStatement } from "./ground-statement.ts";

export type Dropped = { statement: string; reason: string };

/** Takes a model's words as they stream and lets through whole grounded statements only. */
export type Grounder = { push(delta: string): void; end(): { text: string; dropped: Dropped[] } };

/** A statement ends at a line's end, or at a full stop with its citations and a space behind it. */
const boundary = /\n|(?<=[.!?。](?:["”’)]?)(?:\s?\[E\d+\])*)\s+(?!\[E\d)/;
const headingLike = /^\s*(?:#{1,4}\s|\*\*[^*]+\*\*:?\s*$|[^.!?]{1,60}:\s*$)/;

export function createGrounder(options: {
  evidence: () => Map<string, Evidence>;
  question: string;
  onText: (text: string) => void;
}): Grounder {
  let buffer = "";
  let text = "";
  let pending = "";
  const dropped: Dropped[] = [];

  const show = (piece: string): void => {
    text += pending + piece;
    options.onText(pending + piece);
    pending = "";
  };
  const take = (statement: string, separator: string): void => {
    const kind = separator.includes("\n") ? "\n" : " ";
    if (statement.trim() === "") {
      if (text !== "" && kind === "\n" && !pending.endsWith("\n\n")) pending += "\n";
      return;
    }
    const verdict = groundStatement(statement, options.evidence(), options.question);
    if (verdict.kept) return show(verdict.text + kind);
    // A heading waits for a statement that stays; a new one replaces it.
    if (headingLike.test(statement) && !/\d/.test(statement))
      pending = `${text === "" ? "" : "\n"}${statement.trim()}\n`;
    else dropped.push({ statement: statement.trim(), reason: verdict.reason });
  };
  const drain = (): void => {
    for (let match = boundary.exec(buffer); match; match = boundary.exec(buffer)) {
      // A full stop at the very end may still get its citation.
      if (match.index + match[0].length >= buffer.length && match[0] !== "\n") return;
      const statement = buffer.slice(0, match.index);
      buffer = buffer.slice(match.index + match[0].length);
      take(statement, match[0]);
    }
  };
  return {
    push(delta) {
      buffer += delta;
      drain();
    },
    end() {
      drain();
      take(buffer, "\n");
      buffer = "";
      return { text: text.trim(), dropped };
    },
  };
}
