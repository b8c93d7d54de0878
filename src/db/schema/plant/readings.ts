import { bigint, customType, doublePrecision, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

// Readings live in two places. Tail: the newest few of a tag, as 16-byte pairs (time, value), appended to without
// being read. Block: up to 2,048 older ones, packed (src/plant/sensors/reading-codec.ts), with their summary, so that
// wide windows need not unpack them. Blocks of a tag don't overlap, and its tail is newer than all of them.

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
const milliseconds = (name: string) => bigint(name, { mode: "number" });

export const readingBlocks = pgTable(
  "reading_blocks",
  {
    tagId: text("tag_id").notNull(),
    firstMs: milliseconds("first_ms").notNull(),
    lastMs: milliseconds("last_ms").notNull(),
    count: integer("count").notNull(),
    min: doublePrecision("min").notNull(),
    max: doublePrecision("max").notNull(),
    mean: doublePrecision("mean").notNull(),
    /** Sum of squared deviations from the mean. */
    m2: doublePrecision("m2").notNull(),
    data: bytes("data").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tagId, table.firstMs] })],
);

export const latestReadings = pgTable("latest_readings", {
  tagId: text("tag_id").primaryKey(),
  /** Null only while a writer holds the row to fill it. */
  atMs: milliseconds("at_ms"),
  value: doublePrecision("value"),
  tail: bytes("tail").notNull(),
});
