import type { Tag } from "../../sensor-store.ts";
import { toTag, type TagSettings } from "../tag-settings.ts";
import { quoteName, quoteText, type InfluxSeries } from "./influx-ql.ts";
import type { InfluxSession } from "./influx-session.ts";
import type { InfluxSensorSettings } from "./influx-settings.ts";

/** How long the measurements' machines and fields are taken to be the same. */
const keptMs = 60_000;

export type InfluxEntry = { tag: Tag; series: InfluxSeries };
export type InfluxSeriesList = () => Promise<Map<string, InfluxEntry>>;
type Declared = InfluxSensorSettings["tags"][number];
type Found = InfluxSensorSettings["series"][number];

/** All tags by id: the site file's, and those that the measurements under `series` have. */
export function createInfluxSeriesList(settings: InfluxSensorSettings, session: InfluxSession): InfluxSeriesList {
  const policy = settings.retention_policy;
  let kept: { until: number; entries: Promise<Map<string, InfluxEntry>> } | null = null;

  function entry(tag: TagSettings, place: Pick<Declared, "measurement" | "field" | "where" | "quality">): InfluxEntry {
    const { measurement, field, where = {}, quality } = place;
    const { scale = 1, offset = 0 } = tag;
    return { tag: toTag(tag, settings.name), series: { policy, measurement, field, where, quality, scale, offset } };
  }

  async function find(series: Found): Promise<InfluxEntry[]> {
    const from = [policy, series.measurement].flatMap((name) => (name === undefined ? [] : quoteName(name))).join(".");
    const where = Object.entries(series.where ?? {}).map(([key, value]) => `${quoteName(key)} = ${quoteText(value)}`);
    const condition = where.length > 0 ? ` WHERE ${where.join(" AND ")}` : "";
    const [fields = [], machines = []] = await session.ask([
      `SHOW FIELD KEYS FROM ${from}`,
      `SHOW TAG VALUES FROM ${from} WITH KEY = ${quoteName(series.equipment)}${condition}`,
    ]);
    const names = fields
      .filter((row) => row["fieldType"] === "float" || row["fieldType"] === "integer")
      .map((row) => String(row["fieldKey"]))
      .filter((name) => name !== series.quality?.field && (series.fields?.includes(name) ?? true));
    return machines.flatMap((row) => {
      const equipment = String(row["value"]);
      return names.map((field) => {
        const id = series.id.replaceAll("{equipment}", () => equipment).replaceAll("{field}", () => field);
        const place = { ...series, field, where: { ...series.where, [series.equipment]: equipment } };
        return entry({ id, equipment, name: field }, place);
      });
    });
  }

  async function read(): Promise<Map<string, InfluxEntry>> {
    const found: InfluxEntry[] = [];
    for (const series of settings.series) found.push(...(await find(series)));
    const all = [...found, ...settings.tags.map((tag) => entry(tag, tag))];
    return new Map(all.map((one) => [one.tag.id, one]));
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
