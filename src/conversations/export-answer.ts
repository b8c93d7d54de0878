import type { Ctx } from "../core/context.ts";
import { markdownToDocx } from "../core/documents/markdown-to-docx.ts";
import { SunbaeError } from "../core/errors.ts";
import type { Evidence } from "../core/evidence.ts";
import { formatDay, formatTime } from "../core/format/format.ts";
import type { Answer } from "../core/run-event.ts";
import type { Db } from "../db/database.ts";
import type { Turn } from "./conversation.ts";
import { getTurn } from "./get-conversation.ts";

export type ExportFormat = "md" | "docx";
export type ExportedAnswer = { name: string; mediaType: string; bytes: Uint8Array };

const mediaTypes: Record<ExportFormat, string> = {
  md: "text/markdown; charset=utf-8",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

/**
 * An answer as a file to keep, send or go on writing in: the question, the answer, and every source that it cites.
 * Rejects with `not_found`, and `conflict` while the run has no answer.
 */
export async function exportAnswer(
  ctx: Ctx,
  db: Pick<Db, "select">,
  { runId, format }: { runId: string; format: ExportFormat },
): Promise<ExportedAnswer> {
  const turn = await getTurn(ctx, db, runId);
  if (!turn.answer)
    throw new SunbaeError("conflict", "This question has no answer to save yet.", { fix: "Wait until it is whole." });
  const { language } = turn.answer;
  const markdown = answerMarkdown(turn, turn.answer, ctx.timeZone);
  const title = turn.question.replaceAll(/\s+/g, " ").slice(0, 80);
  const bytes =
    format === "md" ? new TextEncoder().encode(markdown) : await markdownToDocx(markdown, { title, language });
  const day = formatDay(turn.createdAt, ctx.timeZone);
  return { name: `${fileName(title)}-${day}.${format}`, mediaType: mediaTypes[format], bytes };
}

/** The same text that was answered, with its marks, and the sources that they stand for. */
export function answerMarkdown(turn: Pick<Turn, "question" | "createdAt">, answer: Answer, timeZone: string): string {
  const ko = answer.language === "ko";
  const cited = answer.evidence.filter((one) => answer.answer.includes(`[${one.id}]`));
  const asked = formatTime(new Date(turn.createdAt), timeZone);
  const how =
    answer.mode === "model"
      ? ko
        ? "모델이 쓰고 근거로 확인한 답"
        : "written by a model and checked against its sources"
      : ko
        ? "기록과 문서에서 규칙으로 만든 답"
        : "made by rules from records and documents";
  return [
    `# ${oneLine(turn.question)}`,
    `${ko ? "물은 때" : "Asked"}: ${asked} (${timeZone}) · Sunbae · ${how}`,
    answer.answer.trim(),
    cited.length > 0 ? `## ${ko ? "출처" : "Sources"}` : "",
    cited.map((one) => `- [${one.id}] ${sourceLine(one, timeZone, ko)}`).join("\n"),
    "",
  ]
    .filter((part, index, all) => part !== "" || index === all.length - 1)
    .join("\n\n");
}

function sourceLine({ source, title, at, trust }: Evidence, timeZone: string, ko: boolean): string {
  const records = source.records ?? [];
  const parts = [
    source.label === title ? title : `${source.label} — ${title}`,
    source.page === undefined ? "" : ko ? `${source.page}쪽` : `page ${source.page}`,
    source.heading ?? "",
    source.revision === undefined ? "" : ko ? `${source.revision}판` : `edition ${source.revision}`,
    source.inForce === false ? (ko ? "새 판이 있음" : "a newer edition is in force") : "",
    source.origin === "ocr" ? (ko ? "그림에서 읽은 글" : "text recognised from a picture") : "",
    source.expert ?? "",
    source.date ?? "",
    records.length > 0 && source.store ? `${source.store} ${shorten(records)}` : "",
    at === undefined ? "" : formatTime(at, timeZone),
    trust === "reference" ? (ko ? "참고 자료" : "reference only") : "",
    source.sample ? (ko ? "예제 공장의 자료" : "data of the sample plant") : "",
  ];
  return oneLine(parts.filter((part) => part !== "").join(" · "));
}

const shorten = (ids: string[]): string =>
  ids.length > 12 ? `${ids.slice(0, 12).join(", ")} … (${ids.length})` : ids.join(", ");
const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

function fileName(title: string): string {
  const name = title
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .trim()
    .replaceAll(/\s+/g, "-")
    .slice(0, 50);
  return name === "" ? "sunbae" : name;
}
