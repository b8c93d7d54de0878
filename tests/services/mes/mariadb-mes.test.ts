import { mesStoreContract } from "../../contracts/mes-store.ts";
import { createMariadbDatabase } from "./mariadb-server.ts";
import { mappingOf, wallClock, writeForeignTables, type Flavour } from "./foreign-tables.ts";
import { mariadbFlavourOf } from "./mariadb-flavour.ts";
import { openForeignMes } from "./open-foreign-mes.ts";

const flavours: Record<string, Flavour> = {
  "TIMESTAMP, an instant": mariadbFlavourOf({
    time: "timestamp(3) NULL",
    storeTime: (time) => wallClock(time, 0),
    timeZone: undefined,
  }),
  "DATETIME of UTC": mariadbFlavourOf({
    time: "datetime(3)",
    storeTime: (time) => wallClock(time, 0),
    timeZone: "UTC",
  }),
  "DATETIME of the plant": mariadbFlavourOf({
    time: "datetime(3)",
    storeTime: (time) => wallClock(time, 540),
    timeZone: "Asia/Seoul",
  }),
  "times as text": mariadbFlavourOf({ time: "varchar(40)", storeTime: (time) => time.toISOString(), timeZone: "UTC" }),
};

for (const [name, own] of Object.entries(flavours))
  mesStoreContract(`MariaDB, ${name}`, async (records) => {
    // A collation that takes E and e, and é, for the same: the answers must not.
    const database = await createMariadbDatabase("CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    await writeForeignTables(records, (text, values) => database.execute(text, values), own);
    const source = openForeignMes({
      kind: "mariadb",
      url: database.url,
      records: mappingOf(["equipment", "failure_codes", "work_orders", "events"], own),
    });
    return {
      store: source.store,
      close: async () => {
        await source.close();
        await database.drop();
      },
    };
  });
