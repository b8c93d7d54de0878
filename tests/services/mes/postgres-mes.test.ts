import { Client } from "pg";
import { mesStoreContract } from "../../contracts/mes-store.ts";
import { createOwnDatabase } from "../server.ts";
import { mappingOf, wallClock, writeForeignTables, type Flavour } from "./foreign-tables.ts";
import { postgresFlavourOf } from "./postgres-flavour.ts";
import { openForeignMes } from "./open-foreign-mes.ts";

const flavours: Record<string, Flavour> = {
  "times with zone": postgresFlavourOf({
    time: "timestamptz",
    storeTime: (time) => time.toISOString(),
    timeZone: undefined,
  }),
  "times without zone, of UTC": postgresFlavourOf({
    time: "timestamp",
    storeTime: (time) => wallClock(time, 0),
    timeZone: "UTC",
  }),
  "times without zone, of the plant": postgresFlavourOf({
    time: "timestamp",
    storeTime: (time) => wallClock(time, 540),
    timeZone: "Asia/Seoul",
  }),
  "times as text": postgresFlavourOf({ time: "text", storeTime: (time) => time.toISOString(), timeZone: "UTC" }),
};

for (const [name, own] of Object.entries(flavours))
  mesStoreContract(`PostgreSQL, ${name}`, async (records) => {
    const database = await createOwnDatabase();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await writeForeignTables(records, (text, values) => client.query(text, values), own);
    await client.end();
    const source = openForeignMes({
      kind: "postgres",
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
