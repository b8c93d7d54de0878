import { z } from "zod";
import { SunbaeError } from "../../core/errors.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import type { Condition } from "../../plant/records.ts";
import { nearestEquipment, resolveEquipment } from "../../plant/directory/resolve-equipment.ts";
import { equipmentTitle, quoted, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";

// How a tool's `equipment` argument becomes machines: never guessed; what can't be decided is asked.

export const machineArgument = z
  .string()
  .trim()
  .min(1)
  .describe("One machine: its id, name or shop alias, as the asker wrote it. Never invent an id.");

export const machinesArgument = z
  .string()
  .trim()
  .min(1)
  .describe("Machine, line, area, model or kind of machine: id, name or shop alias, as the asker wrote it.");

export type Machines = {
  ids: string[];
  label: string;
  /** Set where exactly one machine is meant. */
  one: Equipment | null;
  sample: boolean;
};

/** The machines that a text means: one, several named, or all of a line, area, model or kind. */
export async function resolveMachines(text: string, context: ToolContext): Promise<Machines> {
  const directory = await context.directory.load();
  const exact = directory.all.find((one) => one.id.toLowerCase() === text.toLowerCase());
  if (exact) return machines(directory.unitsOf(exact.id), equipmentTitle(exact, context.language), exact);
  const found = resolveEquipment(text, directory);
  const [ambiguous] = found.ambiguous;
  if (ambiguous) throw ambiguousMachine(ambiguous.text, ambiguous.candidates, context);
  const [unknown] = found.unknown;
  if (unknown) throw unknownMachine(unknown.text, unknown.nearest, context);
  if (found.matches.length > 0)
    return machines(
      found.matches.flatMap((match) => match.units),
      found.matches.map((match) => equipmentTitle(match.equipment, context.language)).join(", "),
      found.matches.length === 1 ? found.matches[0]?.equipment : undefined,
    );
  if (found.groups.length > 0)
    return machines(
      found.groups.flatMap((group) => group.ids),
      found.groups.map((group) => group.text).join(", "),
    );
  throw unknownMachine(text, nearestEquipment(text, directory), context);

  function machines(all: string[], label: string, named?: Equipment): Machines {
    const ids = [...new Set(all)];
    const units = ids.map((id) => directory.byId.get(id)).filter((one) => one !== undefined);
    // A machine with units of its own is still one machine; a line with several is not.
    const one = (units.length === 1 ? units[0] : units.find((unit) => unit.id === named?.id)) ?? null;
    return {
      ids,
      label: one ? equipmentTitle(one, context.language) : label,
      one,
      sample: units.some((unit) => unit.sample),
    };
  }
}

/** The one machine that a text means; rejects where it means several. */
export async function resolveMachine(text: string, context: ToolContext): Promise<Equipment> {
  const found = await resolveMachines(text, context);
  if (found.one) return found.one;
  const directory = await context.directory.load();
  const candidates = found.ids.map((id) => directory.byId.get(id)).filter((one) => one !== undefined);
  throw ambiguousMachine(text, candidates, context);
}

/** The condition that rows belong to the machines; none where every machine is meant. */
export function machinesCondition(found: Machines | null, field = "equipment_id"): Condition[] {
  if (!found) return [];
  const [only] = found.ids;
  return found.ids.length === 1 && only !== undefined
    ? [{ field, op: "eq", value: only }]
    : [{ field, op: "in", value: found.ids }];
}

function listed(all: Equipment[], context: ToolContext): { path: string; message: string }[] {
  return all.slice(0, 12).map((one) => ({ path: "equipment", message: equipmentTitle(one, context.language) }));
}

function unknownMachine(text: string, nearest: Equipment[], context: ToolContext): SunbaeError {
  const ids = nearest.map((one) => one.id).join(", ");
  const { language } = context;
  return new SunbaeError(
    "not_found",
    say(language, `“${text}”에 해당하는 설비가 없습니다.`, `There is no equipment “${text}”.`),
    {
      fix:
        ids === ""
          ? undefined
          : say(
              language,
              `가장 가까운 설비: ${ids}. 어느 설비인지 물어보세요.`,
              `The nearest are ${ids}. Ask which one is meant.`,
            ),
      details: listed(nearest, context),
    },
  );
}

function ambiguousMachine(text: string, candidates: Equipment[], context: ToolContext): SunbaeError {
  const ids = candidates
    .slice(0, 12)
    .map((one) => one.id)
    .join(", ");
  const { language } = context;
  return new SunbaeError(
    "invalid_input",
    say(
      language,
      `${quoted(text, "은", "는")} 설비 ${candidates.length}대에 해당합니다: ${ids}.`,
      `“${text}” means ${candidates.length} machines: ${ids}.`,
    ),
    {
      fix: say(language, "어느 설비인지 물어보세요.", "Ask which one is meant."),
      details: listed(candidates, context),
    },
  );
}
