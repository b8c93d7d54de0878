import { randomBytes } from "node:crypto";
import { Client } from "pg";

/** The server under test; see run.ts. Every test file works in databases of its own. */
export const serverUrl = process.env["SUNBAE_TEST_DATABASE_URL"] ?? "";

export async function asAdmin<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

export type OwnDatabase = { name: string; url: string; drop(): Promise<void> };

/** An empty database; two openings of its url are two processes' views of one server. */
export async function createOwnDatabase(): Promise<OwnDatabase> {
  const name = `sunbae_service_${randomBytes(6).toString("hex")}`;
  await asAdmin(`CREATE DATABASE ${name}`);
  return {
    name,
    url: Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href,
    drop: async () => void (await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}
