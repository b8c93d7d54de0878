import type { CollectorSettings } from "../plant/site/source-schemas.ts";
import type { Collector, CollectorDeps } from "../plant/source.ts";

/** The collectors that the site file declares, by their kind; none of them listens before it is started. */
export function openCollectors(settings: CollectorSettings[], deps: CollectorDeps): Collector[] {
  return settings.map((one) => openCollector(one, deps));
}

function openCollector(settings: CollectorSettings, _deps: CollectorDeps): Collector {
  return settings.kind;
}
