import type { Equipment } from "../mes-store.ts";
import type { Row } from "../records.ts";

/** One machine told by several sources: the first names it, the others add what it leaves open. In the order of ids. */
export function mergeEquipment(lists: readonly (readonly Equipment[])[]): Equipment[] {
  const byId = new Map<string, Equipment>();
  for (const one of lists.flat()) {
    const known = byId.get(one.id);
    byId.set(one.id, known ? complete(known, one) : one);
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
}

function complete(known: Equipment, other: Equipment): Equipment {
  return {
    ...known,
    name: known.name === known.id ? other.name : known.name,
    nameKo: known.nameKo ?? other.nameKo,
    aliases: [...new Set([...known.aliases, ...other.aliases])],
    class: known.class ?? other.class,
    model: known.model ?? other.model,
    level: known.level ?? other.level,
    parentId: known.parentId ?? other.parentId,
  };
}

/** Rows of master data (machines, tags) that several sources have: one for each id, completed the same way. */
export function mergeMasterRows(lists: readonly (readonly Row[])[]): Row[] {
  const byId = new Map<unknown, Row>();
  for (const row of lists.flat()) {
    const known = byId.get(row["id"]);
    if (!known) byId.set(row["id"], row);
    else {
      const open = Object.entries(row).filter(([name]) => (known[name] ?? null) === null);
      byId.set(row["id"], { ...known, ...Object.fromEntries(open) });
    }
  }
  return [...byId.values()];
}
