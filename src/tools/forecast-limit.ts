import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import type { Equipment } from "../plant/mes-store.ts";
import type { Tag } from "../plant/sensor-store.ts";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { periodFields, readPeriod, readWindow } from "./arguments/period.ts";
import { pickTags, tagsArgument, tagTitle } from "./arguments/tags.ts";
import { forecastTag, type TagForecast } from "./prognosis/forecast-tag.ts";
import { forecastText, refusalText } from "./prognosis/forecast-text.ts";
import { noSensors } from "./sensors/no-sensors.ts";
import { equipmentTitle, say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

export type ForecastReport = { found: boolean; equipmentId: string; forecasts: TagForecast[] };

export const forecastLimit = defineTool({
  name: "forecast_limit",
  title: { ko: "한계 도달 예측", en: "Forecast a limit" },
  description:
    "When a sensor will reach its limit at its present trend, with an interval, or why that can't be said (no clear trend, moves away, too far ahead, too few values). Knows saw-teeth: a filter that was changed counts from the change. " +
    "Use it for “when will the filter clog”, “how long will it last”, “언제 한계에 닿아”. For the present state use compare_with_normal.",
  input: z.object({
    equipment: machineArgument,
    tags: tagsArgument,
    limit: z.coerce
      .number()
      .optional()
      .describe("The value to reach, where the asker gives one. Else the tag's alarm limit, else its normal range."),
    ...periodFields,
  }),
  agents: ["maintenance"],
  async run(input, context) {
    const machine = await resolveMachine(input.equipment, context);
    const all = await context.sensors.tags(machine.id);
    const picked = pickTags(input.tags, all, machine, context);
    if (picked.length === 0) {
      const evidence = [noSensors(machine, context)];
      const output: ForecastReport = { found: false, equipmentId: machine.id, forecasts: [] };
      return { output, summary: evidence[0]?.text ?? "", evidence };
    }
    // Unasked, only sensors with a limit can be meant.
    const limited = picked.filter((tag) => hasLimit(tag));
    const tags = input.tags === undefined && input.limit === undefined && limited.length > 0 ? limited : picked;
    const span = readPeriod(input, context) === null ? null : readWindow(input, context, 60 * 24);
    const forecasts: TagForecast[] = [];
    for (const tag of tags) forecasts.push(await forecastTag(tag, { limit: input.limit, span }, context));
    forecasts.sort((a, b) => rank[a.verdict] - rank[b.verdict] || hoursOf(a) - hoursOf(b));
    const told = forecasts.filter(({ verdict }) => verdict !== "refused");
    const single = input.tags !== undefined || forecasts.length === 1 ? forecasts : told;
    const rest = forecasts.filter((one) => !single.includes(one));
    const output: ForecastReport = { found: told.length > 0, equipmentId: machine.id, forecasts };
    const evidence = [
      ...single.map((one) => toEvidence(one, machine, tags, context)),
      ...(rest.length > 0 ? [restEvidence(rest, machine, tags, context)] : []),
    ];
    return { output, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };
  },
});

const rank = { passed: 0, forecast: 1, refused: 2 };
const hoursOf = ({ hours }: TagForecast): number => hours?.expected ?? Infinity;
const hasLimit = (tag: Tag): boolean =>
  [tag.alarmHigh, tag.alarmLow, tag.normalHigh, tag.normalLow].some((limit) => limit !== null);

function titleOf(tagId: string, machine: Equipment, tags: Tag[], { language }: ToolContext): string {
  const tag = tags.find((one) => one.id === tagId);
  return `${equipmentTitle(machine, language)} · ${tag ? tagTitle(tag, language) : tagId}`;
}

function toEvidence(one: TagForecast, machine: Equipment, tags: Tag[], context: ToolContext): EvidenceDraft {
  const title = titleOf(one.tagId, machine, tags, context);
  return {
    kind: "chart",
    title,
    text: forecastText(one, title, context),
    language: context.language,
    source: { label: one.tagId, store: "readings", records: [one.tagId], sample: machine.sample },
    trust: "record",
    equipmentId: machine.id,
    at: one.stretch?.to.toISOString() ?? context.ctx.now().toISOString(),
    data: { found: one.verdict !== "refused", ...one },
  };
}

/** Sensors of which nothing can be foretold, in one piece with the reason of each. */
function restEvidence(rest: TagForecast[], machine: Equipment, tags: Tag[], context: ToolContext): EvidenceDraft {
  const { language, ctx } = context;
  const title = equipmentTitle(machine, language);
  const named = rest.map((one) => {
    const tag = tags.find(({ id }) => id === one.tagId);
    const reasons = one.refusals.map((refusal) => refusalText(refusal, language)).join(", ");
    return `${tag ? tagTitle(tag, language) : one.tagId} (${reasons})`;
  });
  return {
    kind: "reading",
    title,
    text: say(
      language,
      `${title}: 한계 도달을 예측할 수 없는 센서 ${rest.length}개 — ${named.join(", ")}`,
      `${title}: ${rest.length} sensors for which no limit can be foretold — ${named.join(", ")}`,
    ),
    language,
    source: {
      label: say(language, "센서", "sensors"),
      store: "readings",
      records: rest.map(({ tagId }) => tagId),
      sample: machine.sample,
    },
    trust: "record",
    equipmentId: machine.id,
    at: ctx.now().toISOString(),
    data: { found: false, tags: rest.map(({ points: _points, ...one }) => one) },
  };
}
