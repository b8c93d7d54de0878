import { sql } from "drizzle-orm";
import type { Db } from "../db/database.ts";

/** The IANA time zones of the data sources, read once a minute or when told that they changed. */
export type SourceZones = {
  of(source: string): Promise<string | null>;
  /** The site's zone as its data tells: what all of its own sources share, else the sample's. */
  site(): Promise<string | null>;
  invalidate(): void;
};

type Source = { name: string; zone: string; sample: boolean };
const maxAgeMs = 60_000;

export function createSourceZones(db: Db): SourceZones {
  let read: { at: number; sources: Promise<Source[]> } | null = null;
  const load = () => {
    if (read && Date.now() - read.at < maxAgeMs) return read.sources;
    const sources = db
      .execute<Source>(sql`SELECT name, time_zone AS zone, sample FROM data_sources ORDER BY name`)
      .then((found) => found.rows);
    sources.catch(() => (read = null));
    read = { at: Date.now(), sources };
    return sources;
  };
  return {
    of: async (source) => (await load()).find((one) => one.name === source)?.zone ?? null,
    async site() {
      const sources = await load();
      const own = sources.filter((one) => !one.sample);
      const zones = new Set((own.length > 0 ? own : sources).map((one) => one.zone));
      return zones.size === 1 ? ([...zones][0] ?? null) : null;
    },
    invalidate: () => void (read = null),
  };
}
