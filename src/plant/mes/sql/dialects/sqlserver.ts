import { minutesFromUtc, minutesToUtc } from "../zone-offsets.ts";
import type { ColumnKind, Dialect } from "./dialect.ts";

// Transact-SQL of SQL Server 2016 and later. Tried against a wire-level stand-in only: the statements were never
// run by a SQL Server.

const kinds: Record<string, ColumnKind> = {
  tinyint: "integer",
  smallint: "integer",
  int: "integer",
  bigint: "integer",
  bit: "boolean",
  decimal: "decimal",
  numeric: "decimal",
  money: "decimal",
  smallmoney: "decimal",
  real: "float",
  float: "float",
  datetimeoffset: "instant",
  datetime: "local",
  datetime2: "local",
  smalldatetime: "local",
  date: "day",
  time: "interval",
  char: "text",
  varchar: "text",
  nchar: "text",
  nvarchar: "text",
};

const exact = "COLLATE Latin1_General_100_BIN2";
const literal = (ms: number) => `CAST('${new Date(ms).toISOString().slice(0, 19)}' AS datetime2(3))`;
const local = (time: string, timeZone: string) =>
  `DATEADD(minute, ${minutesFromUtc(time, timeZone, { literal })}, ${time})`;

export const sqlserver: Dialect = {
  name: "sqlserver",
  quote: (identifier) => `[${identifier.replaceAll("]", "]]")}]`,
  place: (number) => `@p${number}`,
  kindOf: (type) => kinds[type.toLowerCase()] ?? "other",
  columnsQuery: `SELECT TABLE_SCHEMA AS [schema], COLUMN_NAME AS [column], DATA_TYPE AS [type]
     FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = COALESCE(@p1, SCHEMA_NAME()) AND TABLE_NAME = @p2
     ORDER BY ORDINAL_POSITION`,
  tablesQuery: `SELECT TOP (1000) TABLE_SCHEMA AS [schema], TABLE_NAME AS [table]
     FROM INFORMATION_SCHEMA.TABLES ORDER BY 1, 2`,

  decomposed: true,
  nothing: {
    text: "CAST(NULL AS nvarchar(1))",
    number: "CAST(NULL AS float)",
    boolean: "CAST(NULL AS bit)",
    time: "CAST(NULL AS datetime2(3))",
  },
  text: (sql) => `CAST(${sql} AS nvarchar(4000)) ${exact}`,
  boundText: (place) => `${place} ${exact}`,
  beside: (place) => place,
  number: (sql) => `CAST(${sql} AS float)`,
  boundNumber: (place) => `CAST(${place} AS float)`,
  boundTime: (place) => `CAST(${place} AS datetime2(3))`,
  truth: (condition) => `CAST(CASE WHEN ${condition} THEN 1 WHEN NOT (${condition}) THEN 0 END AS tinyint)`,
  constant: (value) => (value ? "1" : "0"),
  trim: (text) => `LTRIM(RTRIM(${text}))`,
  lower: (text) => `LOWER(${text})`,
  concat: (texts) => `(${texts.join(" + ")})`,
  holds: (text, needle) => `CHARINDEX(${needle}, ${text}) > 0`,
  inOrder: (text) => text,

  instant(sql, kind, timeZone) {
    if (kind === "instant") return `CAST(SWITCHOFFSET(${sql}, '+00:00') AS datetime2(3))`;
    const time = `CAST(${sql} AS datetime2(3))`;
    return `DATEADD(minute, ${minutesToUtc(time, timeZone, { literal })}, ${time})`;
  },
  fromEpoch: (seconds) =>
    `DATEADD(millisecond, CAST(ROUND((${seconds}) * 1000, 0) AS bigint) % 86400000, DATEADD(day, CAST(ROUND((${seconds}) * 1000, 0) AS bigint) / 86400000, CAST('1970-01-01T00:00:00' AS datetime2(3))))`,
  toEpochMs: (time) => `CAST(DATEDIFF_BIG(millisecond, CAST('1970-01-01T00:00:00' AS datetime2(3)), ${time}) AS float)`,
  iso: (time) => `(CONVERT(varchar(23), CAST(${time} AS datetime2(3)), 126) + 'Z')`,
  bucket(time, bucket, timeZone) {
    const at = local(time, timeZone);
    const day = `CONVERT(varchar(10), ${at}, 23)`;
    const padded = (number: string) => `RIGHT('0' + CAST(${number} AS varchar(2)), 2)`;
    switch (bucket) {
      case "hour":
        return `(${day} + ' ' + ${padded(`DATEPART(hour, ${at})`)} + ':00')`;
      case "day":
        return day;
      case "week":
        // The week belongs to the year of its Thursday.
        return `(CAST(YEAR(DATEADD(day, 26 - DATEPART(iso_week, ${at}), ${at})) AS varchar(4)) + '-W' + ${padded(`DATEPART(iso_week, ${at})`)})`;
      case "month":
        return `CONVERT(varchar(7), ${at}, 23)`;
      case "quarter":
        return `(CAST(YEAR(${at}) AS varchar(4)) + '-Q' + CAST(DATEPART(quarter, ${at}) AS varchar(1)))`;
      case "year":
        return `CAST(YEAR(${at}) AS varchar(4))`;
      case "weekday":
        // The session sets DATEFIRST 1: Monday is 1.
        return `DATEPART(weekday, ${at})`;
      case "hour_of_day":
        return `DATEPART(hour, ${at})`;
    }
  },
  minutesBetween: (from, to) => `(DATEDIFF_BIG(millisecond, ${from}, ${to}) / 60000e0)`,
  minutesOf: (interval) => `(DATEDIFF(second, CAST('00:00:00' AS time), ${interval}) / 60e0)`,
  page: (limit, offset) => `OFFSET ${offset} ROWS FETCH NEXT ${limit} ROWS ONLY`,
};
