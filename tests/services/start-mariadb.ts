import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createConnection } from "mysql2/promise";
import { freePort } from "./free-port.ts";
import { installPackage } from "./packages.ts";

const server = "/usr/sbin/mariadbd";

export type MariadbServer = {
  /** "mysql://root@127.0.0.1:port" */
  url: string;
  /** Ends the server at once, as a crash does; its data stay. */
  halt(): Promise<void>;
  /** Starts it again on the same port. */
  resume(): Promise<void>;
  stop(): Promise<void>;
};

/** Debian's MariaDB, installed first where it is missing; throws where it can't be. */
function findMariadb(): void {
  if (!existsSync(server)) installPackage("mariadb-server");
  if (!existsSync(server)) throw new Error(`The package mariadb-server brought no ${server}.`);
}

/** MariaDB refuses to run as root: then it runs as the user that Debian's package made for it. */
function ownerOfServer(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "mysql"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (child.exitCode !== null) throw new Error("The throw-away MariaDB ended while it started.");
    const connection = await createConnection({ uri: url }).catch(() => null);
    if (connection) return await connection.end();
    await sleep(100);
  }
  throw new Error("The throw-away MariaDB did not get ready in 15 seconds.");
}

/** A new server on a free loopback port, in a folder that goes with it; in the zone of a Korean plant's server. */
export async function startMariadb(): Promise<MariadbServer> {
  findMariadb();
  const folder = mkdtempSync(join(tmpdir(), "sunbae-mariadb-"));
  const owner = ownerOfServer();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, "data");
  const options = { ...owner, cwd: folder, env: { ...process.env, HOME: folder } };
  const install = ["--no-defaults", `--datadir=${data}`, "--auth-root-authentication-method=normal", "--skip-test-db"];
  execFileSync("mariadb-install-db", install, { ...options, stdio: ["ignore", "ignore", "inherit"] });
  const port = await freePort();
  const own = [`--datadir=${data}`, `--port=${port}`, "--bind-address=127.0.0.1", `--socket=${join(folder, "socket")}`];
  const flags = ["--no-defaults", ...own, "--default-time-zone=+09:00"];
  const url = `mysql://root@127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  };
  const start = async () => {
    child = spawn(server, flags, { ...options, stdio: "ignore" });
    await untilReady(url, child);
  };
  const stop = async () => {
    await end("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return { url, halt: () => end("SIGKILL"), resume: start, stop };
}
