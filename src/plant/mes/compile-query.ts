import type { AggregateQuery, Field, ListQuery, RecordQuery } from "../records.ts";
import { recordSetOf } from "./catalogue.ts";
import {
  checkGrouping,
  checkMeasure,
  checkOrder,
  checkPage,
  checkTimeZone,
  checkWhere,
  isNumeric,
  isTextual,
  type CheckedCondition,
  type CheckedGrouping,
} from "./check-query.ts";

export type Statement = { text: string; values: unknown[] };
type Bind = (value: unknown) => string;

function parameters(): { values: unknown[]; bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

/** A column's name comes from the catalogue, never from a caller. */
export const columnOf = (field: Field) => `"${field.name}"`;

function sqlType(field: Field): string {
  return isNumeric(field.type) ? "float8" : field.type === "boolean" ? "boolean" : "text";
}

const comparison = { gte: ">=", gt: ">", lte: "<=", lt: "<" };

function compileCondition(condition: CheckedCondition, bind: Bind): string {
  const { field } = condition;
  const column = columnOf(field);
  const cast = `::${sqlType(field)}`;
  switch (condition.op) {
    case "eq":
      return `${column} = ${bind(condition.value)}${cast}`;
    case "ne":
      return `${column} IS DISTINCT FROM ${bind(condition.value)}${cast}`;
    case "in":
      return `${column} = ANY(${bind(condition.value)}${cast}[])`;
    case "not_in":
      return `(${column} = ANY(${bind(condition.value)}${cast}[])) IS NOT TRUE`;
    case "contains": {
      const wanted = `lower(${bind(condition.value)}::text)`;
      if (field.type === "list") return `EXISTS (SELECT FROM unnest(${column}) AS e(v) WHERE lower(e.v) = ${wanted})`;
      return `strpos(lower(${column}), ${wanted}) > 0`;
    }
    case "is_null":
      return field.type === "list" ? `coalesce(cardinality(${column}), 0) = 0` : `${column} IS NULL`;
    case "not_null":
      return field.type === "list" ? `cardinality(${column}) > 0` : `${column} IS NOT NULL`;
    default: {
      const { value } = condition;
      const bound = value instanceof Date ? `${bind(value.toISOString())}::timestamptz` : `${bind(value)}::float8`;
      return `${column} ${comparison[condition.op]} ${bound}`;
    }
  }
}

/** The clause that every statement of a query shares; starts with FROM. */
function fromWhere(query: Pick<RecordQuery, "records" | "where">, bind: Bind, join = ""): string {
  const conditions = checkWhere(query.records, query.where).map((condition) => compileCondition(condition, bind));
  return `FROM "${query.records}" t${join}${conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : ""}`;
}

export function compileCount(query: RecordQuery): Statement {
  const { values, bind } = parameters();
  return { text: `SELECT count(*)::float8 AS total ${fromWhere(query, bind)}`, values };
}

export function compileList(query: ListQuery): Statement {
  checkTimeZone(query.timeZone);
  const { values, bind } = parameters();
  const columns = recordSetOf(query.records).fields.map(columnOf).join(", ");
  const { limit, offset } = checkPage(query);
  const order = checkOrder(query).map(({ field, direction }) => {
    const collate = isTextual(field.type) ? ` COLLATE "C"` : "";
    return `${columnOf(field)}${collate} ${direction === "desc" ? "DESC" : "ASC"} NULLS LAST`;
  });
  order.push(`"id" COLLATE "C"`, `"source" COLLATE "C"`);
  const body = fromWhere(query, bind);
  return {
    text: `SELECT "source", ${columns} ${body} ORDER BY ${order.join(", ")} LIMIT ${bind(limit)}::bigint OFFSET ${bind(offset)}::bigint`,
    values,
  };
}

const bucketFormat = {
  hour: "YYYY-MM-DD HH24:00",
  day: "YYYY-MM-DD",
  week: 'IYYY-"W"IW',
  month: "YYYY-MM",
  quarter: 'YYYY-"Q"Q',
  year: "YYYY",
};

function compileKey({ field, bucket }: CheckedGrouping, timeZone: string, bind: Bind): string {
  if (bucket === undefined) {
    if (field.type !== "time") return columnOf(field);
    return `to_char(${columnOf(field)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  }
  const local = `(${columnOf(field)} AT TIME ZONE ${bind(timeZone)}::text)`;
  if (bucket === "weekday") return `extract(isodow FROM ${local})::int`;
  if (bucket === "hour_of_day") return `extract(hour FROM ${local})::int`;
  return `to_char(${local}, '${bucketFormat[bucket]}')`;
}

function compileMeasure(query: AggregateQuery, bind: Bind): string {
  const of = checkMeasure(query);
  if (!of) return "count(*)::float8";
  const { kind } = query.measure;
  if (kind === "distinct") return `count(DISTINCT ${compileKey(of, query.timeZone, bind)})::float8`;
  const value = `${kind}(${columnOf(of.field)})`;
  return of.field.type === "time" ? `(extract(epoch FROM ${value}) * 1000)::float8` : `${value}::float8`;
}

/**
 * One row a group: k0, k1 … and `value`, with `group_count`, the number of groups beyond the limit, and `total`, the
 * number of rows in all groups; null where a row may be in several.
 */
export function compileAggregate(query: AggregateQuery): Statement {
  checkTimeZone(query.timeZone);
  const { values, bind } = parameters();
  const groupings = (query.groupBy ?? []).map((grouping) => checkGrouping(query.records, grouping));
  let join = "";
  const keys = groupings.map((grouping, index) => {
    if (grouping.field.type !== "list") return compileKey(grouping, query.timeZone, bind);
    const column = columnOf(grouping.field);
    // A row counts once under each different element of its list, and under null where it has none.
    join += ` LEFT JOIN LATERAL (SELECT DISTINCT v FROM unnest(t.${column}) AS e(v)) l${index} ON true`;
    return `l${index}.v`;
  });
  const measure = compileMeasure(query, bind);
  const names = keys.map((_, index) => `k${index}`);
  const inner = `SELECT ${[...keys.map((key, index) => `${key} AS k${index}`), `${measure} AS value`, "count(*) AS n"].join(", ")} ${fromWhere(query, bind, join)}${
    keys.length > 0 ? ` GROUP BY ${names.join(", ")}` : ""
  }`;
  const byKey = names.map((name, index) => {
    const { field, bucket } = groupings[index] as CheckedGrouping;
    const numeric =
      bucket === "weekday" || bucket === "hour_of_day" || isNumeric(field.type) || field.type === "boolean";
    return `${name}${numeric ? "" : ` COLLATE "C"`} ASC NULLS LAST`;
  });
  const order = query.orderBy === "key" ? byKey : ["value DESC NULLS LAST", ...byKey];
  const { limit } = checkPage({ limit: query.limit });
  const total = join === "" ? "(sum(n) OVER ())::float8" : "NULL::float8";
  return {
    text: `SELECT *, count(*) OVER ()::float8 AS group_count, ${total} AS total FROM (${inner}) g ${order.length > 0 ? `ORDER BY ${order.join(", ")}` : ""} LIMIT ${bind(limit)}::bigint`,
    values,
  };
}
