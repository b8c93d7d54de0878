import { resolveEquipment } from "../../plant/directory/resolve-equipment.ts";
import type { Directory } from "../../plant/directory/directory.ts";
import type { TurnDeps, TurnInput } from "./turn-deps.ts";

/**
 * Days are reckoned where the machine stands: the zone of its data source. Without a machine, the zone that all of the
 * plant's own (not sample) sources share; else the site's.
 */
export async function chooseTimeZone(input: TurnInput, directory: Directory, deps: TurnDeps): Promise<string> {
  const site = input.ctx.timeZone;
  const named = resolveEquipment(input.question, directory);
  const ids = [
    ...named.matches.flatMap((match) => match.units),
    ...named.groups.flatMap((group) => group.ids),
    input.equipmentHint ?? "",
    ...(input.memory?.machineIds ?? []),
  ];
  const machine = ids.map((id) => directory.byId.get(id)).find((one) => one !== undefined);
  if (machine) return (await deps.timeZoneOf(machine.source)) ?? site;
  const sources = [...new Set(directory.all.filter((one) => !one.sample).map((one) => one.source))];
  const zones = new Set(await Promise.all(sources.map((source) => deps.timeZoneOf(source))));
  const [only] = zones;
  return zones.size === 1 && only ? only : site;
}
