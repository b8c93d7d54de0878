import { toSunbaeError } from "../../../core/errors.ts";
import type { MesStore } from "../../mes-store.ts";
import type { RecordSetName } from "../../records.ts";
import type { SourceView } from "../../source.ts";
import type { OpenedSession } from "./open-sql-session.ts";
import type { Plan } from "./plan-records.ts";
import type { SqlMesSettings } from "./sql-mes-settings.ts";

type Parts = {
  settings: SqlMesSettings;
  opened: OpenedSession;
  planOf: (records: RecordSetName) => Promise<Plan | null>;
  store: MesStore;
  now: () => Date;
};

/** What the database says of itself and of every mapped record set; never rejects. */
export async function probeSqlMes({ settings, opened, planOf, store, now }: Parts): Promise<SourceView> {
  const began = performance.now();
  const view: SourceView = {
    name: settings.name,
    kind: settings.kind,
    place: opened.place,
    ok: false,
    problem: null,
    fix: null,
    tags: null,
    rows: [],
    newest: null,
    clockDifferenceMs: null,
    ms: 0,
    notes: [],
  };
  const failed = (thrown: unknown) => {
    const { message, fix } = toSunbaeError(thrown);
    view.problem ??= message;
    view.fix ??= fix ?? null;
    return message;
  };
  try {
    const { dialect, version, readOnly } = await opened.session.describe();
    view.notes.push(`${dialect} ${version}`);
    view.notes.push(
      readOnly
        ? "the session is read-only"
        : dialect === "sqlserver"
          ? "this login may write; use one with db_datareader only (Sunbae rolls every transaction back)"
          : "the server doesn't hold the session to be read-only; use a login that may only SELECT",
    );
    view.clockDifferenceMs = await clockDifference(opened, now);
    for (const records of Object.keys(settings.records) as RecordSetName[]) {
      try {
        const plan = await planOf(records);
        const { rows, to } = await store.coverage(records);
        view.rows.push({ records, count: rows });
        if (to && (!view.newest || to > view.newest)) view.newest = to;
        const later = plan?.fields.filter((one) => one.expression === null && one.columns.length > 0) ?? [];
        if (later.length > 0)
          view.notes.push(`${records}: ${later.map(({ field }) => field.name).join(", ")} are compared after reading`);
      } catch (thrown) {
        view.notes.push(`${records}: ${failed(thrown)}`);
      }
    }
    view.ok = view.problem === null;
  } catch (thrown) {
    failed(thrown);
  }
  view.ms = Math.round(performance.now() - began);
  return view;
}

/** Half of the way there and back is taken off, so that a slow network is no wrong clock. */
async function clockDifference({ session }: OpenedSession, now: () => Date): Promise<number> {
  const before = now().getTime();
  const theirs = (await session.serverTime()).getTime();
  return Math.round(theirs - (before + now().getTime()) / 2);
}
