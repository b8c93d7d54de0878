import type { Directory } from "../../plant/directory/directory.ts";
import type { MesStore } from "../../plant/mes-store.ts";
import type { SensorStore, Tag } from "../../plant/sensor-store.ts";
import type { VocabularyItem } from "./vocabulary.ts";

/** Kept as long as the vocabulary they belong to, which is read anew when the plant's data change. */
const groupsSeen = new WeakMap<VocabularyItem[], Map<string, Promise<string[]>>>();
const tagsSeen = new WeakMap<Directory, Promise<Tag[]>>();

type Input = {
  mes: MesStore;
  sensors: SensorStore;
  vocabulary: VocabularyItem[];
  directory: Directory;
  timeZone: string;
};

/** The groups of events that the machines have, or any machine where none is named. */
export async function eventGroups(input: Omit<Input, "sensors" | "directory">, units: string[]): Promise<string[]> {
  const seen = groupsSeen.get(input.vocabulary) ?? new Map<string, Promise<string[]>>();
  groupsSeen.set(input.vocabulary, seen);
  const key = units.join("\n");
  const known = seen.get(key) ?? readEventGroups(input, units);
  seen.set(key, known);
  known.catch(() => seen.delete(key));
  return await known;
}

async function readEventGroups({ mes, timeZone }: Pick<Input, "mes" | "timeZone">, units: string[]): Promise<string[]> {
  const where = units.length > 0 ? [{ field: "equipment_id", op: "in" as const, value: units }] : [];
  const { groups } = await mes.aggregate({
    records: "events",
    where,
    timeZone,
    measure: { kind: "count" },
    groupBy: [{ field: "group" }],
  });
  return groups.map((group) => String(group.key[0] ?? "")).filter((name) => name !== "");
}

/** Every sensor of the plant. */
export async function allTags(input: Pick<Input, "sensors" | "directory">): Promise<Tag[]> {
  const known = tagsSeen.get(input.directory) ?? input.sensors.tags();
  tagsSeen.set(input.directory, known);
  known.catch(() => tagsSeen.delete(input.directory));
  return await known;
}
