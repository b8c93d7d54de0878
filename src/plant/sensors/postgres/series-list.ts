import type { ReadOnlySession } from "../../sql/read-only-session.ts";
import type { Tag } from "../../sensor-store.ts";
import { tagSettingsOf, toTag, type TagSettings } from "../tag-settings.ts";
import type { PostgresSensorSettings, ReadingsTable } from "./postgres-settings.ts";
import type { Series, Where } from "./series-sql.ts";
import { quoteName, quoteTable } from "./table-columns.ts";

/** How long the customer's list of tags is taken to be the same. */
const keptMs = 60_000;

export type SeriesEntry = { tag: Tag; series: Series };
export type SeriesList = () => Promise<Map<string, SeriesEntry>>;

/** All tags by id, those of the site file before those of the customer's list. */
export function createSeriesList(settings: PostgresSensorSettings, session: ReadOnlySession): SeriesList {
  const byName = new Map(settings.readings.map((one) => [one.table, one]));
  const first = settings.readings[0] as ReadingsTable;
  const tableOf = (name: string | undefined) => (name === undefined ? first : (byName.get(name) ?? first));
  let kept: { until: number; entries: Promise<Map<string, SeriesEntry>> } | null = null;

  function entry(tag: TagSettings, table: ReadingsTable, column: string, where: Where): SeriesEntry {
    const { scale = 1, offset = 0 } = tag;
    return {
      tag: toTag(tag, settings.name),
      series: { table, column, where: { ...table.where, ...where }, scale, offset },
    };
  }

  function declared(): SeriesEntry[] {
    return settings.tags.map((tag) => {
      const table = tableOf(tag.table);
      if (tag.column !== undefined) return entry(tag, table, tag.column, { ...tag.where });
      return entry(tag, table, table.value ?? "", { [table.tag ?? ""]: tag.key ?? tag.id, ...tag.where });
    });
  }

  async function listed(): Promise<SeriesEntry[]> {
    const list = settings.tag_table;
    if (!list) return [];
    const table = tableOf(list.readings);
    const columns = Object.entries(list.columns).flatMap(([name, column]) =>
      typeof column === "string" ? [`${quoteName(column)}::text AS ${quoteName(name)}`] : [],
    );
    const conditions = Object.entries(list.where ?? {});
    const { rows } = await session.query(
      `SELECT DISTINCT ${columns.join(", ")} FROM ${quoteTable(list.table)}
       WHERE ${["true", ...conditions.map(([name], at) => `${quoteName(name)}::text = $${at + 1}`)].join(" AND ")} ORDER BY 1`,
      conditions.map(([, value]) => String(value)),
    );
    return rows.flatMap((row) => {
      const tag = tagSettingsOf(row);
      const key = row["key"] == null ? tag?.id : String(row["key"]);
      return tag && key !== undefined ? [entry(tag, table, table.value ?? "", { [table.tag ?? ""]: key })] : [];
    });
  }

  async function read(): Promise<Map<string, SeriesEntry>> {
    const entries = [...(await listed()), ...declared()];
    return new Map(entries.map((one) => [one.tag.id, one]));
  }

  return async () => {
    if (!kept || kept.until < Date.now()) kept = { until: Date.now() + keptMs, entries: read() };
    try {
      return await kept.entries;
    } catch (thrown) {
      kept = null;
      throw thrown;
    }
  };
}
