import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import type { Equipment } from "../plant/mes-store.ts";
import type { Tag } from "../plant/sensor-store.ts";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { periodFields, readPeriod } from "./arguments/period.ts";
import { pickTags, tagsArgument, tagTitle } from "./arguments/tags.ts";
import type { DriftEvent, DriftingTag, DriftReport } from "./condition/drift-output.ts";
import { driftText, eventsText } from "./condition/drift-text.ts";
import { byTellingness, driftingTag } from "./condition/drifting-tags.ts";
import { loadEvents } from "./condition/load-events.ts";
import { nothingComputed } from "./condition/nothing-computed.ts";
import { runningBy } from "./condition/standstills.ts";
import { noSensors } from "./sensors/no-sensors.ts";
import { equipmentTitle, lines, say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

const lookbackHours = 24;
const mostTold = 5;

export const findDrift = defineTool({
  name: "find_drift",
  title: { ko: "정지 전 변화 찾기", en: "Find drift before stops" },
  description:
    "What drifted before a machine's last stops or alarms: per sensor, before how many of them it left its ordinary level, to which side, how many hours before, and how often that happens without any stop. " +
    "Use it for “what drifted before the last three stops”, “what announces the alarm”, “멈추기 전에 뭐가 변했어”. For how it runs now use compare_with_normal.",
  input: z.object({
    equipment: machineArgument,
    tags: tagsArgument,
    before: z
      .enum(["stops", "alarms"])
      .optional()
      .describe("Unplanned stops (downtime) or alarms. Stops unless told; alarms where an alarm code is given."),
    count: z.coerce.number().int().min(1).max(10).optional().describe("How many of the latest; 3 unless told."),
    code: z.string().trim().min(1).optional().describe("Only alarms or stops of this alarm or reason code."),
    hours: z.coerce
      .number()
      .min(1)
      .max(336)
      .optional()
      .describe(`How far to look back before each, in hours; ${lookbackHours} unless told.`),
    ...periodFields,
  }),
  agents: ["maintenance", "quality"],
  async run(input, context) {
    const machine = await resolveMachine(input.equipment, context);
    const tags = pickTags(input.tags, await context.sensors.tags(machine.id), machine, context);
    const hours = input.hours ?? lookbackHours;
    const empty: DriftReport = { found: false, equipmentId: machine.id, events: [], tags: [], lookbackHours: hours };
    if (tags.length === 0) {
      const evidence = [noSensors(machine, context)];
      return { output: empty, summary: evidence[0]?.text ?? "", evidence };
    }
    const before = input.before ?? (input.code === undefined ? "stops" : "alarms");
    const question = { equipmentId: machine.id, before, code: input.code, span: readPeriod(input, context) };
    const events = await loadEvents({ ...question, count: input.count ?? 3 }, context);
    const oldest = events.at(-1);
    if (!oldest) return nothing(machine, noEvents(before, machine, context), empty, context);
    const task = {
      events,
      lookbackHours: hours,
      running: await runningBy(machine.id, reach(oldest, events), context),
    };
    const found: DriftingTag[] = [];
    for (const tag of tags) found.push(await driftingTag(context.sensors, tag, task));
    found.sort(byTellingness);
    const drifting = found.filter(({ hits }) => hits > 0);
    const output: DriftReport = { ...empty, found: drifting.length > 0, events, tags: found };
    const told = (input.tags === undefined ? drifting : found).slice(0, mostTold);
    const evidence = told.filter(({ hits }) => hits > 0).map((one) => toEvidence(one, output, machine, tags, context));
    const others = drifting.filter((one) => !told.includes(one));
    const still = found.filter(({ hits }) => hits === 0);
    if (others.length + still.length > 0)
      evidence.push(stillEvidence({ others, still }, output, machine, tags, context));
    return { output, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };
  },
});

/** From the ordinary running before the oldest event to the newest. */
function reach(oldest: DriftEvent, events: DriftEvent[]): { from: Date; to: Date } {
  return { from: new Date(Date.parse(oldest.at) - 30 * 86_400_000), to: new Date(events[0]?.at ?? oldest.at) };
}

function noEvents(before: "stops" | "alarms", machine: Equipment, { language }: ToolContext): string {
  const title = equipmentTitle(machine, language);
  return before === "stops"
    ? say(
        language,
        `${title}: 이 조건의 비계획 정지 기록이 없습니다.`,
        `${title}: no unplanned stops like that are on record.`,
      )
    : say(language, `${title}: 이 조건의 알람 기록이 없습니다.`, `${title}: no alarms like that are on record.`);
}

function nothing(machine: Equipment, text: string, output: DriftReport, context: ToolContext) {
  return { output, summary: text, evidence: [nothingComputed(machine, text, output, context)] };
}

function titleOf(tagId: string, machine: Equipment, tags: Tag[], { language }: ToolContext): string {
  const tag = tags.find((one) => one.id === tagId);
  return `${equipmentTitle(machine, language)} · ${tag ? tagTitle(tag, language) : tagId}`;
}

function toEvidence(
  one: DriftingTag,
  report: DriftReport,
  machine: Equipment,
  tags: Tag[],
  context: ToolContext,
): EvidenceDraft {
  const title = titleOf(one.tagId, machine, tags, context);
  return {
    kind: "chart",
    title,
    text: driftText(one, title, report, context),
    language: context.language,
    source: {
      label: one.tagId,
      store: "readings",
      records: [one.tagId, ...report.events.map(({ id }) => id)],
      sample: machine.sample,
    },
    trust: "record",
    equipmentId: machine.id,
    at: report.events[0]?.at ?? context.ctx.now().toISOString(),
    data: { ...one, found: true, events: report.events, lookbackHours: report.lookbackHours },
  };
}

/** The sensors that drifted less tellingly, were as usual before every event, or could not be judged. */
function stillEvidence(
  { others, still }: { others: DriftingTag[]; still: DriftingTag[] },
  report: DriftReport,
  machine: Equipment,
  tags: Tag[],
  context: ToolContext,
): EvidenceDraft {
  const { language } = context;
  const title = equipmentTitle(machine, language);
  const name = (one: DriftingTag): string => {
    const tag = tags.find(({ id }) => id === one.tagId);
    return tag ? tagTitle(tag, language) : one.tagId;
  };
  const usual = still.filter(({ judged }) => judged > 0).map(name);
  const unjudged = still.filter(({ judged }) => judged === 0).map(name);
  const events = eventsText(report.events, language);
  const also = others.map((one) => `${name(one)} (${one.hits}/${one.judged})`);
  return {
    kind: "reading",
    title,
    text: lines(
      also.length > 0 &&
        say(
          language,
          `${title}: ${events} 전에 달라진 그 밖의 센서 ${also.length}개 — ${also.join(", ")}`,
          `${title}: ${also.length} more sensors drifted before ${events} — ${also.join(", ")}`,
        ),
      usual.length > 0 &&
        say(
          language,
          `${title}: ${events} 전에 변화가 없던 센서 ${usual.length}개 — ${usual.join(", ")}`,
          `${title}: ${usual.length} sensors were as usual before ${events} — ${usual.join(", ")}`,
        ),
      unjudged.length > 0 &&
        say(
          language,
          `${title}: 측정값이 모자라 판단할 수 없는 센서 — ${unjudged.join(", ")}`,
          `${title}: too few readings to judge ${unjudged.join(", ")}`,
        ),
    ),
    language,
    source: {
      label: say(language, "센서", "sensors"),
      store: "readings",
      records: [...others, ...still].map(({ tagId }) => tagId),
      sample: machine.sample,
    },
    trust: "record",
    equipmentId: machine.id,
    at: report.events[0]?.at ?? context.ctx.now().toISOString(),
    data: { found: usual.length + also.length > 0, events: report.events, tags: [...others, ...still] },
  };
}
