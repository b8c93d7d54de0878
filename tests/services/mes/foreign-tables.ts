import type { z } from "zod";
import { catalogue } from "../../../src/plant/mes/catalogue.ts";
import type { sqlMesSettings } from "../../../src/plant/mes/sql/sql-mes-settings.ts";
import type { Field, RecordSetName, Row, Value } from "../../../src/plant/records.ts";
import type { MesRecords } from "../../contracts/mes-records.ts";

// Rows of the contract as a customer's tables hold them: names of their own, their own words for kinds and durations,
// times with or without a zone.

export type Flavour = {
  quote: (name: string) => string;
  types: { text: string; number: string; integer: string; time: string; id: string };
  /** A time as it is stored. */
  storeTime: (time: Date) => string;
  /** The zone of stored times; none where they carry it. */
  timeZone: string | undefined;
  place: (index: number) => string;
};

export type Execute = (text: string, values?: unknown[]) => Promise<unknown>;
type Records = z.input<typeof sqlMesSettings>["records"];

const tableOf = (records: RecordSetName) => `tb ${records} 현황`;
const columnOf = (field: Field) => `COL.${field.name}`;

function typeOf(records: RecordSetName, field: Field, { types }: Flavour): string {
  if (field.name === "id") return types.id;
  if (field.type === "minutes") return types.number;
  if (field.type === "number") return types.number;
  if (field.type === "boolean") return records === "work_orders" ? types.text : types.integer;
  return field.type === "time" ? types.time : types.text;
}

function stored(records: RecordSetName, field: Field, value: Value, flavour: Flavour): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return flavour.storeTime(value);
  if (Array.isArray(value)) return value.join("|");
  if (field.type === "minutes") return Number(value) * 60;
  if (typeof value === "boolean") return records === "work_orders" ? (value ? "PM" : "CM") : Number(value);
  return value;
}

const notMapped = new Set(["labor_minutes", "year"]);

export async function writeForeignTables(records: MesRecords, execute: Execute, flavour: Flavour): Promise<void> {
  for (const name of ["equipment", "failure_codes", "work_orders", "events"] as const) {
    const { fields } = catalogue[name];
    const columns = fields.map((field) => `${flavour.quote(columnOf(field))} ${typeOf(name, field, flavour)}`);
    await execute(`CREATE TABLE ${flavour.quote(tableOf(name))} (${columns.join(", ")}, gone ${flavour.types.text})`);
    const rows = [
      ...(records[name] ?? []),
      { id: "DELETED", name: "removed", finished_at: new Date("2000-01-01"), gone: "Y" },
    ];
    for (const row of rows as Row[]) {
      const values = [
        ...fields.map((field) => stored(name, field, row[field.name] ?? null, flavour)),
        row["gone"] ?? null,
      ];
      const places = values.map((_, index) => flavour.place(index + 1)).join(", ");
      await execute(`INSERT INTO ${flavour.quote(tableOf(name))} VALUES (${places})`, values);
    }
  }
}

export function mappingOf(records: RecordSetName[], flavour: Flavour): Records {
  return Object.fromEntries(
    records.map((name) => {
      const columns = catalogue[name].fields
        .filter((field) => !notMapped.has(field.name))
        .map((field) => {
          const cell: Record<string, unknown> = { column: columnOf(field) };
          if (field.type === "minutes") cell["unit"] = "seconds";
          if (field.type === "list") cell["split"] = "|";
          if (field.type === "time" && flavour.timeZone) cell["time_zone"] = flavour.timeZone;
          if (field.type === "boolean" && name === "work_orders") cell["values"] = { PM: true, CM: false };
          return [field.name, cell];
        });
      return [name, { table: [tableOf(name)], skip_when: { gone: "y" }, columns: Object.fromEntries(columns) }];
    }),
  ) as Records;
}

/** Wall-clock time, offsets in minutes east. */
export const wallClock = (time: Date, minutes: number) =>
  new Date(time.getTime() + minutes * 60_000).toISOString().replace("T", " ").replace("Z", "");
