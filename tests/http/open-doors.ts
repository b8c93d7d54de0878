import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createSunbae, type Sunbae, type SunbaeOptions } from "../../src/app.ts";
import { readConfig, type Config } from "../../src/config.ts";
import type { NumberedRunEvent } from "../../src/core/run-event.ts";
import { isEnded, type IngestJobWithFiles } from "../../src/knowledge/ingest/ingest-job.ts";
import { createLogger } from "../../src/observability/logger.ts";
import { writeSmallPlant } from "./small-plant.ts";

/** Settings of a Sunbae that finds no model and touches nothing but its folder. */
export function testConfig(dataDir: string, environment: Record<string, string> = {}): Config {
  return readConfig({
    environment: { SUNBAE_DATA_DIR: dataDir, SUNBAE_LLM: "none", SUNBAE_SAMPLE: "off", PORT: "0", ...environment },
    folder: dataDir,
  });
}

export type Doors = {
  sunbae: Sunbae;
  /** Calls as a browser on this machine would. */
  call(path: string, init?: RequestInit & { headers?: Record<string, string> }): Promise<Response>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
};

/** The whole product in this process on a folder of its own, with the small plant unless told. */
export async function openDoors(
  options: { environment?: Record<string, string>; plant?: boolean; sunbae?: SunbaeOptions } = {},
): Promise<Doors> {
  const folder = mkdtempSync(join(tmpdir(), "sunbae-doors-"));
  const config = testConfig(join(folder, "data"), options.environment);
  const logger = createLogger({ level: "error" });
  const sunbae = createSunbae(config, { logger, ...options.sunbae });
  const call: Doors["call"] = async (path, init = {}) =>
    await sunbae.http.request(path, { ...init, headers: { host: "localhost:8080", ...init.headers } });
  const post: Doors["post"] = (path, body, headers = {}) =>
    call(path, {
      method: "POST",
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const doors: Doors = {
    sunbae,
    call,
    post,
    async close() {
      await sunbae.close(0);
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  await sunbae.ready;
  if (options.plant !== false) await bringPlant(doors, join(folder, "plant"));
  return doors;
}

async function bringPlant({ sunbae, call, post }: Doors, folder: string): Promise<void> {
  const plant = writeSmallPlant(folder);
  const owner = { "x-sunbae-owner": sunbae.ownerToken };
  const imported = await post("/api/owner/import", { mappingPath: plant.mapping }, owner);
  const ingested = await post("/api/owner/ingest", { paths: [plant.manual], root: folder }, owner);
  const text = await imported.text();
  if (!text.includes('"result"')) throw new Error(text);
  const { jobId } = (await ingested.json()) as { jobId: string };
  for (;;) {
    const job = (await (await call(`/api/ingestions/${jobId}`)).json()) as IngestJobWithFiles;
    if (job.state === "done" && job.counts.failed === 0) return;
    if (isEnded(job.state)) throw new Error(JSON.stringify(job));
    await pause(30);
  }
}

/** The run events of a stream of server-sent events, with their ids. */
export async function eventsOf(response: Response): Promise<(NumberedRunEvent & { id: string })[]> {
  const blocks = (await response.text()).split("\n\n").filter((block) => block.includes("data: "));
  return blocks.map((block) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
    return { ...(JSON.parse(field("data")) as NumberedRunEvent), id: field("id") };
  });
}
