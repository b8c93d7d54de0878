import { SunbaeError } from "../../../core/errors.ts";
import type { ReadDocument } from "../loaded-document.ts";
import { attributesOf, openPackage } from "../office/open-package.ts";
import { createCleaner } from "../office/read-xml.ts";
import type { ReaderInput } from "../reader.ts";
import { createTextBuilder } from "../text-builder.ts";
import { mostRows, readSheet } from "./read-sheet.ts";
import { splitTables } from "./split-tables.ts";
import { readWorkbook } from "./workbook-parts.ts";
import { writeTable } from "./write-table.ts";

/** A workbook: each sheet a section, each table on it a table with the cells as they are shown. */
export function readXlsx({ bytes, name }: ReaderInput): ReadDocument {
  const file = openPackage(bytes, "xl/workbook.xml");
  const workbook = readWorkbook(file);
  const cleaner = createCleaner();
  const builder = createTextBuilder();
  const notices: string[] = [];
  const title = file.properties.title ?? name;
  let tables = 0;
  builder.heading(1, title);
  for (const sheet of workbook.sheets) {
    const sheetName = cleaner.text(sheet.name).trim();
    if (sheet.hidden) {
      notices.push(`The sheet "${sheetName}" is hidden and was left out.`);
      continue;
    }
    const { rows, merges, more } = readSheet(file, workbook, sheet.part, cleaner.text);
    if (more > 0)
      notices.push(
        `Of the sheet "${sheetName}" the first ${Math.min(rows.length, mostRows)} rows were read, at least ${more} more were not: so much is data rather than a document; split it, or import it as plant data.`,
      );
    const found = splitTables(rows, merges);
    if (found.length === 0) continue;
    builder.heading(2, sheetName || `Sheet ${tables + 1}`);
    for (const table of found) writeTable(table, builder);
    tables += found.length;
  }
  if (tables === 0) throw new SunbaeError("invalid_input", "The workbook has no cells with text.");
  return {
    ...builder.finish(),
    title,
    attributes: attributesOf(file.properties),
    notices: [...cleaner.notices(), ...notices],
  };
}
