import { setTimeout as pause } from "node:timers/promises";
import { SunbaeError, toSunbaeError } from "../core/errors.ts";
import type { IngestFile, IngestJobWithFiles } from "../knowledge/ingest/ingest-job.ts";
import { isEnded } from "../knowledge/ingest/ingest-job.ts";
import type { Cli } from "./cli.ts";
import { postJson, type Door } from "./open-door.ts";
import { progressLine } from "./show-ingestion.ts";
import { eventsOf } from "./read-stream.ts";

const plainLineEveryMs = 5_000;
/** Times that the connection may be lost without a word in between, a second longer apart each time. */
const mostLost = 4;

/** Follows a job to its end, with a bar on a terminal and a line now and then elsewhere. Ctrl-C cancels the job. */
export async function followIngestion(cli: Cli, door: Door, jobId: string): Promise<IngestJobWithFiles> {
  const { terminal, signal } = cli;
  const cancel = () => {
    terminal.say("Stopping …");
    door.fetch(`/api/ingestions/${jobId}/cancel`, postJson({})).catch((thrown: unknown) => {
      if (toSunbaeError(thrown).code !== "conflict") terminal.say(toSunbaeError(thrown).message);
    });
  };
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  const started = performance.now();
  let saidAt = started;
  try {
    for await (const job of progressOf(door, jobId)) {
      const line = progressLine(job, (performance.now() - started) / 1_000);
      if (isEnded(job.state)) break;
      terminal.progress(line.label, line.done, line.total);
      if (!process.stderr.isTTY && performance.now() - saidAt > plainLineEveryMs) {
        terminal.say(line.label);
        saidAt = performance.now();
      }
    }
  } finally {
    signal.removeEventListener("abort", cancel);
    terminal.endProgress();
  }
  return (await (await door.fetch(`/api/ingestions/${jobId}`)).json()) as IngestJobWithFiles;
}

/** The job as it goes on, always with all of its files. A lost connection is made anew; the work doesn't depend on it. */
async function* progressOf(door: Door, jobId: string): AsyncGenerator<IngestJobWithFiles> {
  for (let lost = 0; ; lost += 1) {
    if (lost > 0) await pause(lost * 1_000);
    try {
      for await (const job of progressOnce(door, jobId)) {
        lost = 0;
        yield job;
        if (isEnded(job.state)) return;
      }
    } catch (thrown) {
      if (thrown instanceof SunbaeError && thrown.code !== "unavailable") throw thrown;
    }
    if (lost >= mostLost)
      throw new SunbaeError("unavailable", "The server went away while it was reading.", {
        fix: "It goes on when it is started again; sunbae ingest --status shows how far it is.",
      });
  }
}

async function* progressOnce(door: Door, jobId: string): AsyncGenerator<IngestJobWithFiles> {
  const response = await door.fetch(`/api/ingestions/${jobId}/events`);
  const files = new Map<number, IngestFile>();
  for await (const data of eventsOf<IngestJobWithFiles>(response.body)) {
    for (const file of data.files) files.set(file.ordinal, file);
    yield { ...data, files: [...files.values()] };
  }
}
