import { writeSync } from "node:fs";
import { openDatabase } from "../../src/db/open-database.ts";

// A process that hosts the embedded database, to be killed: `node embedded-child.ts <dataDir> hold|insert`.
// It says "ready", then, inserting, every id once its commit was acknowledged; a refusal as "refused <message>".

const [dataDir = "", mode = "hold"] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);

try {
  const { pool } = await openDatabase({ dataDir });
  await pool.query("CREATE TABLE IF NOT EXISTS kept (id bigserial PRIMARY KEY, content text NOT NULL)");
  say("ready");
  const insert = "INSERT INTO kept (content) VALUES ($1) RETURNING id";
  if (mode === "insert")
    for (;;) {
      const inserted = await pool.query<{ id: string }>(insert, ["x".repeat(500)]);
      say(inserted.rows[0]?.id ?? "?");
    }
  setInterval(() => {}, 60_000);
} catch (error) {
  say(`refused ${error instanceof Error ? error.message : String(error)}`);
  process.exit(3);
}
