import { createConnection } from "mysql2/promise";
import { startMariadb } from "../start-mariadb.ts";
import { openForeignMes } from "./open-foreign-mes.ts";
import { outageContract } from "./outage.ts";

outageContract("MariaDB", async () => {
  const server = await startMariadb();
  const connection = await createConnection({ uri: server.url, multipleStatements: true });
  await connection.query(
    "CREATE DATABASE mes; CREATE TABLE mes.staff (no int, name text); INSERT INTO mes.staff VALUES (1, 'a'), (2, 'b'), (3, 'c')",
  );
  await connection.end();
  const source = openForeignMes({
    kind: "mariadb",
    url: `${server.url}/mes`,
    records: { people: { table: "staff", columns: { id: "no", name: "name" } } },
  });
  const close = async () => {
    await source.close();
    await server.stop();
  };
  return { source, halt: () => server.halt(), resume: () => server.resume(), close };
});
