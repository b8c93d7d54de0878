import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import type { Equipment } from "../plant/mes-store.ts";
import type { Tag } from "../plant/sensor-store.ts";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { periodFields, readWindow } from "./arguments/period.ts";
import { pickTags, tagsArgument, tagTitle } from "./arguments/tags.ts";
import { limitText } from "./prognosis/limit-text.ts";
import { limitsMeant, whichLimit } from "./prognosis/tried-limit.ts";
import { reviewTagLimit, type TagLimitReview } from "./prognosis/review-limit.ts";
import { noSensors } from "./sensors/no-sensors.ts";
import { equipmentTitle } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

export type AlarmLimitReport = { found: boolean; equipmentId: string; reviews: TagLimitReview[] };

const historyHours = 90 * 24;
const order = { raise: 0, lower: 0, set: 1, keep: 2, refused: 3 };

export const reviewAlarmLimit = defineTool({
  name: "review_alarm_limit",
  title: { ko: "알람 기준값 검토", en: "Review an alarm limit" },
  description:
    "Whether a sensor's alarm limit still fits: how often readings passed it, how many of those were false alarms, which failures it missed, and what limit the healthy readings suggest, with the alarms a week before and after. A proposal for a person: nothing is changed. " +
    "Use it for “review the alarm limit”, “too many false alarms”, “이 알람 기준값 다시 잡아줘”.",
  input: z.object({
    equipment: machineArgument,
    tags: tagsArgument,
    code: z.string().trim().min(1).optional().describe("The alarm code whose limit it is, where the asker names one."),
    limit: z.coerce
      .number()
      .optional()
      .describe("A limit to try out instead of the computed proposal; name its sensor in tags."),
    ...periodFields,
  }),
  agents: ["maintenance"],
  async run(input, context) {
    const machine = await resolveMachine(input.equipment, context);
    const picked = pickTags(input.tags, await context.sensors.tags(machine.id), machine, context);
    if (picked.length === 0) {
      const evidence = [noSensors(machine, context)];
      const output: AlarmLimitReport = { found: false, equipmentId: machine.id, reviews: [] };
      return { output, summary: evidence[0]?.text ?? "", evidence };
    }
    const limited = picked.filter((tag) => tag.alarmHigh !== null || tag.alarmLow !== null);
    const tags = limited.length > 0 ? limited : picked;
    const window = readWindow(input, context, historyHours);
    const reviews: TagLimitReview[] = [];
    const sides = tags.flatMap((tag) => sidesOf(tag).map((side) => ({ tag, side })));
    const { limit } = input;
    // A number without a sensor's name is not tried on all of them: 5 mm/s is no temperature.
    const meant = limit === undefined || sides.length === 1 ? sides : await limitsMeant(sides, limit, window, context);
    // Who names the sensor wants that number tried, however odd.
    const isNamed = limit === undefined || tags.length === 1;
    if (meant.length === 0 && !isNamed) {
      const evidence = [whichLimit(sides, limit, machine, context)];
      const output: AlarmLimitReport = { found: false, equipmentId: machine.id, reviews: [] };
      return { output, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };
    }
    for (const { tag, side } of meant.length > 0 ? meant : sides)
      reviews.push(await reviewTagLimit(tag, { side, code: input.code, asked: limit, span: window }, context));
    reviews.sort((a, b) => order[a.verdict] - order[b.verdict]);
    const found = reviews.some(({ verdict }) => verdict !== "refused");
    const output: AlarmLimitReport = { found, equipmentId: machine.id, reviews };
    const evidence = reviews.map((one) => toEvidence(one, machine, tags, context));
    return { output, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };
  },
});

/** The sides that have a limit; the upper one where there is none. */
function sidesOf(tag: Tag): ("high" | "low")[] {
  const sides = [tag.alarmHigh !== null && "high", tag.alarmLow !== null && "low"] as const;
  const found = sides.filter((side) => side !== false);
  return found.length > 0 ? found : ["high"];
}

function toEvidence(one: TagLimitReview, machine: Equipment, tags: Tag[], context: ToolContext): EvidenceDraft {
  const { language, ctx } = context;
  const tag = tags.find(({ id }) => id === one.tagId);
  const title = `${equipmentTitle(machine, language)} · ${tag ? tagTitle(tag, language) : one.tagId}`;
  return {
    kind: "chart",
    title,
    text: limitText(one, title, context),
    language,
    source: {
      label: one.tagId,
      store: "readings",
      records: [one.tagId, ...one.records.slice(0, 50)],
      sample: machine.sample,
    },
    trust: "record",
    equipmentId: machine.id,
    at: ctx.now().toISOString(),
    data: { found: one.verdict !== "refused", ...one },
  };
}
