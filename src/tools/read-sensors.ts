import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import { formatAge, formatNumber, formatTime } from "../core/format/format.ts";
import type { Equipment } from "../plant/mes-store.ts";
import type { Reading, Tag, WindowPoint, WindowSummary } from "../plant/sensor-store.ts";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { periodFields, readWindow } from "./arguments/period.ts";
import { pickTags, tagsArgument, tagTitle } from "./arguments/tags.ts";
import { limitsText, limitState, limitStateText, type LimitState } from "./sensors/limits.ts";
import { noSensors } from "./sensors/no-sensors.ts";
import { equipmentTitle, lines, say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

export type SensorReading = {
  /** False where the period asked for (or, without one, the whole record) holds no reading. */
  found: boolean;
  tag: Tag;
  latest: {
    at: string;
    value: number;
    quality: Reading["quality"];
    ageMinutes: number;
    stale: boolean;
    state: LimitState;
  } | null;
  window: {
    from: string;
    to: string;
    count: number;
    min: number | null;
    max: number | null;
    mean: number | null;
    median: number | null;
    standardDeviation: number | null;
    first: string | null;
    last: string | null;
  };
  /** Equal buckets of the window, for a chart; empty buckets are left out. */
  points: { at: string; min: number; max: number; mean: number; count: number }[];
  /** All readings on record. */
  coverage: { from: string; to: string; count: number } | null;
};

/** A value older than this is told to be old. */
const staleAfterMinutes = 15;
const chartPoints = 240;

export const readSensors = defineTool({
  name: "read_sensors",
  title: { ko: "센서 값 읽기", en: "Read sensors" },
  description:
    "The newest value of a machine's sensors with its age, and minimum, maximum, mean over a period (the last 24 hours unless told), against the normal and alarm limits. " +
    "Use it for “what is the temperature now”, “how was the vibration last week”. Says when values are old, when the period holds none, and which sensors exist. To judge whether values are normal, use compare_with_normal.",
  input: z.object({ equipment: machineArgument, tags: tagsArgument, ...periodFields }),
  agents: ["maintenance", "planner", "quality"],
  async run(input, context) {
    const machine = await resolveMachine(input.equipment, context);
    const all = await context.sensors.tags(machine.id);
    const tags = pickTags(input.tags, all, machine, context);
    const window = readWindow(input, context, 24);
    if (tags.length === 0) {
      const evidence = [noSensors(machine, context)];
      return {
        output: { equipmentId: machine.id, readings: [] as SensorReading[] },
        summary: evidence[0]?.text ?? "",
        evidence,
      };
    }
    const ids = tags.map((tag) => tag.id);
    const [latest, summaries, coverage, charts] = await Promise.all([
      context.sensors.latest(ids),
      context.sensors.summarize({ tagIds: ids, from: window.from, to: window.to }),
      context.sensors.coverage(ids),
      Promise.all(
        ids.map((tagId) => context.sensors.window({ tagId, from: window.from, to: window.to, maxPoints: chartPoints })),
      ),
    ]);
    const readings = tags.map((tag, index) => {
      const cover = coverage.find((one) => one.tagId === tag.id);
      return toReading(
        tag,
        latest.find((one) => one.tagId === tag.id),
        summaries[index],
        charts[index] ?? [],
        window,
        context,
        cover,
      );
    });
    const evidence = readings.map((reading) => toEvidence(reading, machine, window, context));
    const summary = readings
      .map(
        (one) =>
          `${one.tag.id} ${one.latest ? formatNumber(one.latest.value) : "–"}${one.tag.unit ? ` ${one.tag.unit}` : ""}`,
      )
      .join(" · ");
    return {
      output: { equipmentId: machine.id, readings: readings.map(({ points: _points, ...one }) => one) },
      summary,
      evidence,
    };
  },
});

type Window = ReturnType<typeof readWindow>;

function toReading(
  tag: Tag,
  latest: Reading | undefined,
  summary: WindowSummary | undefined,
  points: WindowPoint[],
  window: Window,
  { ctx }: ToolContext,
  cover: { from: Date; to: Date; count: number } | undefined,
): SensorReading {
  const ageMinutes = latest ? Math.max(0, (ctx.now().getTime() - latest.at.getTime()) / 60_000) : 0;
  return {
    found: window.asked ? (summary?.count ?? 0) > 0 : latest !== undefined,
    tag,
    latest: latest
      ? {
          at: latest.at.toISOString(),
          value: latest.value,
          quality: latest.quality,
          ageMinutes: Math.round(ageMinutes * 10) / 10,
          stale: ageMinutes > staleAfterMinutes,
          state: limitState(latest.value, tag),
        }
      : null,
    window: {
      from: window.from.toISOString(),
      to: window.to.toISOString(),
      count: summary?.count ?? 0,
      min: summary?.min ?? null,
      max: summary?.max ?? null,
      mean: summary?.mean ?? null,
      median: summary?.median ?? null,
      standardDeviation: summary?.standardDeviation ?? null,
      first: summary?.first?.toISOString() ?? null,
      last: summary?.last?.toISOString() ?? null,
    },
    points: points.map((point) => ({ ...point, at: point.at.toISOString() })),
    coverage: cover ? { from: cover.from.toISOString(), to: cover.to.toISOString(), count: cover.count } : null,
  };
}

function toEvidence(reading: SensorReading, machine: Equipment, window: Window, context: ToolContext): EvidenceDraft {
  const { language, ctx } = context;
  const { tag, latest } = reading;
  const title = `${equipmentTitle(machine, language)} · ${tagTitle(tag, language)}`;
  return {
    kind: "reading",
    title,
    text: lines(
      `${title}: ${latestText(reading, context)}`,
      windowText(reading, window, context),
      limitsText(tag, language),
    ),
    language,
    source: { label: `${tag.id}`, store: "readings", records: [tag.id], sample: machine.sample },
    trust: "record",
    equipmentId: machine.id,
    at: latest?.at ?? ctx.now().toISOString(),
    table: {
      columns:
        language === "ko"
          ? ["구간", "개수", "최소", "평균", "중앙값", "최대"]
          : ["window", "count", "min", "mean", "median", "max"],
      rows: [
        [
          window.label,
          reading.window.count,
          ...[reading.window.min, reading.window.mean, reading.window.median, reading.window.max].map((value) =>
            value === null ? null : formatNumber(value),
          ),
        ],
      ],
    },
    data: reading,
  };
}

function latestText({ latest, tag }: SensorReading, { language, ctx }: ToolContext): string {
  if (!latest) return say(language, `${tag.id}의 측정값이 하나도 없습니다.`, `There is not one reading of ${tag.id}.`);
  const value = withUnit(latest.value, tag);
  const at = `${formatTime(latest.at, ctx.timeZone)}, ${formatAge(new Date(latest.at), ctx.now(), language)}`;
  const quality =
    latest.quality === "good"
      ? ""
      : say(
          language,
          latest.quality === "bad" ? " 센서 이상으로 표시된 값입니다." : " 불확실로 표시된 값입니다.",
          latest.quality === "bad"
            ? " The source marks this value as bad."
            : " The source marks this value as uncertain.",
        );
  if (latest.stale)
    return say(
      language,
      `가장 최근 값은 오래되었습니다: ${value} (${at}). 지금 값은 알 수 없습니다.${quality}`,
      `The newest value is old: ${value} (${at}). The present value is not known.${quality}`,
    );
  return say(
    language,
    `지금 ${value} (${at}), ${limitStateText(latest.state, "ko")}.${quality}`,
    `Now ${value} (${at}), ${limitStateText(latest.state, "en")}.${quality}`,
  );
}

function windowText(
  { window, tag, coverage }: SensorReading,
  { label }: Window,
  { language, ctx }: ToolContext,
): string {
  if (window.count === 0) {
    const known = coverage
      ? say(
          language,
          ` 기록은 ${formatTime(coverage.from, ctx.timeZone)}부터 ${formatTime(coverage.to, ctx.timeZone)}까지 ${formatNumber(coverage.count)}건입니다.`,
          ` On record: ${formatNumber(coverage.count)} readings from ${formatTime(coverage.from, ctx.timeZone)} to ${formatTime(coverage.to, ctx.timeZone)}.`,
        )
      : "";
    return say(language, `${label}에는 측정값이 없습니다.${known}`, `No readings in ${label}.${known}`);
  }
  const of = (value: number | null): string => (value === null ? "–" : formatNumber(value));
  const unit = tag.unit ? ` ${tag.unit}` : "";
  return say(
    language,
    `${label}: 최소 ${of(window.min)}, 평균 ${of(window.mean)}, 최대 ${of(window.max)}${unit} (${formatNumber(window.count)}건)`,
    `${label}: min ${of(window.min)}, mean ${of(window.mean)}, max ${of(window.max)}${unit} (${formatNumber(window.count)} readings)`,
  );
}

function withUnit(value: number, tag: Pick<Tag, "unit">): string {
  return `${formatNumber(value)}${tag.unit ? ` ${tag.unit}` : ""}`;
}
