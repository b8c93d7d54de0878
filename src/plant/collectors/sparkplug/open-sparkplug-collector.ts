import { createZone } from "../../import/values/zoned-time.ts";
import { viewSource } from "../../sensors/source-view.ts";
import type { Collector, CollectorDeps } from "../../source.ts";
import { createCollectorCounts } from "../collector-counts.ts";
import { brokerPlace } from "../mqtt/broker-options.ts";
import { openBrokerSession, type BrokerMessage } from "../mqtt/broker-session.ts";
import { clockDifference, listenToBroker } from "../mqtt/probe-mqtt.ts";
import { createReceiptTimes } from "../mqtt/receipt-times.ts";
import { createReadingIntake } from "../reading-intake.ts";
import { createTagBook } from "../tag-book.ts";
import { toPayload, type ProtoPayload, type SparkplugPayload } from "./decode-payload.ts";
import type { EdgeNode } from "./edge-nodes.ts";
import { createEdgeListener } from "./listen-to-edges.ts";
import type { SparkplugCollectorSettings } from "./sparkplug-settings.ts";

type Decode = (bytes: Uint8Array) => ProtoPayload;
const birth = "birth ";

async function loadDecoder(): Promise<Decode> {
  const { default: proto } = await import("sparkplug-payload/lib/sparkplugPayloadProto.js");
  // The generated class types its 64-bit fields as Long or number; what is read of it is ProtoPayload.
  return (bytes) => proto.org.eclipse.tahu.protobuf.Payload.decode(bytes) as unknown as ProtoPayload;
}

function decode(decoder: Decode, { payload }: BrokerMessage): SparkplugPayload | null {
  try {
    return toPayload(decoder(payload));
  } catch {
    return null;
  }
}

/** Listens to Sparkplug B; it publishes neither STATE nor commands, so a missed birth is waited for, not asked for. */
export function openSparkplugCollector(settings: SparkplugCollectorSettings, deps: CollectorDeps): Collector {
  const { name, kind } = settings;
  const counts = createCollectorCounts(name, deps.now);
  const timeZone = settings.time_zone ?? deps.timeZone;
  const zone = createZone(timeZone);
  const filters = settings.groups?.map((group) => `spBv1.0/${group}/#`) ?? ["spBv1.0/#"];
  const listener = createEdgeListener(settings, counts, zone);
  const receipts = createReceiptTimes(name, deps.memory);
  const book = createTagBook({
    ...{ source: name, timeZone, tags: settings.tags, discover: settings.discover, mostTags: settings.most_tags },
    ...{ writer: deps.writer, memory: deps.memory },
  });
  let unsaved: Record<string, EdgeNode> = {};
  let decoder: Decode | null = null;

  async function saveBirths(): Promise<void> {
    unsaved = { ...unsaved, ...listener.changed() };
    const saved = unsaved;
    const notes = Object.fromEntries(Object.entries(saved).map(([key, edge]) => [birth + key, edge]));
    if (Object.keys(notes).length > 0) await deps.memory.remember(name, notes);
    unsaved = {};
    await receipts.save();
  }

  const intake = createReadingIntake({
    ...{ settings, writer: deps.writer, book, counts, logger: deps.logger, beforeWrite: saveBirths },
  });

  async function recall(): Promise<void> {
    if (decoder) return;
    const notes = [...(await deps.memory.recall(name))].filter(([key]) => key.startsWith(birth));
    listener.recall(new Map(notes.map(([key, edge]) => [key.slice(birth.length), edge as EdgeNode])));
    await receipts.recall();
    decoder = await loadDecoder();
  }

  function hear(message: BrokerMessage): Promise<void> {
    if (!decoder || !/\/[ND](BIRTH|DATA|DEATH)\//.test(message.topic)) return Promise.resolve();
    const payload = decode(decoder, message);
    if (!payload) {
      counts.leaveOut("a payload that is not Sparkplug B", message.topic);
      return Promise.resolve();
    }
    return intake.take(listener.hear(message, payload, () => receipts.of(message)));
  }

  const session = openBrokerSession({
    ...{ settings, deps, counts, filters, beforeListening: recall },
    ...{ onMessage: hear, onWindowFull: intake.flush, room: intake.room },
  });

  return {
    name,
    start: session.start,
    status: counts.status,
    probe: () =>
      viewSource({ name, kind, place: brokerPlace(settings) }, async () => {
        const load = await loadDecoder();
        const seen = createCollectorCounts(name, deps.now);
        const once = createEdgeListener({ ...settings, clock_tolerance_s: 1e10 }, seen, zone);
        const messages = await listenToBroker(settings, deps, filters);
        const pairs: { sentMs: number; receivedMs: number }[] = [];
        const readings = messages.flatMap((message) => {
          const payload = decode(load, message);
          if (payload?.timestampMs != null) pairs.push({ sentMs: payload.timestampMs, receivedMs: message.receivedMs });
          return payload ? once.hear(message, payload, () => message.receivedMs) : [];
        });
        const nodes = new Set(
          messages.map(({ topic }) =>
            topic
              .split("/")
              .filter((_, at) => at === 1 || at === 3)
              .join("/"),
          ),
        );
        const newest = readings.reduce((last, { atMs }) => Math.max(last, atMs), -Infinity);
        return {
          tags: new Set(readings.map(({ tag }) => tag.id)).size,
          rows: [{ records: "readings" as const, count: readings.length }],
          newest: newest === -Infinity ? null : new Date(newest),
          clockDifferenceMs: clockDifference(pairs),
          notes: [
            `${messages.length} messages of ${nodes.size} edge nodes in 3 s`,
            "reads only: no STATE, no commands",
            ...seen
              .status()
              .leftOut.map(({ reason, example }) => `${reason}: ${example}`)
              .slice(0, 5),
          ],
        };
      }),
    async close() {
      session.stopListening();
      await intake.close();
      await session.close();
    },
  };
}
