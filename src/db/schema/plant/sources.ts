import { boolean, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** Where plant data came from: the sample, or an import by its name. Removing a source removes its rows everywhere. */
export const dataSources = pgTable("data_sources", {
  name: text("name").primaryKey(),
  title: text("title").notNull(),
  timeZone: text("time_zone").notNull(),
  sample: boolean("sample").notNull().default(false),
  createdAt: instant("created_at").notNull().defaultNow(),
});
