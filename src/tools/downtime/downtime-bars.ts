import type { EvidenceDraft } from "../../core/evidence.ts";
import { formatMinutes, formatNumber, formatSpan } from "../../core/format/format.ts";
import { downtimePareto, type DowntimeBar, type DowntimeBy } from "../../plant/analysis/operations/downtime-pareto.ts";
import type { Interval } from "../../plant/analysis/operations/intervals.ts";
import type { Condition } from "../../plant/records.ts";
import { createPlannedTime } from "../../plant/site/planned-time.ts";
import type { Machines } from "../arguments/equipment.ts";
import type { Span } from "../arguments/period.ts";
import { loadStops } from "../oee/load-stops.ts";
import { equipmentTitle, lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";

export type DowntimePareto = {
  by: DowntimeBy["kind"];
  from: string;
  to: string;
  totalMinutes: number;
  stops: number;
  bars: (Omit<DowntimeBar, "value"> & { label: string; minutes: number })[];
  left: number;
};

type Question = { by: DowntimeBy["kind"]; where: Condition[]; span: Span | null };
const told = 15;

/** The stops of the conditions as bars: cut to the span and to now, a machine's overlaps once, those that last included. */
export async function downtimeBars({ by, where, span }: Question, context: ToolContext): Promise<DowntimePareto> {
  const now = context.ctx.now().getTime();
  const first = (await context.mes.coverage("downtimes")).from?.getTime() ?? now;
  const to = Math.min(span?.to?.getTime() ?? now, now);
  const window: Interval = { from: Math.min(span?.from?.getTime() ?? first, to), to };
  const lacks = { left: 0 };
  const loaded = await loadStops(where, window, lacks, context);
  const stops = [...loaded].flatMap(([machine, own]) => own.map((stop) => ({ ...stop, machine })));
  const bars = downtimePareto(
    stops,
    window,
    by === "shift" ? { kind: by, shifts: shiftsOf(window, context) } : { kind: by },
  );
  const { byId } = await context.directory.load();
  const label = (key: string): string => {
    const machine = by === "machine" ? byId.get(key) : undefined;
    if (machine) return equipmentTitle(machine, context.language);
    return key === "" ? say(context.language, "(사유 없음)", "(no reason)") : key;
  };
  return {
    by,
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
    totalMinutes: bars.reduce((sum, { value }) => sum + value, 0),
    stops: stops.length,
    bars: bars.map(({ value, ...bar }) => ({ ...bar, minutes: value, label: label(bar.key) })),
    left: lacks.left,
  };
}

function shiftsOf({ from, to }: Interval, { shifts, ctx, language }: ToolContext) {
  return shifts.map(({ name, words, start, end }) => {
    const shift = { machines: null, days: [1, 2, 3, 4, 5, 6, 7], start, end, breaks: [] };
    const time = createPlannedTime({ timeZone: ctx.timeZone, shifts: [shift], holidays: [] });
    const spans = time.busySpans("", new Date(from), new Date(to)) ?? [];
    return {
      name: (language === "ko" ? words[0] : undefined) ?? name,
      spans: spans.map((one) => ({ from: one.from.getTime(), to: one.to.getTime() })),
    };
  });
}

export function paretoEvidence(pareto: DowntimePareto, machines: Machines | null, context: ToolContext): EvidenceDraft {
  const { language, ctx } = context;
  const percent = (share: number): string => `${formatNumber(Math.round(share * 1000) / 10)}%`;
  const minutes = (value: number): string => formatNumber(Math.round(value * 10) / 10);
  const scope = [machines?.label, formatSpan(pareto.from, pareto.to, ctx.timeZone, language)]
    .filter(Boolean)
    .join(" · ");
  const by = {
    reason: say(language, "사유별", "by reason"),
    machine: say(language, "설비별", "by machine"),
    shift: say(language, "교대별", "by shift"),
  }[pareto.by];
  const shown = pareto.bars.slice(0, told);
  return {
    kind: "chart",
    title: say(language, `비가동 파레토 ${by}`, `downtime Pareto ${by}`),
    text: lines(
      pareto.bars.length === 0
        ? say(language, `비가동 기록이 없습니다 (${scope}).`, `No downtime is on record (${scope}).`)
        : say(
            language,
            `비가동 ${formatMinutes(pareto.totalMinutes, "ko")} = ${minutes(pareto.totalMinutes)}분, ${pareto.stops}건 (${scope}), ${by}:`,
            `downtime ${formatMinutes(pareto.totalMinutes, "en")} = ${minutes(pareto.totalMinutes)} min, ${pareto.stops} stops (${scope}), ${by}:`,
          ),
      ...shown.map((bar) =>
        say(
          language,
          `${bar.label}: ${minutes(bar.minutes)}분, ${bar.count}건, ${percent(bar.share)}, 누적 ${percent(bar.cumulative)}`,
          `${bar.label}: ${minutes(bar.minutes)} min, ${bar.count} stops, ${percent(bar.share)}, cumulative ${percent(bar.cumulative)}`,
        ),
      ),
      pareto.bars.length > 0 &&
        say(
          language,
          "기간 안의 시간만, 한 설비에서 겹친 정지는 한 번만 셈 (진행 중인 정지는 지금까지)",
          "minutes within the period, a machine's overlapping stops once; a stop that lasts counts until now",
        ),
      pareto.left > 0 &&
        say(
          language,
          `기록이 너무 많아 ${pareto.left}건은 읽지 못함`,
          `${pareto.left} records were too many to be read`,
        ),
    ),
    language,
    source: {
      label: say(language, "비가동 기록", "downtime"),
      store: "downtimes",
      records: [],
    },
    trust: "record",
    ...(machines?.one ? { equipmentId: machines.one.id } : {}),
    table: {
      columns: language === "ko" ? [by, "분", "건수", "비율", "누적"] : [by, "minutes", "stops", "share", "cumulative"],
      rows: shown.map((bar) => [
        bar.label,
        Math.round(bar.minutes * 10) / 10,
        bar.count,
        percent(bar.share),
        percent(bar.cumulative),
      ]),
      total: pareto.bars.length,
    },
    data: pareto,
  };
}
