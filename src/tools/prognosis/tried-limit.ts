import type { EvidenceDraft } from "../../core/evidence.ts";
import { formatNumber } from "../../core/format/format.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import type { Tag, WindowSummary } from "../../plant/sensor-store.ts";
import { tagTitle } from "../arguments/tags.ts";
import { equipmentTitle, lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";

/** One alarm limit of a tag. */
export type LimitSide = { tag: Tag; side: "high" | "low" };

/** How far beyond the present limit a number may be, in distances of that limit from the usual value. */
const farthest = 2;
/** Nobody makes a limit so many times as large, or as small. */
const largestChange = 2.5;

/** Those of several limits that a number without a sensor's name can mean: on their side of what is usually measured, and near. */
export async function limitsMeant(
  sides: LimitSide[],
  limit: number,
  span: { from: Date; to: Date },
  { sensors }: Pick<ToolContext, "sensors">,
): Promise<LimitSide[]> {
  const tagIds = [...new Set(sides.map(({ tag }) => tag.id))];
  const summaries = await sensors.summarize({ tagIds, ...span });
  const of = new Map(summaries.map((one) => [one.tagId, one]));
  return sides.filter((one) => isMeant(one, limit, of.get(one.tag.id)));
}

function isMeant({ tag, side }: LimitSide, limit: number, summary: WindowSummary | undefined): boolean {
  const current = side === "high" ? tag.alarmHigh : tag.alarmLow;
  const isPositive = current !== null && current > 0 && limit > 0;
  if (isPositive && Math.max(limit / current, current / limit) > largestChange) return false;
  const band = tag.normalLow !== null && tag.normalHigh !== null ? (tag.normalLow + tag.normalHigh) / 2 : null;
  const usual = summary?.median ?? band;
  if (usual === null) return current !== null && Math.abs(limit - current) <= Math.abs(current);
  const spread = summary && summary.max !== null && summary.min !== null ? summary.max - summary.min : 0;
  const reach = Math.max(current === null ? 0 : Math.abs(current - usual), spread);
  const beyond = side === "high" ? limit - usual : usual - limit;
  return beyond > 0 && beyond <= farthest * reach;
}

/** That the number fits no limit of the machine, with those that there are to choose from. */
export function whichLimit(sides: LimitSide[], limit: number, machine: Equipment, context: ToolContext): EvidenceDraft {
  const { language, ctx } = context;
  const title = equipmentTitle(machine, language);
  const text = lines(
    say(
      language,
      `${title}: 기준값 ${formatNumber(limit)}에 맞는 센서가 없습니다. 어느 센서의 기준값입니까?`,
      `${title}: a limit of ${formatNumber(limit)} is in the range of none of its sensors. Which sensor is it for?`,
    ),
    ...sides.map((one) => `- ${sideText(one, language)}`),
  );
  return {
    ...{
      kind: "reading",
      title,
      text,
      language,
      trust: "record",
      equipmentId: machine.id,
      at: ctx.now().toISOString(),
    },
    source: { label: say(language, "센서 목록", "sensor list"), store: "tags", records: [], sample: machine.sample },
    data: { found: false, equipmentId: machine.id, limit, tags: sides.map(({ tag }) => tag.id) },
  };
}

function sideText({ tag, side }: LimitSide, language: "ko" | "en"): string {
  const current = side === "high" ? tag.alarmHigh : tag.alarmLow;
  const name =
    side === "high" ? say(language, "알람 상한", "upper alarm limit") : say(language, "알람 하한", "lower alarm limit");
  const unit = tag.unit ? ` ${tag.unit}` : "";
  return `${tagTitle(tag, language)}: ${name} ${current === null ? "–" : `${formatNumber(current)}${unit}`}`;
}
