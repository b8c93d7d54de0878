import { DateTime } from "luxon";
import type { Language } from "../../core/context.ts";
import type { GroupItem } from "../../plant/analysis/operations/compare-groups.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import { tagTitle } from "../arguments/tags.ts";
import { say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";
import type { MadeLot } from "./load-made-lots.ts";

/** What was compared: where it comes from, and how a person calls it. */
export type Feature = { key: string; label: string; unit: string | null; from: "sensor" | "inspection" | "record" };

/** Every lot with the numbers and categories that can be compared, and what these are called. */
export async function lotFeatures(
  lots: readonly MadeLot[],
  bad: Set<string>,
  context: ToolContext,
): Promise<{ items: GroupItem[]; features: Map<string, Feature>; withoutSensors: number }> {
  const features = new Map<string, Feature>();
  const add = (key: string, label: string, unit: string | null, from: Feature["from"]): string => {
    if (!features.has(key)) features.set(key, { key, label, unit, from });
    return key;
  };
  const tagsOf = new Map<string, Tag[]>();
  for (const id of new Set(lots.flatMap(({ equipmentId }) => equipmentId ?? [])))
    tagsOf.set(id, await context.sensors.tags(id));
  let withoutSensors = 0;
  const items: GroupItem[] = [];
  for (const lot of lots) {
    context.ctx.signal?.throwIfAborted();
    const numbers: Record<string, number> = {};
    const sensed = await sensorNumbers(lot, tagsOf.get(lot.equipmentId ?? "") ?? [], context, add, numbers);
    if (!sensed) withoutSensors++;
    recordNumbers(lot, context.language, add, numbers);
    const stratum = `${lot.equipmentId ?? ""}\n${lot.product ?? ""}`;
    items.push({
      id: lot.lotId,
      bad: bad.has(lot.lotId),
      stratum,
      numbers,
      categories: categoriesOf(lot, context, add),
    });
  }
  return { items, features, withoutSensors };
}

type Add = (key: string, label: string, unit: string | null, from: Feature["from"]) => string;

async function sensorNumbers(
  lot: MadeLot,
  tags: readonly Tag[],
  { sensors, language }: ToolContext,
  add: Add,
  numbers: Record<string, number>,
): Promise<boolean> {
  if (tags.length === 0 || !lot.from || !lot.to) return false;
  const found = await sensors.summarize({ tagIds: tags.map(({ id }) => id), from: lot.from, to: lot.to });
  let any = false;
  for (const [index, { mean, standardDeviation: sd, count }] of found.entries()) {
    const tag = tags[index];
    if (!tag || mean === null || count < 3) continue;
    any = true;
    // Machines of one kind name their sensors alike, so the machine's own id is not part of the key.
    const [key, label] = [`${tag.name}|${tag.unit ?? ""}`, tagTitle(tag, language)];
    numbers[add(`mean:${key}`, say(language, `${label} 평균`, `${label}, mean`), tag.unit, "sensor")] = mean;
    if (sd !== null)
      numbers[
        add(`sd:${key}`, say(language, `${label} 산포(표준편차)`, `${label}, standard deviation`), tag.unit, "sensor")
      ] = sd;
  }
  return any;
}

function recordNumbers(lot: MadeLot, language: Language, add: Add, numbers: Record<string, number>): void {
  for (const [name, { mean, scatter }] of Object.entries(lot.measured)) {
    numbers[add(`check:${name}`, say(language, `검사 ${name} 평균`, `inspected ${name}, mean`), null, "inspection")] =
      mean;
    if (scatter !== null)
      numbers[
        add(
          `check-sd:${name}`,
          say(language, `검사 ${name} 산포(표준편차)`, `inspected ${name}, standard deviation`),
          null,
          "inspection",
        )
      ] = scatter;
  }
  if (lot.secondsPerPiece !== null)
    numbers[add("seconds", say(language, "개당 실제 시간", "actual time per piece"), "s", "record")] =
      lot.secondsPerPiece;
}

function categoriesOf(lot: MadeLot, { language, ctx, shifts }: ToolContext, add: Add): Record<string, string[]> {
  const out: Record<string, string[]> = {};
  const put = (key: string, label: string, values: (string | null)[]): void => {
    const known = values.filter((value) => value !== null);
    if (known.length > 0) out[add(key, label, null, "record")] = [...new Set(known)];
  };
  put("machine", say(language, "설비", "machine"), [lot.equipmentId]);
  put("product", say(language, "제품", "product"), [lot.product]);
  put("inspector", say(language, "검사자", "inspector"), lot.inspectors);
  put(
    "supplier",
    say(language, "공급처", "supplier"),
    lot.inputs.map(({ supplier }) => supplier),
  );
  for (const [material, inputs] of Map.groupBy(lot.inputs, (one) => one.material ?? ""))
    put(
      `input:${material}`,
      say(language, `투입 로트${material ? ` (${material})` : ""}`, `input lot${material ? ` (${material})` : ""}`),
      inputs.map(({ lotId }) => lotId),
    );
  if (!lot.from) return out;
  const clock = DateTime.fromJSDate(lot.from, { zone: ctx.timeZone }).toFormat("HH:mm");
  const shift = shifts.find(({ start, end }) =>
    start < end ? clock >= start && clock < end : clock >= start || clock < end,
  );
  put("shift", say(language, "시작한 교대", "shift of the start"), [
    shift ? ((language === "ko" ? shift.words[0] : undefined) ?? shift.name) : null,
  ]);
  return out;
}
