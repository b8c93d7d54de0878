import { Client } from "pg";
import { findPostgres } from "../find-postgres.ts";
import { startCluster } from "../start-cluster.ts";
import { openForeignMes } from "./open-foreign-mes.ts";
import { outageContract } from "./outage.ts";

outageContract("PostgreSQL", async () => {
  const cluster = await startCluster(findPostgres());
  const client = new Client({ connectionString: cluster.url });
  await client.connect();
  await client.query("CREATE TABLE staff (no int, name text); INSERT INTO staff VALUES (1, 'a'), (2, 'b'), (3, 'c')");
  await client.end();
  const source = openForeignMes({
    kind: "postgres",
    url: cluster.url,
    records: { people: { table: "public.staff", columns: { id: "no", name: "name" } } },
  });
  const close = async () => {
    await source.close();
    await cluster.stop();
  };
  return { source, halt: () => cluster.halt(), resume: () => cluster.resume(), close };
});
