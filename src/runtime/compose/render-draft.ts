import type { Citation, Evidence, EvidenceTable } from "../../core/evidence.ts";
import type { Draft, Line } from "./draft.ts";

/** A month of days is shown whole. */
const maxTableRows = 31;

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
      const cites = [...new Set(line.cites)].filter((id) => evidence.has(id));
      const marks = cites.map((id) => `[${id}]`).join("");
      out += `${prefix(line, step)}${indent(line)}${marks === "" ? "" : ` ${marks}`}\n`;
      for (const id of cites) {
        citations.push({ evidenceId: id, start, end: out.length - 1, label: citationLabel(evidence.get(id), id) });
      }
      const next = section.lines[index + 1];
      if (line.shape === "quote" || !line.shape || line.shape === "plain" || (next && next.shape !== line.shape))
        out += next ? "\n" : "";
    });
    if (section.table && section.table.rows.length > 0)
      out += `${out === "" || out.endsWith("\n\n") ? "" : "\n"}${renderTable(section.table)}\n`;
  }
  return { markdown: out.trimEnd(), citations };
}

function prefix(line: Line, step: number): string {
  if (line.shape === "bullet") return "- ";
  if (line.shape === "step") return `${step}. `;
  return line.shape === "quote" ? "> " : "";
}

/** A quote keeps its lines; elsewhere a statement is one line. */
function indent(line: Line): string {
  if (line.shape !== "quote") return harmless(line.text.trim().replace(lineBreaks, " "));
  return line.text.trim().replace(/^> ?/gm, "").split(lineBreaks).map(harmless).join("\n> ");
}

const lineBreaks = /[ \t]*(?:\r\n|[\n\r\u0085\u2028\u2029\v\f])[ \t]*/g;

/** What a citation is called: title, edition, section and page. */
export function citationLabel(evidence: Evidence | undefined, id: string): string {
  const { label, page } = evidence?.source ?? { label: id };
  return page === undefined ? label : `${label}, p. ${page}`;
}

/** Text of a document is shown as it is, but it can't cite, nor open HTML or a picture, nor become a link. */
function harmlessInline(text: string): string {
  return text
    .replace(/\[\s*(E\d+)\s*\]/g, "($1)")
    .replace(/(\\*)(?:<(?=[A-Za-z/!?])|\](?=\(|:\s))/g, (all: string, slashes: string) =>
      slashes.length % 2 === 0 ? `${slashes}\\${all.slice(slashes.length)}` : all,
    )
    .replace(/\b(https?|ftp)(?=:\/\/)/gi, "$1\\")
    .replace(/\bwww(?=\.)/gi, "www\\")
    .replace(/!\[/g, "!\\[");
}

/** Nor can a line of it begin a block that would swallow what follows. */
function harmless(text: string): string {
  const blocks = /^(\s*)(#{1,6}(?=\s|$)|`{3,}|~{3,}|\||>|={3,}\s*$|-{3,}\s*$)/;
  return harmlessInline(text).replace(blocks, "$1\\$2");
}

export function renderTable(table: EvidenceTable): string {
  const cell = (value: string | number | null): string =>
    value === null ? "" : harmlessInline(String(value).replace(lineBreaks, " ").replace(/[\\|]/g, "\\$&"));
  const row = (cells: (string | number | null)[]): string => `| ${cells.map(cell).join(" | ")} |`;
  const shown = table.rows.slice(0, maxTableRows);
  const hidden = (table.total ?? table.rows.length) - shown.length;
  const more = hidden > 0 ? `\n\n… +${hidden}` : "";
  return [row(table.columns), `| ${table.columns.map(() => "---").join(" | ")} |`, ...shown.map(row)].join("\n") + more;
}
