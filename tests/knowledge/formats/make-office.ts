import { strToU8, zipSync } from "fflate";

// Office files from their parts, small enough to read in a test. Only what the readers look at is in them.

export const zipOf = (parts: Record<string, string | Uint8Array>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, typeof part === "string" ? strToU8(part) : part]),
    ),
  );

export const xml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`;
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const relationships = (relations: [id: string, type: string, target: string][]) =>
  `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;

const core = (properties: Record<string, string>) =>
  `${head}<cp:coreProperties xmlns:cp="cp" xmlns:dc="dc" xmlns:dcterms="dcterms">${Object.entries(properties)
    .map(([name, value]) => `<${name}>${xml(value)}</${name}>`)
    .join("")}</cp:coreProperties>`;

/** A number with a format is shown by it; null leaves the cell out. */
export type Cell = string | number | { value: number; format: string } | null;
export type SheetSpec = { name: string; rows: Cell[][]; merges?: string[]; hidden?: boolean };

export function makeXlsx(sheets: SheetSpec[], properties: Record<string, string> = {}): Uint8Array {
  const formats: string[] = [];
  const cellXml = (cell: Cell, row: number, column: number) => {
    const at = `r="${String.fromCharCode(65 + column)}${row + 1}"`;
    if (cell === null) return "";
    if (typeof cell === "string") return `<c ${at} t="inlineStr"><is><t>${xml(cell)}</t></is></c>`;
    if (typeof cell === "number") return `<c ${at}><v>${cell}</v></c>`;
    if (!formats.includes(cell.format)) formats.push(cell.format);
    return `<c ${at} s="${formats.indexOf(cell.format) + 1}"><v>${cell.value}</v></c>`;
  };
  const parts: Record<string, string> = {};
  sheets.forEach(({ rows, merges = [] }, index) => {
    const data = rows
      .map((row, at) => `<row r="${at + 1}">${row.map((cell, column) => cellXml(cell, at, column)).join("")}</row>`)
      .join("");
    const merged =
      merges.length > 0 ? `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>` : "";
    parts[`xl/worksheets/sheet${index + 1}.xml`] =
      `${head}<worksheet xmlns="main"><sheetData>${data}</sheetData>${merged}</worksheet>`;
  });
  const own = formats.map(
    (format, index) => `<numFmt numFmtId="${164 + index}" formatCode="${xml(format).replaceAll('"', "&quot;")}"/>`,
  );
  return zipOf({
    "[Content_Types].xml": `${head}<Types/>`,
    "_rels/.rels": relationships([["rId1", "officeDocument", "xl/workbook.xml"]]),
    "docProps/core.xml": core(properties),
    "xl/workbook.xml": `${head}<workbook xmlns="main" xmlns:r="r"><sheets>${sheets
      .map(
        ({ name, hidden }, at) =>
          `<sheet name="${xml(name)}" sheetId="${at + 1}"${hidden ? ' state="hidden"' : ""} r:id="s${at}"/>`,
      )
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relationships([
      ...sheets.map((_, at): [string, string, string] => [`s${at}`, "worksheet", `worksheets/sheet${at + 1}.xml`]),
      ["styles", "styles", "styles.xml"],
    ]),
    "xl/styles.xml": `${head}<styleSheet xmlns="main"><numFmts>${own.join("")}</numFmts><cellXfs><xf numFmtId="0"/>${formats
      .map((_, index) => `<xf numFmtId="${164 + index}"/>`)
      .join("")}</cellXfs></styleSheet>`,
    ...parts,
  });
}

/** `body` is the inside of w:body; other parts by name (word/footnotes.xml). */
export function makeDocx(
  body: string,
  parts: Record<string, string> = {},
  properties: Record<string, string> = {},
): Uint8Array {
  const names = Object.keys(parts).map((name) => name.replace(/^word\/|\.xml$/g, ""));
  return zipOf({
    "[Content_Types].xml": `${head}<Types/>`,
    "_rels/.rels": relationships([["rId1", "officeDocument", "word/document.xml"]]),
    "docProps/core.xml": core(properties),
    "word/document.xml": `${head}<w:document xmlns:w="w" xmlns:mc="mc" xmlns:v="v" xmlns:wps="wps"><w:body>${body}</w:body></w:document>`,
    "word/_rels/document.xml.rels": relationships(names.map((name) => [`r-${name}`, name, `${name}.xml`])),
    ...parts,
  });
}

export type SlideSpec = { title?: string; shapes?: string; notes?: string; hidden?: boolean };

const drawing = `xmlns:p="p" xmlns:a="a" xmlns:r="r"`;

/** `shapes` is XML beside the title's shape. */
export function makePptx(slides: SlideSpec[], properties: Record<string, string> = {}): Uint8Array {
  const parts: Record<string, string> = {};
  slides.forEach(({ title, shapes = "", notes, hidden }, index) => {
    const titled = title === undefined ? "" : textShape([title], "title");
    parts[`ppt/slides/slide${index + 1}.xml`] =
      `${head}<p:sld ${drawing}${hidden ? ' show="0"' : ""}><p:cSld><p:spTree>${titled}${shapes}</p:spTree></p:cSld></p:sld>`;
    if (notes === undefined) return;
    parts[`ppt/slides/_rels/slide${index + 1}.xml.rels`] = relationships([
      ["n", "notesSlide", `../notesSlides/notesSlide${index + 1}.xml`],
    ]);
    parts[`ppt/notesSlides/notesSlide${index + 1}.xml`] =
      `${head}<p:notes ${drawing}><p:cSld><p:spTree>${textShape([notes], "body")}${textShape([String(index + 1)], "sldNum")}</p:spTree></p:cSld></p:notes>`;
  });
  return zipOf({
    "[Content_Types].xml": `${head}<Types/>`,
    "_rels/.rels": relationships([["rId1", "officeDocument", "ppt/presentation.xml"]]),
    "docProps/core.xml": core(properties),
    "ppt/presentation.xml": `${head}<p:presentation ${drawing}><p:sldIdLst>${slides.map((_, at) => `<p:sldId id="${256 + at}" r:id="s${at}"/>`).join("")}</p:sldIdLst></p:presentation>`,
    "ppt/_rels/presentation.xml.rels": relationships(
      slides.map((_, at) => [`s${at}`, "slide", `slides/slide${at + 1}.xml`]),
    ),
    ...parts,
  });
}

/** Paragraphs of a text shape; "\t" before one puts it a level deeper. */
export function textShape(paragraphs: string[], placeholder?: string): string {
  const type = placeholder === undefined ? "" : `<p:nvPr><p:ph type="${placeholder}"/></p:nvPr>`;
  const lines = paragraphs.map((text) => {
    const level = /^\t*/.exec(text)![0].length;
    return `<a:p>${level > 0 ? `<a:pPr lvl="${level}"/>` : ""}<a:r><a:t>${xml(text.slice(level))}</a:t></a:r></a:p>`;
  });
  return `<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/>${type}</p:nvSpPr><p:txBody>${lines.join("")}</p:txBody></p:sp>`;
}

/** `section` is the inside of the section; paragraphs of style 1 are first-level outlines, of shape 2 numbered. */
export function makeHwpx(section: string): Uint8Array {
  return zipOf({
    mimetype: "application/hwp+zip",
    "Contents/header.xml": `${head}<hh:head xmlns:hh="hh"><hh:refList><hh:paraProperties><hh:paraPr id="0"/><hh:paraPr id="2"><hh:heading type="NUMBER" level="0"/></hh:paraPr></hh:paraProperties><hh:styles><hh:style id="0" name="바탕글"/><hh:style id="1" name="개요 1"/></hh:styles></hh:refList></hh:head>`,
    "Contents/section0.xml": `${head}<hs:sec xmlns:hs="hs" xmlns:hp="hp">${section}</hs:sec>`,
  });
}
