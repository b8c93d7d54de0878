import { z } from "zod";
import { isTimeZone } from "../../import/values/zoned-time.ts";
import { problemOfConnection, sqlConnection } from "../../sql/connection-settings.ts";
import { entryShape, recordEntries } from "../mapping/mapping-settings.ts";

// An MES in a database that is not ours: which of its tables or views hold which records. No SQL can be written here:
// names are quoted, values are bound.

/** Control characters and those of our own markers (see statement.ts) have no place in a name. */
const identifier = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\p{Cc}\p{Co}\p{Cs}]+$/u, "a name has no control characters");
/** "table", "schema.table", or [schema, table] where a name has a dot in it. */
const table = z.union([
  identifier.transform((text) => text.split(".")).pipe(z.array(identifier).min(1).max(3)),
  z.array(identifier).min(1).max(3),
]);

const join = z.strictObject({
  table,
  /** Its columns are named "as.column". */
  as: z.string().regex(/^[A-Za-z_]\w{0,30}$/, "use letters, digits and _"),
  /** Column here (of the table, or "as.column" of an earlier join) → column there. At most one row there may match. */
  on: z.record(identifier, identifier).refine((on) => Object.keys(on).length > 0, "say which columns are equal."),
});

const entry = z.strictObject({ table, join: z.array(join).max(8).optional(), ...entryShape });

export const sqlMesSettings = z
  .strictObject({
    name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u, "use 1–64 letters, digits, . _ -"),
    kind: z.enum(["postgres", "mariadb", "mysql", "sqlserver"]),
    ...sqlConnection,
    /** Which machines live here; ids or patterns with *. */
    machines: z.array(z.string().min(1)).optional(),
    /** Zone of times that are stored without one; the plant's where it is not given. */
    time_zone: z
      .string()
      .refine(isTimeZone, {
        error: (issue) => `"${String(issue.input)}" is no IANA time zone; write one such as "Asia/Seoul".`,
      })
      .optional(),
    /** Rows read at most for one answer. */
    max_rows: z.number().int().min(100).max(1_000_000).default(50_000),
    /** Made-up data, for trials. */
    sample: z.boolean().default(false),
    records: recordEntries(entry),
  })
  .superRefine((settings, context) => {
    const message = problemOfConnection(settings);
    if (message) context.addIssue({ code: "custom", path: ["url"], message });
  });

export type SqlMesSettings = z.infer<typeof sqlMesSettings>;
export type SqlEntry = z.infer<typeof entry>;
export type SqlTable = z.infer<typeof table>;
