import { jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

/** What a collector must still know after a restart: how far it has read a file, what a short name stands for. */
export const collectorNotes = pgTable(
  "collector_notes",
  {
    /** Its name in the site file. */
    collector: text("collector").notNull(),
    key: text("key").notNull(),
    note: jsonb("note").notNull(),
  },
  (table) => [primaryKey({ columns: [table.collector, table.key] })],
);
