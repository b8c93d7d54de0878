import type { OfficePackage } from "../office/open-package.ts";
import { childOf, childrenOf, walkXml } from "../office/read-xml.ts";
import { numberFormat } from "./number-format.ts";
import type { NumberFormat } from "./number-format.ts";

export type SheetEntry = { name: string; part: string; hidden: boolean };
export type Workbook = {
  sheets: SheetEntry[];
  since1904: boolean;
  /** By a cell's style number. */
  formats: NumberFormat[];
  strings: string[];
};

/** Excel itself allows 32,767 characters in a cell. */
export const longestText = 40_000;
const mostStringBytes = 64 * 1024 * 1024;

export function readWorkbook(file: OfficePackage): Workbook {
  const root = file.xml(file.main) ?? undefined;
  const relations = new Map(file.relations(file.main).map((one) => [one.id, one]));
  const partOf = (type: string) => [...relations.values()].find((one) => one.type === type)?.target;
  const sheets = childrenOf(childOf(root, "sheets"), "sheet").flatMap((sheet): SheetEntry[] => {
    const relation = relations.get(sheet.attributes["r:id"] ?? sheet.attributes["id"] ?? "");
    if (!relation || relation.type !== "worksheet") return [];
    const state = sheet.attributes["state"] ?? "visible";
    return [{ name: sheet.attributes["name"] ?? "", part: relation.target, hidden: state !== "visible" }];
  });
  const epoch = childOf(root, "workbookPr")?.attributes["date1904"];
  return {
    sheets,
    since1904: epoch === "1" || epoch === "true",
    formats: readFormats(file, partOf("styles")),
    strings: readStrings(file, partOf("sharedStrings")),
  };
}

function readFormats(file: OfficePackage, part: string | undefined): NumberFormat[] {
  const root = (part && file.xml(part)) || undefined;
  const own = new Map(
    childrenOf(childOf(root, "numFmts"), "numFmt").map(({ attributes }) => [
      Number(attributes["numFmtId"]),
      attributes["formatCode"] ?? "",
    ]),
  );
  return childrenOf(childOf(root, "cellXfs"), "xf").map(({ attributes }) => {
    const id = Number(attributes["numFmtId"] ?? 0);
    return numberFormat(id, own.get(id));
  });
}

/** Texts that cells refer to by number. Reading aids for Japanese and styles are left out. */
function readStrings(file: OfficePackage, part: string | undefined): string[] {
  const start = part ? file.zip.readStart(part, mostStringBytes) : null;
  if (!start) return [];
  const strings: string[] = [];
  let text = "";
  let inText = false;
  let aside = 0;
  walkXml(
    start.contents,
    part!,
    {
      open(name) {
        if (name === "si") text = "";
        else if (name === "rPh") aside += 1;
        else if (name === "t") inText = aside === 0;
      },
      text(piece) {
        if (inText && text.length < longestText) text += piece;
      },
      close(name) {
        if (name === "t") inText = false;
        else if (name === "rPh") aside -= 1;
        else if (name === "si") strings.push(unescaped(text));
      },
    },
    start.whole,
  );
  return strings;
}

/** Excel writes control characters as _x000D_. */
export const unescaped = (text: string): string =>
  text.includes("_x")
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
