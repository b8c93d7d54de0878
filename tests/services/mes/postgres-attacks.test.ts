import { Client } from "pg";
import { createOwnDatabase } from "../server.ts";
import { attackContract, hostileRecords } from "./attacks.ts";
import { mappingOf, writeForeignTables } from "./foreign-tables.ts";
import { openForeignMes } from "./open-foreign-mes.ts";
import { postgresFlavour } from "./postgres-flavour.ts";

attackContract("PostgreSQL, as its owner", async () => {
  const database = await createOwnDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query("CREATE TABLE victims (name text); INSERT INTO victims VALUES ('a'), ('b'), ('c')");
  await writeForeignTables(hostileRecords, (text, values) => client.query(text, values), postgresFlavour);
  // The worst case: the login may do everything, so that only the session stands in the way.
  const source = openForeignMes({
    kind: "postgres",
    url: database.url,
    records: mappingOf(["equipment", "failure_codes", "work_orders", "events"], postgresFlavour),
  });
  return {
    source,
    victims: async () => Number((await client.query("SELECT count(*) AS n FROM victims")).rows[0].n),
    close: async () => {
      await source.close();
      await client.end();
      await database.drop();
    },
  };
});
