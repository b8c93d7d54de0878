import type { SensorSource, SourceDeps } from "../../source.ts";
import { lookAtTags, viewSource } from "../source-view.ts";
import { createInfluxSensorStore } from "./influx-sensor-store.ts";
import { createInfluxSeriesList } from "./influx-series-list.ts";
import { openInfluxSession } from "./influx-session.ts";
import type { InfluxSensorSettings } from "./influx-settings.ts";

/** Tags whose readings a probe counts. */
const tagsCounted = 20;

/** Readings in an InfluxDB; each question is a request of its own, so nothing is open between them. */
export function openInfluxSensors(settings: InfluxSensorSettings, deps: SourceDeps): SensorSource {
  const session = openInfluxSession(settings, (host) => deps.mayReach(host));
  const list = createInfluxSeriesList(settings, session);
  const store = createInfluxSensorStore({ session, list, now: deps.now });

  async function look() {
    const { version, clock } = await session.describe();
    const difference = clock === null ? null : clock.getTime() - deps.now().getTime();
    const tags = (await store.tags()).map((tag) => tag.id);
    const coverage = await store.coverage(tags.slice(0, tagsCounted));
    const count = coverage.reduce((sum, one) => sum + one.count, 0);
    const seen = await lookAtTags(store, deps.now());
    const notes = [`InfluxDB ${version}`, "asked by GET alone, which reads only"];
    if (tags.length > tagsCounted) notes.push(`rows of ${tagsCounted} of ${tags.length} tags`);
    return {
      ...seen,
      rows: [{ records: "readings" as const, count }],
      // Its clock is told to the second: less than that is no difference.
      clockDifferenceMs: difference !== null && Math.abs(difference) < 1_000 ? 0 : difference,
      notes: [...notes, ...seen.notes],
    };
  }

  return {
    name: settings.name,
    store,
    probe: () => viewSource({ name: settings.name, kind: settings.kind, place: session.place }, look),
    close: async () => {},
  };
}
