import type { FormatName } from "./format-names.ts";

/** Which program wrote an OLE file, by the names of the streams in it. */
export function oleKindOf(data: Buffer): FormatName {
  const has = (name: string) => data.includes(Buffer.from(name, "utf16le"));
  if (has("EncryptedPackage")) return "encrypted-office";
  if (has("HwpSummaryInformation") || has("BodyText") || data.includes("HWP Document File")) return "hwp";
  if (has("WordDocument")) return "doc";
  if (has("PowerPoint Document")) return "ppt";
  if (has("Workbook") || has("Book")) return "xls";
  if (has("__properties_version1.0")) return "msg";
  return has("VisioDocument") ? "visio" : "ole";
}
