import type { EvidenceDraft } from "../../core/evidence.ts";
import { formatNumber, formatTime } from "../../core/format/format.ts";
import {
  explainByLimits,
  type Explanation,
  type MachineRule,
} from "../../plant/analysis/condition/explain-by-limits.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import { equipmentTitle, lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";

export type Explained = {
  /** What every declared rule says of the readings. */
  causes: Explanation[];
  /** The product that is running, by which limits may differ; null where none is known. */
  variant: string | null;
  /** The oldest reading that was used. */
  at: string | null;
  tagIds: string[];
};

/** Values of one moment: older ones say nothing about what the others mean. */
const oldestMs = 60 * 60_000;

/**
 * The causes that the site's documented limits tell from the machine's newest readings up to `until`. Rules name a tag by
 * its id, its id without the machine, or its name. Null where the site declares none.
 */
export async function explainReadings(
  machine: Equipment,
  tags: Tag[],
  until: Date,
  context: ToolContext,
): Promise<Explained | null> {
  const rules: MachineRule[] = context.machineRules?.(machine.id) ?? [];
  if (rules.length === 0) return null;
  const latest = await context.sensors.latest(tags.map(({ id }) => id));
  const used = latest.filter(({ at }) => at <= until && until.getTime() - at.getTime() <= oldestMs);
  const readings: Record<string, number> = {};
  for (const { tagId, value } of used) {
    const tag = tags.find(({ id }) => id === tagId);
    for (const name of tag ? namesOf(tag, machine) : []) readings[name] = value;
  }
  const variant = await runningProduct(machine.id, context);
  const oldest = used.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
  return {
    causes: explainByLimits(readings, rules, variant),
    variant,
    at: oldest?.at.toISOString() ?? null,
    tagIds: used.map(({ tagId }) => tagId),
  };
}

function namesOf(tag: Tag, machine: Equipment): string[] {
  const short = tag.id.startsWith(`${machine.id}.`) ? [tag.id.slice(machine.id.length + 1)] : [];
  return [tag.id, ...short, tag.name, ...(tag.nameKo === null ? [] : [tag.nameKo]), ...tag.aliases];
}

async function runningProduct(equipmentId: string, { mes, ctx }: ToolContext): Promise<string | null> {
  const { rows } = await mes
    .list({
      records: "job_orders",
      where: [
        { field: "equipment_id", op: "eq", value: equipmentId },
        { field: "started_at", op: "not_null" },
        { field: "ended_at", op: "is_null" },
      ],
      orderBy: [{ field: "started_at", direction: "desc" }],
      limit: 1,
      timeZone: ctx.timeZone,
    })
    .catch(() => ({ rows: [] }));
  const product = rows[0]?.["product"];
  return typeof product === "string" ? product : null;
}

/** The causes that hold, each with the values and the limits that they passed; null where none holds. */
export function causesEvidence(
  { causes, at, tagIds }: Explained,
  machine: Equipment,
  { language, ctx }: ToolContext,
): EvidenceDraft | null {
  const holding = causes.filter(({ holds }) => holds === true);
  if (holding.length === 0) return null;
  const title = equipmentTitle(machine, language);
  const told = holding.map(({ cause, conditions }) => {
    const parts = conditions.map(({ value, unit, passed }) => {
      const figure = (one: number): string => `${formatNumber(one)}${unit ? ` ${unit}` : ""}`;
      return `${figure(value)} ${passed?.side === "below" ? "<" : ">"} ${figure(passed?.limit ?? NaN)}`;
    });
    return `${cause} (${parts.join(", ")})`;
  });
  return {
    kind: "reading",
    title,
    text: lines(
      say(
        language,
        `${title}: 문서에 정해진 한계로 보면 원인은 ${told.join("; ")}`,
        `${title}: by its documented limits the cause is ${told.join("; ")}`,
      ),
      at &&
        say(
          language,
          `${formatTime(at, ctx.timeZone)} 이후 값 기준`,
          `by values since ${formatTime(at, ctx.timeZone)}`,
        ),
    ),
    language,
    source: {
      label: say(language, "현장 파일의 설비 한계", "machine limits of the site file"),
      store: "readings",
      records: tagIds,
      sample: machine.sample,
    },
    trust: "record",
    equipmentId: machine.id,
    at: at ?? ctx.now().toISOString(),
    data: { found: true, causes: holding },
  };
}
