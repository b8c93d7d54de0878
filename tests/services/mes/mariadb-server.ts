import { randomBytes } from "node:crypto";
import { createConnection, type Connection } from "mysql2/promise";

/** The server under test, "mysql://root@127.0.0.1:port"; see test-mariadb.ts. */
export const mariadbUrl = process.env["SUNBAE_TEST_MARIADB_URL"] ?? "";

export async function asMariadbAdmin<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection({ uri: mariadbUrl, timezone: "Z" });
  try {
    await connection.query("SET time_zone = '+00:00'");
    return await work(connection);
  } finally {
    await connection.end();
  }
}

export type MariadbDatabase = {
  url: string;
  execute(text: string, values?: unknown[]): Promise<unknown>;
  drop(): Promise<void>;
};

/** An empty database, to be read as a user who may only SELECT. */
export async function createMariadbDatabase(options = ""): Promise<MariadbDatabase> {
  const name = `plant_${randomBytes(6).toString("hex")}`;
  const reader = `reader_${randomBytes(4).toString("hex")}`;
  const connection = await createConnection({ uri: mariadbUrl, timezone: "Z" });
  await connection.query("SET time_zone = '+00:00'");
  await connection.query(`CREATE DATABASE ${name} ${options}`);
  await connection.query(`CREATE USER ${reader} IDENTIFIED BY 'secret'`);
  await connection.query(`GRANT SELECT ON ${name}.* TO ${reader}`);
  await connection.query(`USE ${name}`);
  const { host } = new URL(mariadbUrl);
  return {
    url: `mysql://${reader}:secret@${host}/${name}`,
    execute: async (text, values = []) => (await connection.query(text, values))[0],
    async drop() {
      await connection.query(`DROP DATABASE ${name}`);
      await connection.query(`DROP USER ${reader}`);
      await connection.end();
    },
  };
}
