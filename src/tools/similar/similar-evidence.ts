import type { EvidenceDraft } from "../../core/evidence.ts";
import { formatDay, formatMinutes } from "../../core/format/format.ts";
import { median } from "../../plant/analysis/mean.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import { equipmentTitle, lines, say } from "../wording.ts";
import type { ToolContext, ToolResult } from "../tool.ts";
import type { Likeness, Wanted } from "./rank-work-orders.ts";

export type SimilarWorkOrder = {
  id: string;
  equipmentId: string;
  technician: string;
  finishedAt: string | null;
  openedAt: string | null;
  durationMinutes: number | null;
  description: string | null;
  cause: string | null;
  remedy: string | null;
  parts: string[];
  alarmCode: string | null;
  primaryCode: string | null;
  score: number;
  why: Likeness[];
  words: string[];
};

export type Doer = { name: string; count: number; medianMinutes: number | null; last: string | null };
export type SimilarFound = {
  equipmentId: string | null;
  alarmCode: string | null;
  failureCode: string | null;
  words: string[];
  total: number;
  medianMinutes: number | null;
  /** Who has done it, most often first. */
  people: Doer[];
  workOrders: SimilarWorkOrder[];
};

type Search = { wanted: Wanted; machine: Equipment | null; found: SimilarWorkOrder[]; limit: number; searched: number };

/** First the sum of all like repairs, then one piece of evidence for each that is shown. */
export async function similarEvidence(search: Search, context: ToolContext): Promise<ToolResult<SimilarFound>> {
  const { wanted, machine, found, limit } = search;
  const { language, ctx, mes } = context;
  const directory = await context.directory.load();
  const shown = found.slice(0, limit);
  const output: SimilarFound = {
    equipmentId: wanted.equipmentId,
    alarmCode: wanted.alarmCode,
    failureCode: wanted.failureCode,
    words: wanted.words,
    total: found.length,
    medianMinutes: median(found.flatMap((one) => one.durationMinutes ?? [])),
    people: doers(found),
    workOrders: shown,
  };
  const asked = askedText(search, context);
  const sample = (id: string): boolean => directory.byId.get(id)?.sample === true;
  const overall: EvidenceDraft = {
    kind: "count",
    title: say(language, "비슷한 작업지시", "Similar work orders"),
    text:
      found.length === 0
        ? lines(nothingText(asked, context), await coverageText())
        : overallText(output, asked, context),
    language,
    source: {
      label: say(language, "작업지시", "work orders"),
      store: "work_orders",
      records: found.slice(0, 50).map((one) => one.id),
      sample: machine?.sample ?? found.some((one) => sample(one.equipmentId)),
    },
    trust: "record",
    ...(machine ? { equipmentId: machine.id } : {}),
    ...(found.length === 0 ? {} : { table: tableOf(shown, found.length, context) }),
    data: output,
  };
  const each = shown.map((one) => orderEvidence(one, sample(one.equipmentId), context));
  return { output, summary: overall.text.split("\n")[0] ?? "", evidence: [overall, ...each] };

  async function coverageText(): Promise<string> {
    const { rows, from, to } = await mes.coverage("work_orders", machine?.id);
    if (rows === 0 || !from || !to)
      return say(language, "작업지시 기록이 없습니다.", "There are no work orders on record.");
    const [first, last] = [formatDay(from, ctx.timeZone), formatDay(to, ctx.timeZone)];
    return say(
      language,
      `찾아본 기록: ${first}부터 ${last}까지 작업지시 ${rows}건.`,
      `Searched: ${rows} work orders from ${first} to ${last}.`,
    );
  }
}

function askedText({ wanted, machine }: Search, { language }: ToolContext): string {
  return [
    machine && equipmentTitle(machine, language),
    wanted.alarmCode && say(language, `알람 ${wanted.alarmCode}`, `alarm ${wanted.alarmCode}`),
    wanted.failureCode && say(language, `고장 코드 ${wanted.failureCode}`, `failure code ${wanted.failureCode}`),
    wanted.words.length > 0 && `“${wanted.words.join(" ")}”`,
  ]
    .filter(Boolean)
    .join(" · ");
}

function nothingText(asked: string, { language }: ToolContext): string {
  return say(
    language,
    `비슷한 작업지시가 없습니다 (${asked || "조건 없음"}).`,
    `There are no similar work orders (${asked || "no condition"}).`,
  );
}

