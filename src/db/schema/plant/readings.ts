import { bigint, customType, doublePrecision, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";

// Readings live in two places. Tail: the newest few of a tag, as 16-byte pairs (time, value), appended to without
// being read. Block: up to 2,048 older ones, packed (src/plant/sensors/reading-codec.ts), with their summary, so that
// wide windows need not unpack them. Blocks of a tag don't overlap, and its tail is newer than all of them. Roll-up:
// what remains, hour by hour, of blocks that are older than readings are kept for.

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
const milliseconds = (name: string) => bigint(name, { mode: "number" });

export const readingBlocks = pgTable(
  "reading_blocks",
  {
    tagId: text("tag_id").notNull(),
    firstMs: milliseconds("first_ms").notNull(),
    lastMs: milliseconds("last_ms").notNull(),
    /** Good and uncertain ones, as are the figures. */
    count: integer("count").notNull(),
    min: doublePrecision("min").notNull(),
    max: doublePrecision("max").notNull(),
    mean: doublePrecision("mean").notNull(),
    /** Sum of squared deviations from the mean. */
    m2: doublePrecision("m2").notNull(),
    uncertain: integer("uncertain").notNull().default(0),
    bad: integer("bad").notNull().default(0),
    data: bytes("data").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tagId, table.firstMs] })],
);

export const latestReadings = pgTable("latest_readings", {
  tagId: text("tag_id").primaryKey(),
  /** Null only while a writer holds the row to fill it. */
  atMs: milliseconds("at_ms"),
  value: doublePrecision("value"),
  /** 0 good, 1 uncertain, 2 bad. */
  quality: smallint("quality").notNull().default(0),
  tail: bytes("tail").notNull(),
});

export const readingRollups = pgTable(
  "reading_rollups",
  {
    tagId: text("tag_id").notNull(),
    /** Which 168 hours since 1970. */
    part: integer("part").notNull(),
    firstMs: milliseconds("first_ms").notNull(),
    lastMs: milliseconds("last_ms").notNull(),
    /** All that were rolled up, bad ones too. */
    readings: milliseconds("readings").notNull(),
    data: bytes("data").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tagId, table.part] })],
);
