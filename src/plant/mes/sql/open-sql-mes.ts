import type { RecordSetName } from "../../records.ts";
import type { MesSource, SourceDeps } from "../../source.ts";
import { nameRecords } from "./name-records.ts";
import { openSqlSession } from "./open-sql-session.ts";
import { planRecords, type Plan } from "./plan-records.ts";
import { probeSqlMes } from "./probe-sql-mes.ts";
import type { SqlMesSettings } from "./sql-mes-settings.ts";
import { createSqlMesStore } from "./sql-mes-store.ts";

/** How long the database's tables are taken to be as they were seen. */
const planMs = 10 * 60_000;

/** An MES in a PostgreSQL, MariaDB, MySQL or SQL Server database, read-only; connects at the first question. */
export function openSqlMes(settings: SqlMesSettings, deps: SourceDeps): MesSource {
  const opened = openSqlSession(settings, deps);
  const plans = new Map<RecordSetName, { plan: Promise<Plan>; at: number }>();

  async function lookUp(records: RecordSetName): Promise<Plan | null> {
    const entry = settings.records[records];
    if (!entry) return null;
    const timeZone = settings.time_zone ?? deps.timeZone;
    return await planRecords(opened.session, await opened.dialect(), records, entry, timeZone);
  }

  async function planOf(records: RecordSetName): Promise<Plan | null> {
    if (!settings.records[records]) return null;
    const now = deps.now().getTime();
    const known = plans.get(records);
    if (known && now - known.at < planMs) return await known.plan;
    const plan = lookUp(records) as Promise<Plan>;
    plans.set(records, { plan, at: now });
    // What failed is asked again the next time.
    plan.catch(() => plans.delete(records));
    return await plan;
  }

  const store = createSqlMesStore({
    session: opened.session,
    source: settings.name,
    sample: settings.sample,
    maxRows: settings.max_rows,
    planOf,
  });
  return {
    name: settings.name,
    // A table that was there when the plan was made may be gone.
    store: nameRecords(store, (records) => plans.delete(records)),
    probe: () => probeSqlMes({ settings, opened, planOf: lookUp, store, now: deps.now }),
    close: () => opened.session.close(),
  };
}
