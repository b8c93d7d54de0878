import { minutesFromUtc, minutesToUtc } from "../zone-offsets.ts";
import type { ColumnKind, Dialect } from "./dialect.ts";

const kinds: Record<string, ColumnKind> = {
  tinyint: "integer",
  smallint: "integer",
  mediumint: "integer",
  int: "integer",
  bigint: "integer",
  year: "integer",
  bit: "boolean",
  decimal: "decimal",
  float: "float",
  double: "float",
  timestamp: "instant",
  datetime: "local",
  date: "day",
  time: "interval",
  json: "list",
  char: "text",
  varchar: "text",
  tinytext: "text",
  text: "text",
  mediumtext: "text",
  longtext: "text",
};

const formats = {
  hour: "%Y-%m-%d %H:00",
  day: "%Y-%m-%d",
  week: "%x-W%v",
  month: "%Y-%m",
  year: "%Y",
};

const literal = (ms: number) => `'${new Date(ms).toISOString().slice(0, 19).replace("T", " ")}'`;

/** MariaDB and MySQL name their exact collation without padding differently. */
export function mysqlDialect(name: "mariadb" | "mysql"): Dialect {
  const exact = name === "mariadb" ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin";
  const localOf = (time: string, timeZone: string) =>
    `TIMESTAMPADD(MINUTE, ${minutesFromUtc(time, timeZone, { literal })}, ${time})`;
  return {
    name,
    quote: (identifier) => `\`${identifier.replaceAll("`", "``")}\``,
    place: () => "?",
    kindOf: (type) => kinds[type.toLowerCase()] ?? "other",
    columnsQuery: `SELECT table_schema AS \`schema\`, column_name AS \`column\`, data_type AS \`type\`,
         character_set_name AS \`characters\`, collation_name AS \`order\`
       FROM information_schema.columns WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ?
       ORDER BY ordinal_position`,
    tablesQuery: `SELECT table_schema AS \`schema\`, table_name AS \`table\` FROM information_schema.tables
       WHERE table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys') ORDER BY 1, 2 LIMIT 1000`,

    decomposed: true,
    nothing: { text: "NULL", number: "NULL", boolean: "NULL", time: "CAST(NULL AS DATETIME)" },
    text: (sql) => `CONVERT(${sql} USING utf8mb4) COLLATE ${exact}`,
    boundText: (place) => place,
    // Characters that the column can't hold would be an error; converted they are "?", and the exact comparison decides.
    beside: (place, collation) =>
      collation ? `CONVERT(${place} USING ${collation.characters}) COLLATE ${collation.order}` : place,
    number: (sql) => `((${sql}) + 0e0)`,
    boundNumber: (place) => place,
    boundTime: (place) => `CAST(${place} AS DATETIME(6))`,
    truth: (condition) => `(${condition})`,
    constant: (value) => (value ? "1" : "0"),
    trim: (text) => `TRIM(${text})`,
    lower: (text) => `LOWER(${text})`,
    concat: (texts) => `CONCAT(${texts.join(", ")})`,
    holds: (text, needle) => `INSTR(${text}, ${needle}) > 0`,
    inOrder: (text) => text,

    instant: (sql, kind, timeZone) =>
      kind === "instant" ? sql : `TIMESTAMPADD(MINUTE, ${minutesToUtc(sql, timeZone, { literal })}, ${sql})`,
    fromEpoch: (seconds) => `TIMESTAMPADD(MICROSECOND, ROUND((${seconds}) * 1000000), '1970-01-01 00:00:00.000000')`,
    toEpochMs: (time) => `(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ${time}) / 1000e0)`,
    iso: (time) => `CONCAT(LEFT(DATE_FORMAT(${time}, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')`,
    bucket(time, bucket, timeZone) {
      const local = localOf(time, timeZone);
      if (bucket === "weekday") return `(WEEKDAY(${local}) + 1)`;
      if (bucket === "hour_of_day") return `HOUR(${local})`;
      if (bucket === "quarter") return `CONCAT(YEAR(${local}), '-Q', QUARTER(${local}))`;
      return `DATE_FORMAT(${local}, '${formats[bucket]}')`;
    },
    minutesBetween: (from, to) => `(TIMESTAMPDIFF(MICROSECOND, ${from}, ${to}) / 60e6)`,
    minutesOf: (interval) => `(TIME_TO_SEC(${interval}) / 60e0)`,
    page: (limit, offset) => `LIMIT ${limit} OFFSET ${offset}`,
  };
}
