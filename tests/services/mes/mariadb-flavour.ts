import { wallClock, type Flavour } from "./foreign-tables.ts";

export const mariadbFlavourOf = (own: Pick<Flavour, "storeTime" | "timeZone"> & { time: string }): Flavour => ({
  quote: (name) => `\`${name.replaceAll("`", "``")}\``,
  types: { text: "text", number: "decimal(12,3)", integer: "tinyint(1)", time: own.time, id: "varchar(20)" },
  place: () => "?",
  ...own,
});

export const mariadbFlavour = mariadbFlavourOf({
  time: "timestamp(3) NULL",
  storeTime: (time) => wallClock(time, 0),
  timeZone: undefined,
});
