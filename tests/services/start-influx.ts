import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { installPackage } from "./packages.ts";

const program = "/usr/bin/influxd";
const admin = { u: "owner", p: "owner's" };

export type Influx = {
  url: string;
  /** What its owner does: not ours to do. Rejects with what the server said. */
  owner(statement: string): Promise<void>;
  write(database: string, lines: string[]): Promise<void>;
  stop(): Promise<void>;
  /** Ends the server as a power cut would, the folder stays; `resume` starts it again on the same port. */
  halt(): Promise<void>;
  resume(): Promise<void>;
};

/** Debian's InfluxDB 1 with logins on a free loopback port, in a folder that goes with it; installed where it is missing. */
export async function startInflux(): Promise<Influx> {
  if (!existsSync(program)) installPackage("influxdb");
  const folder = mkdtempSync(join(tmpdir(), "sunbae-influx-"));
  const [port, backup] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const settings = join(folder, "influxdb.conf");
  writeFileSync(
    settings,
    `reporting-disabled = true
bind-address = "127.0.0.1:${backup}"
[meta]
dir = "${folder}/meta"
[data]
dir = "${folder}/data"
wal-dir = "${folder}/wal"
[http]
bind-address = "127.0.0.1:${port}"
auth-enabled = true
log-enabled = false
`,
  );
  let server: ChildProcess | null = null;
  const end = async () => {
    if (server?.exitCode !== null || server.signalCode !== null) return;
    server.kill("SIGKILL");
    await once(server, "exit");
  };
  const stop = async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  };
  const start = async () => {
    const begun = spawn(program, ["-config", settings], { cwd: folder, env: { HOME: folder }, stdio: "ignore" });
    server = begun;
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if (begun.exitCode !== null) break;
      const answer = await fetch(`${url}/ping`).catch(() => null);
      if (answer?.ok) return;
      await sleep(100);
    }
    await stop();
    throw new Error("The throw-away InfluxDB did not get ready in 20 seconds.");
  };
  const post = async (path: string, parameters: Record<string, string>, body: string | null) => {
    const answer = await fetch(`${url}/${path}?${new URLSearchParams({ ...admin, ...parameters })}`, {
      method: "POST",
      body,
    });
    const text = await answer.text();
    if (!answer.ok || text.includes('"error"')) throw new Error(`InfluxDB: ${text || answer.status}`);
  };
  const owner = (statement: string) => post("query", { q: statement }, null);
  await start();
  await owner(`CREATE USER owner WITH PASSWORD 'owner\\'s' WITH ALL PRIVILEGES`);
  const write = (db: string, lines: string[]) => post("write", { db, precision: "ms" }, lines.join("\n"));
  return { url, owner, write, stop, halt: end, resume: start };
}
