import type { Evidence, EvidenceTable } from "../../core/evidence.ts";
import type { MachineOption } from "../understand/understanding.ts";

// Draft: an answer as structure, before it becomes Markdown. Line: one statement with the evidence it stands on.

export type Line = {
  text: string;
  cites: string[];
  shape?: "plain" | "bullet" | "step" | "quote";
};

export type Section = {
  heading: string | null;
  lines: Line[];
  /** Shown under the lines; its source is the first line's evidence. */
  table?: EvidenceTable;
  /** Follows a model's answer too, unless that cites all of it. */
  always?: boolean;
};

export type Draft = {
  sections: Section[];
  /** Nothing was found that answers the question. */
  abstained: boolean;
  /** The draft asks which machine is meant; a short reply settles it. */
  asks?: MachineOption[];
};

export function line(
  text: string,
  evidence: (Evidence | undefined)[] | Evidence | undefined = [],
  shape: Line["shape"] = "plain",
): Line {
  const list = Array.isArray(evidence) ? evidence : [evidence];
  return { text, cites: list.flatMap((one) => (one ? [one.id] : [])), shape };
}

export function section(
  heading: string | null,
  lines: (Line | null | undefined | false)[],
  table?: EvidenceTable,
): Section {
  return { heading, lines: lines.filter((one): one is Line => Boolean(one)), ...(table ? { table } : {}) };
}

/** Sections that say something. */
export function draft(sections: (Section | null)[], abstained = false): Draft {
  return {
    sections: sections.filter(
      (one): one is Section => one !== null && (one.lines.length > 0 || one.table !== undefined),
    ),
    abstained,
  };
}
