import { createLogger } from "../../../src/observability/logger.ts";
import { openRestMes } from "../../../src/plant/mes/rest/open-rest-mes.ts";
import { restMesSettings } from "../../../src/plant/mes/rest/rest-mes-settings.ts";
import type { MesSource, SourceDeps } from "../../../src/plant/source.ts";

const deps: SourceDeps = {
  logger: createLogger({ level: "silent" }),
  now: () => new Date(),
  timeZone: "Asia/Seoul",
  mayReach: () => {},
};
export const openTestRestMes = (settings: object, own: Partial<SourceDeps> = {}): MesSource =>
  openRestMes(restMesSettings.parse({ name: "plant", kind: "rest", sample: true, ...settings }), { ...deps, ...own });
