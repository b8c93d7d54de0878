import { toSunbaeError } from "../../../core/errors.ts";
import { suggestion } from "../../import/mapping/nearest.ts";
import type { MesStore } from "../../mes-store.ts";
import type { RecordSetName } from "../../records.ts";
import type { SourceView } from "../../source.ts";
import { pathsOf, valueAt } from "./json-path.ts";
import type { Pages } from "./read-pages.ts";
import type { RestEntry, RestMesSettings } from "./rest-mes-settings.ts";

type FetchRows = (records: RecordSetName) => Promise<{ pages: Pages; store: MesStore }>;

/** What the interface gives for every mapped record set, past what is kept; never rejects. */
export async function probeRestMes(
  settings: RestMesSettings,
  fetchRows: FetchRows,
  now: () => Date,
): Promise<SourceView> {
  const began = performance.now();
  const { host, pathname } = new URL(settings.url);
  const view: SourceView = {
    ...{ name: settings.name, kind: settings.kind, place: `${host}${pathname}`, ok: false },
    ...{ problem: null, fix: null, tags: null, rows: [], newest: null, clockDifferenceMs: null },
    ms: 0,
    notes: ["only GET is sent"],
  };
  for (const [records, entry] of Object.entries(settings.records) as [RecordSetName, RestEntry][])
    try {
      const { pages, store } = await fetchRows(records);
      const { rows, to } = await store.coverage(records);
      view.rows.push({ records, count: rows });
      view.notes.push(
        `${records}: ${pages.rows.length} rows in ${pages.pages} pages`,
        ...missingColumns(records, entry, pages.rows),
      );
      if (to && (!view.newest || to > view.newest)) view.newest = to;
      if (pages.serverTime) view.clockDifferenceMs = pages.serverTime.getTime() - now().getTime();
      if (rows === 0 && pages.rows.length > 0) {
        view.problem ??= `${records}: none of ${pages.rows.length} rows has an id or is let in by only_when and skip_when.`;
        view.fix ??= "Check columns.id of the mapping.";
      }
    } catch (thrown) {
      const { message, fix } = toSunbaeError(thrown);
      view.problem ??= message;
      view.fix ??= fix ?? null;
      view.notes.push(`${records}: ${message}`);
    }
  view.ok = view.problem === null;
  view.ms = Math.round(performance.now() - began);
  return view;
}

/** Columns of the mapping that no row has, with those that are near. */
function missingColumns(records: RecordSetName, entry: RestEntry, rows: unknown[]): string[] {
  if (rows.length === 0) return [];
  const known = [...new Set(rows.slice(0, 200).flatMap((row) => pathsOf(row)))];
  const asked = Object.values(entry.columns).flatMap((cell) =>
    cell.column === undefined
      ? [...(cell.template ?? "").matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? "")
      : [cell.column],
  );
  return asked
    .filter((column) => rows.every((row) => valueAt(row, column) === undefined))
    .map((column) => `${records}: no row has "${column}". ${suggestion(column, known)}`);
}
