import { createLogger } from "../../../src/observability/logger.ts";
import { openSqlMes } from "../../../src/plant/mes/sql/open-sql-mes.ts";
import { sqlMesSettings } from "../../../src/plant/mes/sql/sql-mes-settings.ts";
import type { MesSource, SourceDeps } from "../../../src/plant/source.ts";

export const deps: SourceDeps = {
  logger: createLogger({ level: "silent" }),
  now: () => new Date(),
  timeZone: "Asia/Seoul",
  mayReach: () => {},
};

export function openForeignMes(settings: object, own: Partial<SourceDeps> = {}): MesSource {
  const whole = { name: "plant", sample: true, timeout_ms: 3_000, ...settings };
  return openSqlMes(sqlMesSettings.parse(whole), { ...deps, ...own });
}
