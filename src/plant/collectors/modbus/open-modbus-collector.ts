import { setTimeout as sleep } from "node:timers/promises";
import { SunbaeError } from "../../../core/errors.ts";
import { viewSource } from "../../sensors/source-view.ts";
import type { Collector, CollectorDeps } from "../../source.ts";
import { createBackoff } from "../backoff.ts";
import { createCollectorCounts } from "../collector-counts.ts";
import { createReadingIntake, type HeardReading } from "../reading-intake.ts";
import { createTagBook } from "../tag-book.ts";
import { messageOf, openModbusLine, type ModbusLine } from "./modbus-line.ts";
import type { ModbusCollectorSettings } from "./modbus-settings.ts";
import { createPoll } from "./poll-registers.ts";

/** Asks machines for their registers over Modbus TCP, with the four functions that read. */
export function openModbusCollector(settings: ModbusCollectorSettings, deps: CollectorDeps): Collector {
  const { name, host, port, kind } = settings;
  const place = `${host}:${port}`;
  const counts = createCollectorCounts(name, deps.now);
  const book = createTagBook({
    ...{ source: name, timeZone: settings.time_zone ?? deps.timeZone, tags: settings.tags },
    ...{ discover: false, mostTags: settings.tags.length, writer: deps.writer, memory: deps.memory },
  });
  const intake = createReadingIntake({ settings, writer: deps.writer, book, counts, logger: deps.logger });
  const poll = createPoll(settings, counts, deps.now);
  const closing = new AbortController();
  const { signal } = closing;
  let running: Promise<void> | null = null;

  async function pollUntilBroken(line: ModbusLine): Promise<void> {
    for (let due = performance.now(); !signal.aborted; due = Math.max(due + settings.poll_ms, performance.now())) {
      await intake.room();
      await poll(line, (readings) => void intake.take(readings));
      counts.enter("connected");
      await sleep(Math.max(0, due + settings.poll_ms - performance.now()), undefined, { signal }).catch(() => {});
    }
  }

  async function run(): Promise<void> {
    const backoff = createBackoff();
    while (!signal.aborted) {
      let line: ModbusLine | null = null;
      try {
        line = await openModbusLine(settings, deps);
        backoff.reset();
        await pollUntilBroken(line);
      } catch (thrown) {
        if (signal.aborted) break;
        const problem =
          thrown instanceof SunbaeError ? thrown.message : `${place} does not answer: ${messageOf(thrown)}`;
        counts.enter("disconnected", problem);
        deps.logger.warn({ collector: name, problem }, "collector is not connected");
      } finally {
        await line?.close();
      }
      await sleep(backoff.next(), undefined, { signal }).catch(() => {});
    }
  }

  return {
    name,
    start() {
      running ??= run();
    },
    status: counts.status,
    probe: () =>
      viewSource({ name, kind, place }, async () => {
        const seen = createCollectorCounts(name, deps.now);
        const once = createPoll(settings, seen, deps.now);
        const line = await openModbusLine(settings, deps);
        const heard = new Map<string, HeardReading>();
        try {
          // The second time, what one bad address had spoilt.
          for (let times = 0; times < 2; times += 1)
            await once(line, (readings) => readings.forEach((reading) => heard.set(reading.tag.id, reading)));
        } finally {
          await line.close();
        }
        const faults = seen.status().leftOut.map(({ reason, example }) => `${example}: ${reason}`);
        return {
          ...{ tags: heard.size, newest: heard.size > 0 ? deps.now() : null, clockDifferenceMs: null },
          rows: [{ records: "readings" as const, count: heard.size }],
          notes: [
            `${heard.size} of ${settings.tags.length} registers answer`,
            "reads only: functions 1 to 4",
            ...faults.slice(0, 5),
          ],
        };
      }),
    async close() {
      closing.abort();
      // Polling may be waiting for room.
      await intake.close();
      await running;
      counts.enter("stopped");
    },
  };
}
