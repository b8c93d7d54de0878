import type { PlantWriter } from "../plant-writer.ts";
import type { Row } from "../records.ts";
import type { TagSettings } from "../sensors/tag-settings.ts";
import type { CollectorMemory } from "./collector-memory.ts";

// Tag book: which tags a collector fills. Declared ones stand in the site file; found ones come with the first reading.

export type FoundTag = { id: string; equipment: string | null; name: string | null; unit: string | null };

export type BookedTag = { id: string; unit: string | null; scale: number; offset: number };

export type TagBook = {
  /** The tag of a reading, or why it may not be kept. */
  book(found: FoundTag): BookedTag | { refused: string };
  /** Writes what was booked since the last time: source, machines that nobody else knows, tags. */
  declare(): Promise<void>;
  /** Somebody removed our source or tags: the next `declare` writes everything again. */
  forget(): void;
  size(): number;
};

export type TagBookOptions = {
  source: string;
  timeZone: string;
  tags: TagSettings[];
  discover: boolean;
  mostTags: number;
  writer: Pick<PlantWriter, "declareSource" | "upsert">;
  memory: Pick<CollectorMemory, "knownElsewhere">;
};

const longestId = 200;

export function createTagBook(options: TagBookOptions): TagBook {
  const { source, timeZone, discover, mostTags, writer, memory } = options;
  const known = new Map<string, BookedTag>();
  const rows = new Map<string, Row & { id: string }>();
  const undeclared = new Set<string>();
  let sourceDeclared = false;

  function add(tag: BookedTag, row: Row & { id: string }): BookedTag {
    known.set(tag.id, tag);
    rows.set(tag.id, row);
    undeclared.add(tag.id);
    return tag;
  }
  for (const one of options.tags)
    add({ id: one.id, unit: one.unit ?? null, scale: one.scale ?? 1, offset: one.offset ?? 0 }, rowOf(one));
  const declared = new Set(known.keys());

  async function declareMachines(tags: Row[]): Promise<void> {
    const ids = [...new Set(tags.map((row) => String(row["equipment_id"] ?? "")).filter((id) => id !== ""))];
    const others = new Set(await memory.knownElsewhere("equipment", ids, source));
    const ours = ids.filter((id) => !others.has(id));
    if (ours.length > 0)
      await writer.upsert(
        "equipment",
        source,
        ours.map((id) => ({ id, name: id })),
      );
  }

  return {
    book({ id, equipment, name, unit }) {
      const found = known.get(id);
      if (found) return found;
      if (!discover) return { refused: "a tag that the site file does not list" };
      // eslint-disable-next-line no-control-regex
      if (id.length > longestId || /[\u0000-\u001f\ufffd]/.test(id)) return { refused: "a tag's name that is no name" };
      if (known.size >= mostTags) return { refused: `more than ${mostTags} tags (raise most_tags)` };
      const row = { id, equipment_id: equipment, name: name ?? id, unit };
      return add({ id, unit, scale: 1, offset: 0 }, row);
    },
    async declare() {
      if (!sourceDeclared) await writer.declareSource({ name: source, title: source, timeZone, sample: false });
      sourceDeclared = true;
      if (undeclared.size === 0) return;
      const ids = [...undeclared];
      // What another source says of a tag (its limits, its unit) must not stand beside an empty row of ours.
      const others = new Set(await memory.knownElsewhere("tags", ids, source));
      const part = ids.filter((id) => declared.has(id) || !others.has(id)).flatMap((id) => rows.get(id) ?? []);
      if (part.length > 0) {
        await declareMachines(part);
        await writer.upsert("tags", source, part);
      }
      for (const id of ids) undeclared.delete(id);
    },
    forget() {
      sourceDeclared = false;
      for (const id of rows.keys()) undeclared.add(id);
    },
    size: () => known.size,
  };
}

function rowOf(tag: TagSettings): Row & { id: string } {
  return {
    id: tag.id,
    equipment_id: tag.equipment,
    name: tag.name ?? tag.name_ko ?? tag.id,
    name_ko: tag.name_ko ?? null,
    aliases: tag.aliases ?? null,
    unit: tag.unit ?? null,
    normal_low: tag.normal_low ?? null,
    normal_high: tag.normal_high ?? null,
    alarm_low: tag.alarm_low ?? null,
    alarm_high: tag.alarm_high ?? null,
  };
}
