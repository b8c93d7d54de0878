import { parse } from "csv-parse/sync";
import { decodeText } from "../load/decode-text.ts";

export type GlossaryTerm = {
  ko: string;
  en: string;
  koAliases: string[];
  enAliases: string[];
  domain: string;
  note: string | null;
};

/** True for a CSV whose header is a glossary's. */
export function isGlossary(path: string, bytes: Uint8Array): boolean {
  if (!/\.csv$/i.test(path)) return false;
  const head = Buffer.from(bytes.subarray(0, 200))
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  return /^"?ko"?,"?en"?,"?ko_aliases"?,"?en_aliases"?/.test(head);
}

export function parseGlossary(bytes: Uint8Array): GlossaryTerm[] {
  const rows = parse(decodeText(bytes).text, {
    columns: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
  });
  return (rows as Record<string, string>[])
    .filter((row) => row["ko"] && row["en"])
    .map((row) => ({
      ko: row["ko"]!,
      en: row["en"]!,
      koAliases: split(row["ko_aliases"]),
      enAliases: split(row["en_aliases"]),
      domain: row["domain"] || "general",
      note: row["note"] || null,
    }));
}

const split = (cell: string | undefined) =>
  (cell ?? "")
    .split("|")
    .map((one) => one.trim())
    .filter((one) => one !== "");
