import { randomBytes } from "node:crypto";
import { makeDocx, makeHwpx, makePptx, makeXlsx, zipOf } from "./formats/make-office.ts";

// Files that are broken or mean harm, each with the sentence that a person should get to read.

export type HostileFile = { name: string; contents: Uint8Array | string; verdict: RegExp };

/** An OLE file of this program, by the name of its main stream. */
const ole = (stream: string) =>
  Buffer.concat([
    Buffer.from("d0cf11e0a1b11ae1", "hex"),
    Buffer.alloc(504),
    Buffer.from(stream, "utf16le"),
    Buffer.alloc(512),
  ]);

const docx = makeDocx("<w:p><w:r><w:t>Text of a document</w:t></w:r></w:p>");
const xlsx = makeXlsx([{ name: "Sheet1", rows: [["a", "b"]] }]);

/** The part's size as the table of contents says it. */
function declaring(zip: Uint8Array, part: string, bytes: number): Uint8Array {
  const copy = Buffer.from(zip);
  copy.writeUInt32LE(bytes, copy.lastIndexOf(part) - 46 + 24);
  return copy;
}

const entities = Array.from({ length: 10 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join("");
const documentPart = (xml: string) => zipOf({ "word/document.xml": xml });
const deep = `${"<w:p>".repeat(5_000)}x${"</w:p>".repeat(5_000)}`;
const yamlBomb = `---\na: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: &d [*c, *c, *c]\ne: [*d, *d, *d]\n---\ntext`;

export const hostileFiles: HostileFile[] = [
  { name: "empty.md", contents: "", verdict: /The file is empty/ },
  { name: "blank.txt", contents: " \n\t\n\u00a0\n", verdict: /has no text/ },
  { name: "only-invisible.md", contents: "\u200b\u200b\u202e\ufeff", verdict: /has no text/ },
  { name: "nulls.txt", contents: "a\0b\0\0\0\0c".repeat(50), verdict: /binary/ },
  { name: "noise.txt", contents: randomBytes(4_000), verdict: /binary|neither UTF-8/ },
  {
    name: "no-encoding.csv",
    contents: Buffer.from([0x41, 0xff, 0xff, 0x80, 0x41, 0x0a]),
    verdict: /neither UTF-8 nor CP949/,
  },
  { name: "open-quote.csv", contents: 'a,b\n"never closed,1\n2,3\n', verdict: /not a readable CSV/ },
  { name: "one-line.txt", contents: "x".repeat(5_000_000), verdict: /line of 5 MB/ },
  { name: "yaml.md", contents: yamlBomb, verdict: /front matter is not valid YAML/ },
  {
    name: "yaml-deep.md",
    contents: `---\na: ${"[".repeat(20_000)}\n---\nx`,
    verdict: /front matter is not valid YAML/,
  },
  { name: "wrong-date.md", contents: "---\ntitle: a\ndate: someday\n---\ntext", verdict: /front matter's "date"/ },
  { name: "fake.docx", contents: randomBytes(3_000), verdict: /says DOCX, the contents are/ },
  { name: "cut-off.docx", contents: docx.subarray(0, docx.length - 40), verdict: /no table of contents|damaged/ },
  { name: "damaged.xlsx", contents: flipped(xlsx), verdict: /damaged/ },
  {
    name: "lying.docx",
    contents: declaring(docx, "word/document.xml", 3),
    verdict: /more than it declares|not what the table/,
  },
  { name: "bomb.docx", contents: declaring(docx, "word/document.xml", 300_000_000), verdict: /unpack to 300 MB/ },
  {
    name: "entities.docx",
    contents: documentPart(`<!DOCTYPE a [<!ENTITY e0 "lol">${entities}]><a>&e9;</a>`),
    verdict: /document type/,
  },
  {
    name: "outside.docx",
    contents: documentPart('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    verdict: /document type/,
  },
  { name: "deep.docx", contents: makeDocx(deep), verdict: /nested more than/ },
  { name: "broken-xml.docx", contents: documentPart("<w:document><w:body><w:p>"), verdict: /no well-formed XML/ },
  { name: "empty.docx", contents: makeDocx("<w:p/>"), verdict: /has no text/ },
  {
    name: "pictures-only.docx",
    contents: makeDocx("<w:p><w:r><w:drawing/></w:r></w:p>"),
    verdict: /1 picture and no text: save it as PDF/,
  },
  {
    name: "no-main.docx",
    contents: zipOf({ "word/other.xml": "<a/>" }),
    verdict: /part "word\/document.xml" is missing/,
  },
  { name: "empty.xlsx", contents: makeXlsx([{ name: "Sheet1", rows: [] }]), verdict: /no cells with text/ },
  { name: "empty.pptx", contents: makePptx([{}, {}]), verdict: /slides have no text/ },
  { name: "empty.hwpx", contents: makeHwpx(""), verdict: /has no text/ },
  { name: "locked.xlsx", contents: ole("EncryptedPackage"), verdict: /with a password\. Open it/ },
  { name: "old.doc", contents: ole("WordDocument"), verdict: /old Word document.*save it as DOCX/ },
  { name: "old.xls", contents: ole("Workbook"), verdict: /old Excel workbook.*save it as XLSX/ },
  { name: "old.ppt", contents: ole("PowerPoint Document"), verdict: /old PowerPoint.*save it as PPTX/ },
  {
    name: "절차서.hwp",
    contents: ole("HwpSummaryInformation"),
    verdict: /Hangul document.*save it as HWPX, DOCX or PDF/,
  },
  { name: "letter.rtf", contents: "{\\rtf1 text}", verdict: /Rich Text.*save it as DOCX/ },
  {
    name: "archive.zip",
    contents: zipOf({ "../../etc/cron.d/x": "evil", "C:\\x": "evil" }),
    verdict: /ZIP archive.*Unpack it/,
  },
  {
    name: "paths.docx",
    contents: zipOf({ "../../../tmp/evil.xml": "x", "/etc/passwd": "x" }),
    verdict: /says DOCX, the contents are a ZIP archive/,
  },
  { name: "film.mp4", contents: Buffer.from("\0\0\0\x20ftypisom", "latin1"), verdict: /film.*not read/ },
  { name: "drawing.dwg", contents: "AC1032\0\0", verdict: /CAD drawing.*Plot it as PDF/ },
  {
    name: "virus.pdf",
    contents: Buffer.from(`MZ\x90\0\x03${"\0".repeat(200)}`, "latin1"),
    verdict: /says PDF, the contents are a program/,
  },
  { name: "setup.exe", contents: Buffer.from("MZ\x90\0", "latin1"), verdict: /program.*not read/ },
  { name: "script.js", contents: "fetch('http://evil')", verdict: /no reader for "\.js"/ },
  {
    name: "broken.pdf",
    contents: "%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
    verdict: /PDF|damaged|can't be (?:read|opened)/,
  },
  {
    name: "million-pages.pdf",
    contents:
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1000000>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    verdict: /says that it has 1000000 pages; at most/,
  },
  { name: "broken.png", contents: Buffer.from("89504e470d0a1a0a0000", "hex"), verdict: /./ },
  { name: "empty.eml", contents: "From: a@b.c\nTo: d@e.f\nSubject: x\n\n", verdict: /e-mail has no text/ },
  {
    name: "scripts-only.html",
    contents: "<html><script>alert(1)</script><style>a{}</style></html>",
    verdict: /page has no text/,
  },
];

/** One byte inside the first part's packed contents is another. */
function flipped(zip: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(zip);
  const start = Buffer.from(copy).indexOf("xl/worksheets/sheet1.xml") + 40;
  copy[start] = copy[start]! ^ 0xff;
  return copy;
}
