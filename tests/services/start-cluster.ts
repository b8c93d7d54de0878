import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { PostgresInstallation } from "./find-postgres.ts";
import { freePort } from "./free-port.ts";

export type Cluster = {
  url: string;
  stop(): Promise<void>;
  /** Ends the server as a power cut would, the folder stays; `resume` starts it again on the same port. */
  halt(): Promise<void>;
  resume(): Promise<void>;
};
type Owner = { uid: number; gid: number };

/** Postgres refuses to run as root: then it runs as the user that Debian's package made for it. */
function ownerOfCluster(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function untilReady(bin: string, port: number, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (server.exitCode !== null) throw new Error("The throw-away Postgres ended while it started.");
    if (spawnSync(join(bin, "pg_isready"), ["-q", "-h", "127.0.0.1", "-p", String(port)]).status === 0) return;
    await sleep(100);
  }
  throw new Error("The throw-away Postgres did not get ready in 15 seconds.");
}

/** As a server that somebody set up for something else may have them, unlike the embedded engine's. */
const foreignSettings = {
  datestyle: "SQL, DMY",
  timezone: "Asia/Seoul",
  extra_float_digits: "0",
  default_transaction_isolation: "repeatable read",
};

/** A new cluster on a free loopback port, in a folder that goes with it. */
export async function startCluster({ bin }: PostgresInstallation): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "sunbae-postgres-"));
  const owner = ownerOfCluster();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, "data");
  const options = { ...owner, cwd: folder, env: { ...process.env, HOME: folder } };
  const sorting = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=ko-KR"];
  const initdb = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", ...sorting, "--no-sync"];
  execFileSync(join(bin, "initdb"), initdb, { ...options, stdio: ["ignore", "ignore", "inherit"] });
  const port = await freePort();
  const own = { port, listen_addresses: "127.0.0.1", unix_socket_directories: folder, fsync: "off" };
  const settings = { ...own, ...foreignSettings };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  let server: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals) => {
    if (server?.exitCode !== null) return;
    server.kill(signal);
    await once(server, "exit");
  };
  const stop = async () => {
    await end("SIGINT");
    rmSync(folder, { recursive: true, force: true });
  };
  const start = async () => {
    server = spawn(join(bin, "postgres"), ["-D", data, ...flags], { ...options, stdio: "ignore" });
    try {
      await untilReady(bin, port, server);
    } catch (thrown) {
      await stop();
      throw thrown;
    }
  };
  await start();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return { url, stop, halt: () => end("SIGQUIT"), resume: start };
}
