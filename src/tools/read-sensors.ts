import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import { formatNumber } from "../core/format/format.ts";
import type { Equipment } from "../plant/mes-store.ts";
import type { Reading, Tag, WindowPoint, WindowSummary } from "../plant/sensor-store.ts";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { periodFields, readWindow } from "./arguments/period.ts";
import { pickTags, tagsArgument, tagTitle } from "./arguments/tags.ts";
import type { SensorReading } from "./sensors/sensor-reading.ts";
import { doubtsOf, isFuture, isStale, usualInterval } from "./sensors/judge-reading.ts";
import { limitsText, limitState } from "./sensors/limits.ts";
import { noSensors } from "./sensors/no-sensors.ts";
import { doubtText, latestText, windowText } from "./sensors/reading-text.ts";
import { tagSource, unseenSource, unseenText } from "./sensors/unseen-source.ts";
import { equipmentTitle, lines } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

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
  context: ToolContext,
  cover: { from: Date; to: Date; count: number } | undefined,
): SensorReading {
  const { ctx } = context;
  const away = unseenSource(tag, context);
  const usualMinutes = usualInterval(points, window, chartPoints, cover);
  const doubts = doubtsOf(tag, points, latest, window, ctx.now());
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
          stale: isStale(ageMinutes, usualMinutes),
          future: isFuture(latest.at, ctx.now()),
          state: limitState(latest.value, tag),
        }
      : null,
    usualMinutes: usualMinutes === null ? null : Math.round(usualMinutes * 100) / 100,
    doubts: doubts.map((doubt) => ({ ...doubt, since: doubt.since?.toISOString() ?? null })),
    unseen: away && { source: away.source, since: away.since.toISOString(), reason: away.reason },
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
  const away = unseenSource(tag, context);
  return {
    kind: "reading",
    title,
    text: away
      ? `${title}: ${unseenText(away, context)}`
      : lines(
          `${title}: ${latestText(reading, context)}`,
          doubtText(reading, context),
          windowText(reading, window.label, context),
          limitsText(tag, language),
        ),
    language,
    source: { label: tagSource(tag, context), store: "readings", records: [tag.id], sample: machine.sample },
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
