import { attackContract, hostileRecords } from "./attacks.ts";
import { mappingOf, writeForeignTables } from "./foreign-tables.ts";
import { mariadbFlavour } from "./mariadb-flavour.ts";
import { createMariadbDatabase, mariadbUrl } from "./mariadb-server.ts";
import { openForeignMes } from "./open-foreign-mes.ts";

attackContract("MariaDB, as root", async () => {
  const database = await createMariadbDatabase("CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
  await database.execute("CREATE TABLE victims (name text)");
  await database.execute("INSERT INTO victims VALUES ('a'), ('b'), ('c')");
  await writeForeignTables(hostileRecords, (text, values) => database.execute(text, values), mariadbFlavour);
  // The worst case: the login may do everything, so that only the session stands in the way.
  const source = openForeignMes({
    kind: "mariadb",
    url: `${mariadbUrl}/${new URL(database.url).pathname.slice(1)}`,
    records: mappingOf(["equipment", "failure_codes", "work_orders", "events"], mariadbFlavour),
  });
  return {
    source,
    victims: async () =>
      Number(((await database.execute("SELECT count(*) AS n FROM victims")) as { n: number }[])[0]?.n),
    close: async () => {
      await source.close();
      await database.drop();
    },
  };
});
