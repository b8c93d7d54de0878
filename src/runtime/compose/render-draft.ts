import type { Citation, Evidence, EvidenceTable } from "../../core/evidence.ts";
import type { Draft, Line } from "./draft.ts";

const maxTableRows = 20;

/** The draft as Markdown. Every line ends with its marks, "[E1][E3]"; `citations` point at the lines' sentences. */
export function renderDraft(
  draft: Draft,
  evidence: Map<string, Evidence>,
): { markdown: string; citations: Citation[] } {
  const citations: Citation[] = [];
  let out = "";
  for (const section of draft.sections) {
    if (out !== "") out += "\n";
    if (section.heading) out += `**${section.heading}**\n\n`;
    let step = 0;
    section.lines.forEach((line, index) => {
      step = line.shape === "step" ? step + 1 : 0;
      const start = out.length + prefix(line, step).length;
      const marks = [...new Set(line.cites)].map((id) => `[${id}]`).join("");
      out += `${prefix(line, step)}${indent(line)}${marks === "" ? "" : ` ${marks}`}\n`;
      for (const id of new Set(line.cites)) {
        const found = evidence.get(id);
        if (found) citations.push({ evidenceId: id, start, end: out.length - 1, label: found.source.label });
      }
      const next = section.lines[index + 1];
      if (line.shape === "quote" || !line.shape || line.shape === "plain" || (next && next.shape !== line.shape))
        out += next ? "\n" : "";
    });
    if (section.table && section.table.rows.length > 0) out += `\n${renderTable(section.table)}\n`;
  }
  return { markdown: out.trim(), citations };
}

function prefix(line: Line, step: number): string {
  if (line.shape === "bullet") return "- ";
  if (line.shape === "step") return `${step}. `;
  return line.shape === "quote" ? "> " : "";
}

/** A quote keeps its lines; elsewhere a statement is one line. */
function indent(line: Line): string {
  return line.shape === "quote"
    ? line.text.trim().replace(/^> ?/gm, "").replace(/\n/g, "\n> ")
    : line.text.trim().replace(/\s*\n\s*/g, " ");
}

export function renderTable(table: EvidenceTable): string {
  const cell = (value: string | number | null): string =>
    value === null
      ? ""
      : String(value)
          .replaceAll("|", "\\|")
          .replace(/\s*\n\s*/g, " ");
  const row = (cells: (string | number | null)[]): string => `| ${cells.map(cell).join(" | ")} |`;
  const shown = table.rows.slice(0, maxTableRows);
  const hidden = (table.total ?? table.rows.length) - shown.length;
  const more = hidden > 0 ? `\n\n… +${hidden}` : "";
  return [row(table.columns), row(table.columns.map(() => "---")), ...shown.map(row)].join("\n") + more;
}
