import { setTimeout as sleep } from "node:timers/promises";
import { toSunbaeError } from "../../../core/errors.ts";
import { createZone } from "../../import/values/zoned-time.ts";
import type { Collector, CollectorDeps } from "../../source.ts";
import { createBackoff } from "../backoff.ts";
import { createCollectorCounts } from "../collector-counts.ts";
import { createReadingIntake, type HeardReading } from "../reading-intake.ts";
import { createTagBook } from "../tag-book.ts";
import { findNodes, type Followed } from "./find-nodes.ts";
import { followNodes } from "./follow-nodes.ts";
import type { OpcuaCollectorSettings } from "./opcua-settings.ts";
import { openOpcuaSession, type OpcuaConnection } from "./opcua-session.ts";
import { probeOpcua } from "./probe-opcua.ts";
import { readDataValue, type SentValue } from "./read-data-value.ts";
import { readHistory } from "./read-history.ts";

const hourMs = 3_600_000;

/** Follows variables of an OPC UA server by subscription and reads what was missed from its history; reads only. */
export function openOpcuaCollector(settings: OpcuaCollectorSettings, deps: CollectorDeps): Collector {
  const { name, url } = settings;
  const counts = createCollectorCounts(name, deps.now);
  const timeZone = settings.time_zone ?? deps.timeZone;
  const zone = createZone(timeZone);
  const book = createTagBook({
    ...{ source: name, timeZone, tags: settings.tags, discover: true, mostTags: settings.most_tags },
    ...{ writer: deps.writer, memory: deps.memory },
  });
  const intake = createReadingIntake({ settings, writer: deps.writer, book, counts, logger: deps.logger });
  const closing = new AbortController();
  const { signal } = closing;
  let connection: OpcuaConnection | null = null;
  let running: Promise<void> | null = null;

  function readingsOf(node: Followed, values: SentValue[]): HeardReading[] {
    const receivedMs = deps.now().getTime();
    const toleranceMs = settings.clock_tolerance_s * 1000;
    return values.flatMap((sent) => {
      const read = readDataValue(node.tag, sent, {
        ...{ index: node.index, timestamps: settings.timestamps, toleranceMs, receivedMs, zone },
      });
      if ("refused" in read) {
        counts.leaveOut(read.refused, node.tag.id);
        return [];
      }
      if (read.doubt) counts.leaveOut(read.doubt, `${node.tag.id} = ${read.reading.value}`);
      return [read.reading];
    });
  }

  /** What was missed since the newest reading that we have of each variable. */
  async function backfill({ session }: OpcuaConnection, nodes: Followed[]): Promise<void> {
    if (settings.backfill_hours === 0) return;
    const toMs = deps.now().getTime() + 1;
    const newest = await deps.memory.newest(nodes.map(({ tag }) => tag.id));
    const without: string[] = [];
    for (const node of nodes) {
      const sinceMs = newest.get(node.tag.id);
      if (sinceMs === undefined) continue;
      const fromMs = Math.max(sinceMs, toMs - settings.backfill_hours * hourMs);
      const why = await readHistory(session, node, { fromMs, toMs }, async (values) => {
        await intake.room();
        await intake.take(readingsOf(node, values));
      });
      if (why !== null) without.push(`${node.tag.id}: ${why}`);
    }
    const gaps = `what was missed stays missing for ${without.length} tags, of which the server gives no history (${without[0]})`;
    counts.note("history", without.length > 0 ? gaps : null);
  }

  async function listenOnce(opened: OpcuaConnection): Promise<string> {
    const nodes = await findNodes(opened.session, settings, counts);
    // Live values wait until what was missed is written: the newest reading says how far we are.
    let held: [Followed, SentValue][] | null = [];
    await followNodes(opened.session, nodes, settings, counts, (node, value) => {
      if (held) held.push([node, value]);
      else void intake.take(readingsOf(node, [value]));
    });
    counts.enter("connected");
    await Promise.race([backfill(opened, nodes), opened.lost]);
    for (const [node, value] of held) void intake.take(readingsOf(node, [value]));
    held = null;
    return await opened.lost;
  }

  async function run(): Promise<void> {
    const backoff = createBackoff();
    while (!signal.aborted) {
      let problem = "";
      try {
        connection = await openOpcuaSession(settings, deps);
        backoff.reset();
        problem = `${url}: ${await listenOnce(connection)}`;
      } catch (thrown) {
        const { message, fix = "" } = toSunbaeError(thrown);
        problem = `${message} ${fix}`.trim();
      }
      await connection?.close();
      connection = null;
      if (signal.aborted) return;
      counts.enter("disconnected", problem);
      deps.logger.warn({ collector: name, problem }, "collector is not connected");
      await sleep(backoff.next(), undefined, { signal }).catch(() => {});
    }
  }

  return {
    name,
    start() {
      running ??= run();
    },
    status: counts.status,
    probe: () => probeOpcua(settings, deps, zone),
    async close() {
      closing.abort();
      await connection?.close();
      await running;
      await intake.close();
      counts.enter("stopped");
    },
  };
}
