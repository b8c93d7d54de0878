import { posix } from "node:path";
import { SunbaeError } from "../../../core/errors.ts";
import { openZip } from "./open-zip.ts";
import type { Zip } from "./open-zip.ts";
import { childOf, childrenOf, elementsOf, readXml, textOf } from "./read-xml.ts";
import type { XmlElement } from "./read-xml.ts";

/** The parts of an Office file (Open Packaging) and how they refer to one another. */
export type OfficePackage = {
  zip: Zip;
  /** The part that a reader begins with: word/document.xml, xl/workbook.xml, ppt/presentation.xml. */
  main: string;
  relations(part: string): Relation[];
  /** Null where the part is missing. */
  xml(part: string): XmlElement | null;
  properties: CoreProperties;
};

/** `type` is the last word of the relation's address, for example "slide". `target` is a part's name. */
export type Relation = { id: string; type: string; target: string; external: boolean };

export type CoreProperties = { title: string | null; revision: string | null; date: string | null };

/** Throws `invalid_input` where the package has no main part. */
export function openPackage(bytes: Uint8Array, usualMain: string): OfficePackage {
  const zip = openZip(bytes);
  const xml = (part: string) => {
    const contents = zip.read(part);
    return contents ? readXml(contents, part) : null;
  };
  const relations = (part: string): Relation[] => {
    const { dir, base } = posix.parse(part);
    const root = xml(posix.join(dir, "_rels", `${base}.rels`));
    return childrenOf(root ?? undefined, "Relationship").map(({ attributes }) => ({
      id: attributes["Id"] ?? "",
      type: (attributes["Type"] ?? "").split("/").at(-1)!,
      external: attributes["TargetMode"] === "External",
      target: resolvePart(dir, attributes["Target"] ?? ""),
    }));
  };
  const main = relations("").find((one) => one.type === "officeDocument")?.target;
  const found = [main, usualMain].find((name) => name !== undefined && zip.has(name));
  if (!found)
    throw new SunbaeError("invalid_input", `The file is incomplete: its part "${usualMain}" is missing.`, {
      fix: "Open it and save it anew.",
    });
  return { zip, main: found, relations, xml, properties: propertiesOf(readable(xml)) };
}

const resolvePart = (folder: string, target: string) =>
  target.startsWith("/") ? target.slice(1) : posix.join(folder, target);

/** What a file says about itself may be broken: its contents are read all the same. */
const readable = (xml: (part: string) => XmlElement | null) => (part: string) => {
  try {
    return xml(part);
  } catch {
    return null;
  }
};

function propertiesOf(xml: (part: string) => XmlElement | null): CoreProperties {
  const core = xml("docProps/core.xml") ?? undefined;
  const value = (name: string) => {
    const element = childOf(core, name);
    return element ? textOf(element).trim() : "";
  };
  // The "revision" of Office counts savings; a document's own one stands in "version" or a property of that name.
  const custom = elementsOf(xml("docProps/custom.xml") ?? { name: "", attributes: {}, children: [] }).find((property) =>
    /^(?:rev(?:ision)?|(?:document )?version|개정|개정번호|리비전|버전)(?:\s*no\.?)?$/i.test(
      property.attributes["name"] ?? "",
    ),
  );
  const revision = (custom ? textOf(custom).trim() : "") || value("version");
  const day = /^(?:19|20)\d\d-\d\d-\d\d/.exec(value("modified") || value("created"))?.[0] ?? null;
  return {
    title: plausibleTitle(value("title")),
    revision: revision !== "" && revision.length <= 40 ? revision : null,
    date: day,
  };
}

/** What programs write by themselves is no title: "Microsoft Word - Document1", a file's name, "슬라이드 1". */
export function plausibleTitle(title: string): string | null {
  const text = title.replaceAll(/\s+/g, " ").trim();
  if (text.length < 2 || text.length > 200 || !/\p{L}/u.test(text)) return null;
  if (
    /^(?:microsoft (?:word|excel|powerpoint)|untitled|document|문서|제목 없음|제목없음|(?:powerpoint )?(?:presentation|프레젠테이션)|powerpoint|슬라이드|slide|통합 문서|book|sheet|workbook|title|템플릿|template|normal|빈 문서)\s*[-–]?\s*\d*$/i.test(
      text,
    )
  )
    return null;
  if (/^microsoft (?:word|excel|powerpoint) - /i.test(text)) return null;
  return /\.(?:docx?|xlsx?|pptx?|hwpx?|pdf|tmp|dotx?)$/i.test(text) ? null : text;
}

/** As a document's attributes, for what the file says about itself. */
export function attributesOf({ revision, date }: CoreProperties): Record<string, unknown> {
  return { ...(revision && { revision }), ...(date && { date }) };
}
