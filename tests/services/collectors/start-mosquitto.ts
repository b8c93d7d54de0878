import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../free-port.ts";
import { installPackage } from "../packages.ts";

const program = "/usr/sbin/mosquitto";

export type Mosquitto = {
  /** "mqtt://127.0.0.1:port"; users plc and sunbae, whose password is "it's". */
  url: string;
  /** An orderly end: it writes to disk what it holds for absent clients. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
};

async function listens(port: number): Promise<boolean> {
  const socket = createConnection(port, "127.0.0.1");
  const answer = await once(socket, "connect").catch(() => null);
  socket.destroy();
  return answer !== null;
}

/** Debian's Mosquitto with logins on a free loopback port, in a folder that goes with it; installed where it is missing. */
export async function startMosquitto(): Promise<Mosquitto> {
  if (!existsSync(program)) installPackage("mosquitto");
  const folder = mkdtempSync(join(tmpdir(), "sunbae-mosquitto-"));
  const port = await freePort();
  const passwords = join(folder, "passwords");
  const access = join(folder, "access");
  writeFileSync(passwords, "");
  for (const user of ["plc", "sunbae"]) execFileSync("mosquitto_passwd", ["-b", passwords, user, "it's"]);
  // Sunbae's user may read and nothing else: what it would publish is refused by the broker.
  writeFileSync(access, "user plc\ntopic readwrite #\n\nuser sunbae\ntopic read #\n");
  const owner = process.getuid?.() === 0 ? "user root\n" : "";
  writeFileSync(
    join(folder, "mosquitto.conf"),
    `${owner}listener ${port} 127.0.0.1
allow_anonymous false
password_file ${passwords}
acl_file ${access}
persistence true
persistence_location ${folder}/
max_queued_messages 0
log_type none
`,
  );
  let server: ChildProcess | null = null;
  const halt = async () => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    server.kill("SIGTERM");
    await once(server, "exit");
  };
  const resume = async () => {
    const begun = spawn(program, ["-c", join(folder, "mosquitto.conf")], { stdio: "ignore" });
    server = begun;
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if (begun.exitCode !== null) break;
      if (await listens(port)) return;
      await sleep(50);
    }
    throw new Error("The throw-away Mosquitto did not get ready.");
  };
  const stop = async () => {
    await halt();
    rmSync(folder, { recursive: true, force: true });
  };
  await resume();
  return { url: `mqtt://127.0.0.1:${port}`, halt, resume, stop };
}
