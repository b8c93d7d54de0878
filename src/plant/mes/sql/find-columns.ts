import { suggestion } from "../../import/mapping/nearest.ts";
import { positionOf } from "../../import/rows/bind-columns.ts";
import { MappingError } from "../../mapping-error.ts";
import type { ReadOnlySession } from "../../sql/read-only-session.ts";
import type { Collation, ColumnKind, Dialect } from "./dialects/dialect.ts";
import type { SqlEntry, SqlTable } from "./sql-mes-settings.ts";

/** A column as the database spells it, with the name of its table in the statement. */
export type Column = { sql: string; kind: ColumnKind; type: string; collation: Collation | null };
export type Columns = {
  /** By the mapping's name for it: "end_dt", or "machine.code" of a join. Throws `MappingError` with near names. */
  column: (name: string) => Column;
  /** FROM with its joins. */
  from: string;
};

type Found = { schema: string; columns: { name: string; type: string; collation: Collation | null }[] };

const nameOf = (table: SqlTable) => table.join(".");
const missing = (message: string, fix: string) => new MappingError(message, { fix });

/** Names of the server's own, and yet checked: they stand in statements. */
function collationOf(characters: unknown, order: unknown): Collation | null {
  const known = [characters, order].every((name) => typeof name === "string" && /^\w{1,64}$/.test(name));
  return known ? { characters: String(characters), order: String(order) } : null;
}

async function findTable(session: ReadOnlySession, dialect: Dialect, table: SqlTable): Promise<Found> {
  const [name = "", schema = null] = table.toReversed();
  const { rows } = await session.query(dialect.columnsQuery, [schema, name]);
  const own = rows[0]?.["schema"];
  if (rows.length > 0)
    return {
      schema: String(own),
      columns: rows
        .filter((row) => row["schema"] === own)
        .map((row) => ({
          name: String(row["column"]),
          type: String(row["type"]),
          collation: collationOf(row["characters"], row["order"]),
        })),
    };
  const known = await session.query(dialect.tablesQuery);
  const names = known.rows.map((row) => (schema === null ? String(row["table"]) : `${row["schema"]}.${row["table"]}`));
  throw missing(
    `There is no table or view "${nameOf(table)}" that this login may read.`,
    `${suggestion(nameOf(table), names)} Correct the mapping, or let the owner grant SELECT.`,
  );
}

/** Looks the tables of an entry up in the database. Throws `MappingError` where one is missing. */
export async function findColumns(session: ReadOnlySession, dialect: Dialect, entry: SqlEntry): Promise<Columns> {
  const joins = entry.join ?? [];
  const tables = [
    { as: "t", found: await findTable(session, dialect, entry.table) },
    ...(await Promise.all(
      joins.map(async ({ as, table }) => ({ as: `j_${as}`, found: await findTable(session, dialect, table) })),
    )),
  ];
  const at = (index: number, name: string): Column | null => {
    const { as, found } = tables[index] ?? { as: "", found: { columns: [] } };
    const position = positionOf(
      name,
      found.columns.map((column) => column.name),
    );
    const column = found.columns[position];
    if (!column) return null;
    return {
      sql: `${as}.${dialect.quote(column.name)}`,
      kind: dialect.kindOf(column.type),
      type: column.type,
      collation: column.collation,
    };
  };
  const column = (name: string): Column => {
    const joined = joins.findIndex(({ as }) => name.startsWith(`${as}.`));
    const found = at(0, name) ?? (joined >= 0 ? at(joined + 1, name.slice((joins[joined]?.as.length ?? 0) + 1)) : null);
    if (found) return found;
    const known = tables.flatMap(({ found: { columns } }, index) =>
      columns.map((one) => (index === 0 ? one.name : `${joins[index - 1]?.as}.${one.name}`)),
    );
    throw missing(`"${nameOf(entry.table)}" has no column "${name}".`, suggestion(name, known));
  };
  const whole = (table: SqlTable) => table.map((part) => dialect.quote(part)).join(".");
  const clauses = joins.map(({ as, table, on }, index) => {
    const equal = Object.entries(on).map(([here, there]) => {
      const other = at(index + 1, there);
      if (!other)
        throw missing(
          `"${nameOf(table)}" has no column "${there}".`,
          suggestion(there, tables[index + 1]?.found.columns.map((one) => one.name) ?? []),
        );
      return `${column(here).sql} = ${other.sql}`;
    });
    return ` LEFT JOIN ${whole(table)} j_${as} ON ${equal.join(" AND ")}`;
  });
  return { column, from: `${whole(entry.table)} t${clauses.join("")}` };
}
