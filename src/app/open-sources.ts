import { SunbaeError } from "../core/errors.ts";
import type { EgressGate } from "../llm/egress.ts";
import { isPrivate } from "../llm/hosts.ts";
import { openRestMes } from "../plant/mes/rest/open-rest-mes.ts";
import { openSqlMes } from "../plant/mes/sql/open-sql-mes.ts";
import type { RecordSetName } from "../plant/records.ts";
import { openInfluxSensors } from "../plant/sensors/influx/open-influx-sensors.ts";
import { openPostgresSensors } from "../plant/sensors/postgres/open-postgres-sensors.ts";
import type { Site } from "../plant/site/read-site.ts";
import type { MesStoreSettings, SensorStoreSettings } from "../plant/site/source-schemas.ts";
import type { MesSource, SensorSource, SourceDeps, SourceView } from "../plant/source.ts";

// The sources that the site file declares, opened by their kind. Nothing connects until it is asked.

export type OpenedSources = {
  sensors: { settings: SensorStoreSettings; source: SensorSource }[];
  mes: { settings: MesStoreSettings; source: MesSource; holds: RecordSetName[] | null }[];
  close(): Promise<void>;
};

export function openSources(site: Pick<Site, "sensorStores" | "mesStores">, deps: SourceDeps): OpenedSources {
  const sensors = site.sensorStores.map((settings) => ({ settings, source: openSensors(settings, deps) }));
  const mes = site.mesStores.map((settings) => ({ settings, source: openMes(settings, deps), holds: held(settings) }));
  return {
    sensors,
    mes,
    close: async () => void (await Promise.allSettled([...sensors, ...mes].map((one) => one.source.close()))),
  };
}

function openSensors(settings: SensorStoreSettings, deps: SourceDeps): SensorSource {
  switch (settings.kind) {
    case "influx":
    case "influxdb":
      return openInfluxSensors(settings, deps);
    case "postgres":
    case "timescaledb":
      return openPostgresSensors(settings, deps);
  }
}

function openMes(settings: MesStoreSettings, deps: SourceDeps): MesSource {
  return settings.kind === "rest" ? openRestMes(settings, deps) : openSqlMes(settings, deps);
}

/** What is mapped; a record set that isn't is not asked of the source. */
const held = (settings: MesStoreSettings) => Object.keys(settings.records) as RecordSetName[];

/** The plant's own network is open to the plant's own sources; anything else needs SUNBAE_EGRESS, as models do. */
export function createReach(egress: EgressGate): SourceDeps["mayReach"] {
  return (host) => {
    const name = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host.toLowerCase();
    const url = URL.canParse(`http://${name}`) ? new URL(`http://${name}`) : null;
    if (url && (isPrivate(url.hostname) || egress.allows(url))) return;
    throw new SunbaeError("forbidden", `${host} is outside the plant and not on the egress allow-list.`, {
      fix: `Allow it with SUNBAE_EGRESS=${host}, or name the source by its address in the plant.`,
    });
  };
}

const probeMs = 15_000;

/** What each source says of itself, all at once; one that takes too long is told as such. */
export async function probeSources(
  sources: { name: string; kind: string; probe(): Promise<SourceView> }[],
  limitMs = probeMs,
): Promise<SourceView[]> {
  return await Promise.all(
    sources.map(async ({ name, kind, probe }) => {
      const began = performance.now();
      const nothing = { tags: null, rows: [], newest: null, clockDifferenceMs: null, notes: [] };
      const broken = (problem: string, fix: string | null): SourceView => ({
        ...{ name, kind, place: "", ok: false, problem, fix, ...nothing },
        ms: Math.round(performance.now() - began),
      });
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<SourceView>((resolve) => {
        const tell = () =>
          resolve(broken(`no answer within ${limitMs / 1000} s`, "Look at its server and the network."));
        timer = setTimeout(tell, limitMs);
      });
      const looked = probe().catch((thrown: unknown) =>
        broken(thrown instanceof Error ? thrown.message : String(thrown), null),
      );
      return await Promise.race([looked, late]).finally(() => clearTimeout(timer));
    }),
  );
}
