import type { Flavour } from "./foreign-tables.ts";

export const postgresFlavourOf = (own: Pick<Flavour, "storeTime" | "timeZone"> & { time: string }): Flavour => ({
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  types: { text: "text", number: "numeric", integer: "smallint", time: own.time, id: "varchar(20)" },
  place: (index) => `$${index}`,
  ...own,
});

export const postgresFlavour = postgresFlavourOf({
  time: "timestamptz",
  storeTime: (time) => time.toISOString(),
  timeZone: undefined,
});
