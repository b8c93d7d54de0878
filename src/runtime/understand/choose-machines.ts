import type { Directory, EquipmentResolution } from "../../plant/directory/directory.ts";
import { nearestEquipment } from "../../plant/directory/resolve-equipment.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import type { Understanding } from "./understanding.ts";

/** The machines a question is about: named, hinted by the door, several of one model under one word, or a whole kind. */
export function chooseMachines(
  equipment: EquipmentResolution,
  input: { directory: Directory; equipmentHint: string | null },
): { machines: Equipment[]; from: Understanding["machinesFrom"] } {
  const byIds = (ids: string[]): Equipment[] =>
    [...new Set(ids)].map((id) => input.directory.byId.get(id)).filter((one): one is Equipment => one !== undefined);
  if (equipment.matches.length > 0)
    return { machines: byIds(equipment.matches.flatMap((match) => match.units)), from: "question" };
  const hinted = input.equipmentHint === null ? [] : byIds(input.directory.unitsOf(input.equipmentHint));
  if (hinted.length > 0) return { machines: hinted, from: "hint" };
  const shared = equipment.ambiguous[0]?.candidates ?? [];
  const oneModel = shared.length > 0 && shared[0]?.model && shared.every((one) => one.model === shared[0]?.model);
  if (oneModel && equipment.unknown.length === 0) return { machines: shared, from: "question" };
  if (equipment.unknown.length > 0 || equipment.ambiguous.length > 0) return { machines: [], from: "none" };
  const grouped = byIds(equipment.groups.flatMap((group) => group.ids));
  return grouped.length > 0 ? { machines: grouped, from: "question" } : { machines: [], from: "none" };
}

/** One word for several machines is settled by the code's model; a code of one machine's model alone names the machine. */
export function machinesOfCodes(
  machines: Equipment[],
  from: Understanding["machinesFrom"],
  codes: Understanding["codes"],
  directory: Directory,
  equipment: EquipmentResolution,
): { machines: Equipment[]; from: Understanding["machinesFrom"] } {
  const models = new Set(codes.flatMap((code) => code.entries.flatMap((entry) => entry.models)));
  const fitting = machines.filter((one) => one.model !== null && models.has(one.model));
  if (machines.length > 1 && fitting.length > 0) return { machines: fitting, from };
  if (machines.length > 0 || models.size === 0 || equipment.unknown.length > 0) return { machines, from };
  const candidates = equipment.ambiguous
    .flatMap((one) => one.candidates)
    .filter((one) => one.model !== null && models.has(one.model));
  const only =
    candidates.length > 0 ? candidates : directory.all.filter((one) => one.model !== null && models.has(one.model));
  if (only.length !== 1) return { machines, from };
  equipment.ambiguous.length = 0;
  return { machines: only, from: "code" };
}

/** An id-like token that is nothing known is taken for a machine that does not exist, unless a machine was found. */
export function noteUnknownIds(
  equipment: EquipmentResolution,
  leftover: { raw: string; start: number; end: number }[],
  directory: Directory,
  machines: Equipment[],
): void {
  for (const mention of leftover) {
    if (!/^[A-Za-z]{1,8}[-_ ]?\d{1,7}[A-Za-z]?$/.test(mention.raw)) continue;
    if (machines.length > 0 && !/-/.test(mention.raw)) continue;
    // "top 5", "phase 1", "USL 10": how many or which of them, or a figure of a chart, no machine.
    if (/^(?:top|best|worst|first|last|next|initial|phase|stage|step|rule|nelson|page)\s?\d+$/i.test(mention.raw))
      continue;
    if (/^(?:spec|usl|lsl|target|sigma|lambda|center|centre|k|h)\s\d+$/i.test(mention.raw)) continue;
    equipment.unknown.push({
      text: mention.raw,
      nearest: nearestEquipment(mention.raw, directory),
      span: [mention.start, mention.end],
    });
  }
}
