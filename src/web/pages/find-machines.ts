import type { Machine } from "../api/shapes.ts";

/** Machines whose number, name or nickname holds what was typed; those that begin with it come first. Areas come last. */
export function findMachines(machines: Machine[], typed: string): Machine[] {
  const wanted = squeeze(typed);
  return machines
    .map((machine) => ({ machine, rank: rankOf(machine, wanted) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.machine.id.localeCompare(b.machine.id, undefined, { numeric: true }))
    .map(({ machine }) => machine);
}

function rankOf(machine: Machine, wanted: string): number {
  const { id, name, nameKo, aliases, level } = machine;
  const last = level === null || level === "work_unit" ? 0 : 10;
  if (wanted === "") return last;
  const texts = [id, name, nameKo ?? "", ...aliases].map(squeeze);
  if (texts.includes(wanted)) return last;
  if (texts.some((text) => text.startsWith(wanted))) return last + 1;
  return texts.some((text) => text.includes(wanted)) ? last + 2 : -1;
}

/** Gloves and habits differ: "cnc 7", "CNC-07" and "cnc07" are one. */
function squeeze(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFC")
    .replaceAll(/[\s_\-.·]+/g, "")
    .replaceAll(/(?<!\d)0+(?=\d)/g, "");
}
