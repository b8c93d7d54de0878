import { z } from "zod";
import { SunbaeError } from "../core/errors.ts";
import type { EvidenceDraft } from "../core/evidence.ts";
import { findDocuments } from "../knowledge/find-documents.ts";
import { readPage } from "../knowledge/read-page.ts";
import { documentSource } from "./evidence/place.ts";
import { lines, say } from "./wording.ts";
import { defineTool } from "./tool.ts";

export type PageRead = { documentId: string; title: string; number: number; pages: number; origin: string };

const longest = 4_000;

export const readPageTool = defineTool({
  name: "read_page",
  title: { ko: "문서의 쪽 읽기", en: "Read a page" },
  description:
    "The text of one page of a document. Use it where a page is asked for by its number (“what does page 12 say”). Give the document by its id, title or machine model.",
  input: z.object({
    page: z.coerce.number().int().min(1).max(100_000).describe("The page number as printed in the viewer, from 1."),
    document: z.string().trim().min(1).max(400).describe("Its id, title or path, or the question's own words."),
    models: z.array(z.string().trim().min(1)).max(8).optional().describe("Machine models that it is about."),
  }),
  agents: ["maintenance"],
  async run({ page, document, models }, { ctx, knowledge, language }) {
    const found = await findDocuments(ctx, knowledge, { text: document, ...(models ? { models } : {}) });
    const byId = found.find((one) => one.id === document);
    const paged = found.filter((one) => (one.pages ?? 1) > 1);
    const best = byId ?? paged.find((one) => (one.pages ?? 1) >= page) ?? paged[0] ?? found[0];
    const id = best?.id ?? (/^d[0-9a-f]{14}$/.test(document) ? document : null);
    if (id === null)
      throw new SunbaeError(
        "not_found",
        say(language, "어느 문서인지 알 수 없습니다.", "It is not clear which document is meant."),
        { fix: say(language, "문서 제목이나 기종을 알려 주세요.", "Name its title or the machine's model.") },
      );
    if (best && page > (best.pages ?? 1))
      throw new SunbaeError(
        "not_found",
        say(
          language,
          `“${best.title}”에는 ${page}쪽이 없습니다. 모두 ${best.pages ?? 1}쪽입니다.`,
          `“${best.title}” has no page ${page}: it has ${best.pages ?? 1}.`,
        ),
      );
    const read = await readPage(ctx, knowledge, { documentId: id, number: page });
    const { document: of, text, start, origin, pages } = read;
    const [anchor] = read.anchors;
    const shown = text.trim().slice(0, longest);
    const unread = say(
      language,
      "이 쪽의 글은 읽지 못했습니다. 원본 그림을 보세요.",
      "This page could not be read; see its picture.",
    );
    const evidence: EvidenceDraft = {
      kind: "passage",
      title: `${of.title} · ${say(language, `${page}쪽`, `page ${page}`)}`,
      text: lines(shown === "" ? unread : shown),
      language: anchor?.language ?? of.language,
      source: documentSource(
        {
          ...{ documentId: of.id, path: of.path, title: of.title, heading: of.title, page, origin },
          ...{ revision: of.revision, date: of.date, inForce: of.inForce, span: [start, start + text.length] },
        },
        language,
      ),
      trust: of.trust,
    };
    const output: PageRead = { documentId: of.id, title: of.title, number: page, pages, origin };
    return { output, summary: `${of.title}, p. ${page}/${pages}`, evidence: [evidence] };
  },
});