function overallText(output: SimilarFound, asked: string, { language, ctx }: ToolContext): string {
  const { total, workOrders, medianMinutes, people } = output;
  const who = people.slice(0, 3).map((one) => {
    const typical =
      one.medianMinutes === null
        ? ""
        : say(
            language,
            `, 보통 ${formatMinutes(one.medianMinutes, "ko")}`,
            `, typically ${formatMinutes(one.medianMinutes, "en")}`,
          );
    const last =
      one.last === null
        ? ""
        : say(language, `, 최근 ${formatDay(one.last, ctx.timeZone)}`, `, last ${formatDay(one.last, ctx.timeZone)}`);
    return say(language, `${one.name} ${one.count}건${typical}${last}`, `${one.name} ${one.count}${typical}${last}`);
  });
  return lines(
    say(language, `비슷한 작업지시 ${total}건 (${asked})`, `${total} similar work orders (${asked})`),
    medianMinutes !== null &&
      say(
        language,
        `걸린 시간 중앙값 ${formatMinutes(medianMinutes, "ko")}`,
        `median time ${formatMinutes(medianMinutes, "en")}`,
      ),
    who.length > 0 && say(language, `한 사람: ${who.join("; ")}`, `Done by: ${who.join("; ")}`),
    total > workOrders.length &&
      say(
        language,
        `가장 비슷한 ${workOrders.length}건을 표시합니다.`,
        `Showing the ${workOrders.length} most similar.`,
      ),
  );
}

function orderEvidence(one: SimilarWorkOrder, sample: boolean, { language, ctx }: ToolContext): EvidenceDraft {
  const at = one.finishedAt ?? one.openedAt;
  const day = at ? formatDay(at, ctx.timeZone) : "";
  const took = one.durationMinutes === null ? "" : formatMinutes(one.durationMinutes, language);
  const open = one.finishedAt === null ? say(language, "진행 중", "open") : "";
  return {
    kind: "work-order",
    title: `${one.id} · ${one.equipmentId}${day ? ` · ${day}` : ""}`,
    text: lines(
      [one.id, one.equipmentId, day, one.technician, took, open].filter((part) => part !== "").join(" · "),
      one.description,
      one.alarmCode && say(language, `알람: ${one.alarmCode}`, `Alarm: ${one.alarmCode}`),
      one.cause && say(language, `원인: ${one.cause}`, `Cause: ${one.cause}`),
      one.remedy && say(language, `조치: ${one.remedy}`, `Remedy: ${one.remedy}`),
      one.parts.length > 0 && say(language, `부품: ${one.parts.join(", ")}`, `Parts: ${one.parts.join(", ")}`),
    ),
    language,
    source: {
      label: `${say(language, "작업지시", "work order")} ${one.id}`,
      store: "work_orders",
      records: [one.id],
      ...(at ? { date: day } : {}),
      sample,
    },
    trust: "record",
    ...(one.equipmentId ? { equipmentId: one.equipmentId } : {}),
    ...(at ? { at } : {}),
    score: one.score,
    data: one,
  };
}

function tableOf(shown: SimilarWorkOrder[], total: number, { language, ctx }: ToolContext) {
  return {
    columns:
      language === "ko"
        ? ["번호", "설비", "날짜", "작업자", "소요", "원인", "조치"]
        : ["number", "machine", "day", "technician", "took", "cause", "remedy"],
    rows: shown.map((one) => [
      one.id,
      one.equipmentId,
      (one.finishedAt ?? one.openedAt) ? formatDay(one.finishedAt ?? one.openedAt ?? "", ctx.timeZone) : null,
      one.technician,
      one.durationMinutes === null ? null : formatMinutes(one.durationMinutes, language),
      one.cause,
      one.remedy,
    ]),
    total,
  };
}

function doers(found: SimilarWorkOrder[]): Doer[] {
  const names = [...new Set(found.map((one) => one.technician).filter((name) => name !== ""))];
  return names
    .map((name) => {
      const own = found.filter((one) => one.technician === name);
      const last =
        own
          .flatMap((one) => one.finishedAt ?? [])
          .sort()
          .at(-1) ?? null;
      return { name, count: own.length, medianMinutes: median(own.flatMap((one) => one.durationMinutes ?? [])), last };
    })
    .sort((a, b) => b.count - a.count || (a.medianMinutes ?? Infinity) - (b.medianMinutes ?? Infinity));
}
