import type { AggregateQuery, Field, ListQuery } from "../../records.ts";
import {
  checkGrouping,
  checkMeasure,
  checkOrder,
  checkPage,
  checkTimeZone,
  checkWhere,
  isNumeric,
  isTextual,
} from "../check-query.ts";
import type { CheckedCondition, CheckedGrouping } from "../check-query.ts";
import type { CompiledField } from "./compile-field.ts";
import { compileCondition } from "./compile-conditions.ts";
import type { Bind, Dialect } from "./dialects/dialect.ts";
import type { Plan } from "./plan-records.ts";
import { startStatement, type Statement } from "./statement.ts";

// Questions about a mapped record set as SQL. Each function takes what was checked against the catalogue; a field without
// an expression never gets here: see sql-mes-store.ts.

export function compiledOf(plan: Plan, field: Field): CompiledField {
  return plan.fields.find((one) => one.field.name === field.name) as CompiledField;
}

const expressionOf = (plan: Plan, field: Field, bind: Bind): string =>
  (compiledOf(plan, field).expression as (bind: Bind) => string)(bind);

/** FROM and WHERE with those conditions that SQL can decide; the rest is for who reads the rows. */
function fromWhere(plan: Plan, conditions: CheckedCondition[], bind: Bind): string {
  const decided = conditions.flatMap((condition) => {
    const compiled = compiledOf(plan, condition.field);
    return compiled.expression ? [` AND ${compileCondition(condition, compiled, bind, plan.dialect)}`] : [];
  });
  return plan.fromWhere(bind) + decided.join("");
}

const nullsLast = (sql: string, direction: "ASC" | "DESC") =>
  `CASE WHEN ${sql} IS NULL THEN 1 ELSE 0 END, ${sql} ${direction}`;

/** One column a field that SQL knows (c0, c1 …), and the raw columns of the others (r0 …) in the order of `rawColumns`. */
function selected(plan: Plan, fields: CompiledField[], bind: Bind): string {
  const known = fields.flatMap((one) =>
    one.expression ? [`${one.expression(bind)} AS c${plan.fields.indexOf(one)}`] : [],
  );
  const raw = rawColumns(fields).map(({ sql }, index) => `${sql} AS r${index}`);
  return [...known, ...raw].join(", ");
}

export function rawColumns(fields: CompiledField[]): { name: string; sql: string }[] {
  const raw = new Map(
    fields.flatMap((one) => (one.expression ? [] : one.columns.map((column) => [column.name, column]))),
  );
  return [...raw.values()];
}

export function compileRows(plan: Plan, query: ListQuery, limit: number): Statement {
  checkTimeZone(query.timeZone);
  const { bind, finish } = startStatement(plan.dialect);
  const { offset } = checkPage(query);
  const columns = selected(plan, plan.fields, bind);
  const body = fromWhere(plan, checkWhere(query.records, query.where), bind);
  const order = checkOrder(query).map(({ field, direction }) => {
    const sql = expressionOf(plan, field, bind);
    const text = isTextual(field.type) ? plan.dialect.inOrder(sql) : sql;
    return nullsLast(text, direction === "desc" ? "DESC" : "ASC");
  });
  const id = plan.fields.find(({ field }) => field.name === "id") as CompiledField;
  if (id.expression) order.push(plan.dialect.inOrder(id.expression(bind)));
  return finish(`SELECT ${columns} ${body} ORDER BY ${order.join(", ")} ${plan.dialect.page(limit, offset)}`);
}

/** Rows in no order, with these fields, for answers that are made after reading. */
export function compileReading(plan: Plan, where: CheckedCondition[], fields: CompiledField[]): Statement {
  const { bind, finish } = startStatement(plan.dialect);
  return finish(`SELECT ${selected(plan, fields, bind)} ${fromWhere(plan, where, bind)}`);
}

export function compileCount(plan: Plan, where: CheckedCondition[]): Statement {
  const { bind, finish } = startStatement(plan.dialect);
  return finish(`SELECT COUNT(*) AS total ${fromWhere(plan, where, bind)}`);
}

export function compileSpan(plan: Plan, where: CheckedCondition[], time: Field | null): Statement {
  const { bind, finish } = startStatement(plan.dialect);
  const { dialect } = plan;
  const end = (name: "MIN" | "MAX") =>
    time ? dialect.toEpochMs(`${name}(${expressionOf(plan, time, bind)})`) : "NULL";
  return finish(
    `SELECT COUNT(*) AS n, ${end("MIN")} AS oldest, ${end("MAX")} AS newest ${fromWhere(plan, where, bind)}`,
  );
}

