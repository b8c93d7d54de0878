// Every kind of file that is told apart by its contents: how it is called, and what helps where it isn't read.

export type FormatName = keyof typeof formats;

type Format = {
  /** With its article, for "the contents are …". */
  called: string;
  /** Of the reader that takes it: a key of `readers`. Plain text goes by its own name. */
  extension?: string;
  fix?: string;
};

export const formats = {
  pdf: { called: "a PDF", extension: ".pdf" },
  docx: { called: "a Word document (DOCX)", extension: ".docx" },
  xlsx: { called: "an Excel workbook (XLSX)", extension: ".xlsx" },
  pptx: { called: "a PowerPoint file (PPTX)", extension: ".pptx" },
  hwpx: { called: "a Hangul document (HWPX)", extension: ".hwpx" },
  html: { called: "a web page (HTML)", extension: ".html" },
  eml: { called: "an e-mail", extension: ".eml" },
  text: { called: "plain text", extension: ".txt" },
  png: { called: "a PNG picture", extension: ".png" },
  jpeg: { called: "a JPEG picture", extension: ".jpg" },
  gif: { called: "a GIF picture", extension: ".gif", fix: "Save it as PNG or JPEG." },
  bmp: { called: "a BMP picture", extension: ".bmp", fix: "Save it as PNG or JPEG." },
  tiff: { called: "a TIFF picture", extension: ".tiff", fix: "Save it as PDF or PNG." },
  webp: { called: "a WebP picture", extension: ".webp", fix: "Save it as PNG or JPEG." },
  heic: { called: "a photograph of a phone (HEIC)", fix: "Save it as JPEG." },
  svg: { called: "a drawing (SVG)", fix: "Save it as PDF." },
  doc: { called: "an old Word document (DOC)", fix: "Open it in Word and save it as DOCX or PDF." },
  xls: { called: "an old Excel workbook (XLS)", fix: "Open it in Excel and save it as XLSX or CSV." },
  xlsb: { called: "a binary Excel workbook (XLSB)", fix: "Open it in Excel and save it as XLSX." },
  ppt: { called: "an old PowerPoint file (PPT)", fix: "Open it in PowerPoint and save it as PPTX or PDF." },
  hwp: { called: "a Hangul document (HWP)", fix: "Open it in Hangul and save it as HWPX, DOCX or PDF." },
  hwp3: { called: "an old Hangul document (HWP 3)", fix: "Open it in Hangul and save it as HWPX, DOCX or PDF." },
  rtf: { called: "a Rich Text document (RTF)", fix: "Open it in Word and save it as DOCX or PDF." },
  odt: { called: "an OpenDocument text (ODT)", fix: "Save it as DOCX or PDF." },
  ods: { called: "an OpenDocument sheet (ODS)", fix: "Save it as XLSX or CSV." },
  odp: { called: "an OpenDocument presentation (ODP)", fix: "Save it as PPTX or PDF." },
  epub: { called: "an e-book (EPUB)", fix: "Save it as PDF or HTML." },
  msg: { called: "an Outlook message (MSG)", fix: "Save it from Outlook as EML or text." },
  mhtml: { called: "a saved web archive (MHTML)", fix: "Save it as HTML or PDF." },
  visio: { called: "a Visio drawing", fix: "Save it as PDF." },
  dwg: { called: "a CAD drawing (DWG)", fix: "Plot it as PDF." },
  "encrypted-office": {
    called: "an Office file with a password",
    fix: "Open it, take the password off (File › Info › Protect) and save it.",
  },
  ole: { called: "an old Office file", fix: "Open it and save it as DOCX, XLSX or PDF." },
  zip: { called: "a ZIP archive", fix: "Unpack it and add the files in it." },
  gzip: { called: "a packed file (gzip)", fix: "Unpack it and add the files in it." },
  archive: { called: "a packed archive", fix: "Unpack it and add the files in it." },
  program: { called: "a program", fix: "Leave it out: programs hold no documentation." },
  database: { called: "a database file", fix: "Export what matters as CSV." },
  video: { called: "a film", fix: "Write down what it shows, as text." },
  audio: { called: "a recording", fix: "Write down what is said, as text." },
  binary: { called: "binary data, no document", fix: "Save it as PDF or text with the program that made it." },
} satisfies Record<string, Format>;

export const formatOf = (name: FormatName): Format => formats[name];

/** Sentences for files that are not even opened, by extension. */
const byExtension: Record<string, FormatName> = {
  ".doc": "doc",
  ".dot": "doc",
  ".xls": "xls",
  ".xlsb": "xlsb",
  ".ppt": "ppt",
  ".pps": "ppt",
  ".hwp": "hwp",
  ".rtf": "rtf",
  ".odt": "odt",
  ".ods": "ods",
  ".odp": "odp",
  ".epub": "epub",
  ".msg": "msg",
  ".mht": "mhtml",
  ".mhtml": "mhtml",
  ".vsd": "visio",
  ".vsdx": "visio",
  ".dwg": "dwg",
  ".dxf": "dwg",
  ".zip": "zip",
  ".gz": "gzip",
  ".tgz": "gzip",
  ".7z": "archive",
  ".rar": "archive",
  ".tar": "archive",
  ".alz": "archive",
  ".egg": "archive",
  ".exe": "program",
  ".dll": "program",
  ".so": "program",
  ".msi": "program",
  ".bin": "binary",
  ".db": "database",
  ".sqlite": "database",
  ".mdb": "database",
  ".accdb": "database",
  ".mp4": "video",
  ".avi": "video",
  ".mov": "video",
  ".mkv": "video",
  ".wmv": "video",
  ".webm": "video",
  ".mp3": "audio",
  ".wav": "audio",
  ".m4a": "audio",
  ".heic": "heic",
  ".svg": "svg",
  ".gif": "gif",
  ".bmp": "bmp",
  ".tif": "tiff",
  ".tiff": "tiff",
  ".webp": "webp",
  ".png": "png",
  ".jpg": "jpeg",
  ".jpeg": "jpeg",
};

export const formatOfExtension = (extension: string): Format | undefined => {
  const name = byExtension[extension];
  return name && formats[name];
};

/** Extensions that people put on files of another kind: opened to see what they are. */
export const oftenWrong = new Set([".doc", ".xls", ".ppt", ".hwp", ".rtf", ".dot", ".pps", ".mht", ".odt", ".ods"]);
