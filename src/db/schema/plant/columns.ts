import { doublePrecision, text, timestamp } from "drizzle-orm/pg-core";

// Column types of plant records: one for each type of field in src/plant/mes/catalogue.ts.

/** The data set that a row came from; (source, id) is every table's key. */
export const source = () => text("source").notNull();
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
export const number = (name: string) => doublePrecision(name);
export const list = (name: string) => text(name).array();