function keyOf(plan: Plan, { field, bucket }: CheckedGrouping, timeZone: string, bind: Bind): string {
  const sql = expressionOf(plan, field, bind);
  if (bucket !== undefined) return plan.dialect.bucket(sql, bucket, timeZone, bind);
  return field.type === "time" ? plan.dialect.iso(sql) : sql;
}

const isText = ({ field, bucket }: CheckedGrouping) =>
  bucket === undefined
    ? isTextual(field.type) || field.type === "time"
    : bucket !== "weekday" && bucket !== "hour_of_day";

function measured(query: AggregateQuery, of: CheckedGrouping | null, dialect: Dialect): string {
  if (!of) return "COUNT(*)";
  const { kind } = query.measure;
  if (kind === "distinct") return "COUNT(DISTINCT m)";
  const value = `${kind.toUpperCase()}(m)`;
  return of.field.type === "time" ? dialect.toEpochMs(value) : value;
}

/** One row a group (k0, k1 …, `value`), with `group_count` and `total` of all groups. */
export function compileGroups(plan: Plan, query: AggregateQuery, mostGroups: number): Statement {
  const timeZone = checkTimeZone(query.timeZone);
  const { bind, finish } = startStatement(plan.dialect);
  const { dialect } = plan;
  const groupings = (query.groupBy ?? []).map((grouping) => checkGrouping(query.records, grouping));
  const of = checkMeasure(query);
  const names = groupings.map((_, index) => `k${index}`);
  const columns = groupings.map((grouping, index) => `${keyOf(plan, grouping, timeZone, bind)} AS k${index}`);
  // A measure of a time is taken of its instant; only "distinct" counts buckets.
  if (of)
    columns.push(
      `${query.measure.kind === "distinct" ? keyOf(plan, of, timeZone, bind) : expressionOf(plan, of.field, bind)} AS m`,
    );
  const rows = `SELECT ${columns.length > 0 ? columns.join(", ") : "1 AS one"} ${fromWhere(plan, checkWhere(query.records, query.where), bind)}`;
  const groups = `SELECT ${[...names, `${measured(query, of, dialect)} AS value`, "COUNT(*) AS n"].join(", ")} FROM (${rows}) rows_${
    names.length > 0 ? ` GROUP BY ${names.join(", ")}` : ""
  }`;
  const byKey = names.map((name, index) => {
    const grouping = groupings[index] as CheckedGrouping;
    return nullsLast(isText(grouping) ? dialect.inOrder(`g.${name}`) : `g.${name}`, "ASC");
  });
  const order = query.orderBy === "key" && byKey.length > 0 ? byKey : [nullsLast("g.value", "DESC"), ...byKey];
  const { limit } = checkPage({ limit: query.limit });
  const most = Math.max(1, Math.min(limit ?? mostGroups, mostGroups));
  return finish(
    `SELECT g.*, COUNT(*) OVER () AS group_count, SUM(g.n) OVER () AS total FROM (${groups}) g ORDER BY ${order.join(", ")} ${dialect.page(most, 0)}`,
  );
}

/** The values of a field with how often each occurs, and their description where it is one. */
export function compileVocabulary(plan: Plan, field: Field, description: Field | null, limit: number): Statement {
  const { bind, finish } = startStatement(plan.dialect);
  const { dialect } = plan;
  const label = description ? `, ${expressionOf(plan, description, bind)} AS d` : "";
  const rows = `SELECT ${expressionOf(plan, field, bind)} AS v${label} ${fromWhere(plan, [], bind)}`;
  const text = dialect.inOrder("d");
  const only = description ? `CASE WHEN MIN(${text}) = MAX(${text}) THEN MAX(${text}) END` : "NULL";
  const order = isNumeric(field.type) || field.type === "boolean" ? "v" : dialect.inOrder("v");
  return finish(
    `SELECT v, ${only} AS label, COUNT(*) AS n FROM (${rows}) rows_ WHERE v IS NOT NULL GROUP BY v ORDER BY COUNT(*) DESC, ${order} ${dialect.page(Math.max(1, limit), 0)}`,
  );
}
