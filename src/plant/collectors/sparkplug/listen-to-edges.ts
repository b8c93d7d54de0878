import type { Zone } from "../../import/values/zoned-time.ts";
import type { Quality } from "../../sensor-store.ts";
import type { CollectorCounts } from "../collector-counts.ts";
import { doubted, judgeTime } from "../judge-time.ts";
import { fillTemplate } from "../mqtt/topic-template.ts";
import type { BrokerMessage } from "../mqtt/broker-session.ts";
import { readValue } from "../read-value.ts";
import type { HeardReading } from "../reading-intake.ts";
import { withSign, type SparkplugMetric, type SparkplugPayload } from "./decode-payload.ts";
import {
  describe,
  newEdgeNode,
  readTopic,
  takeBirth,
  takeDeath,
  takeSeq,
  type Described,
  type EdgeNode,
  type Topic,
} from "./edge-nodes.ts";
import type { SparkplugCollectorSettings } from "./sparkplug-settings.ts";

export type EdgeListener = {
  /** The readings of a message; births, deaths and gaps are noted in the counts. */
  hear(message: BrokerMessage, payload: SparkplugPayload, receipt: () => number): HeardReading[];
  /** Nodes whose birth changed since the last call, to be remembered. */
  changed(): Record<string, EdgeNode>;
  recall(nodes: Map<string, EdgeNode>): void;
};

const own = /^(bdSeq$|Node Control\/|Device Control\/|Node Info\/|Device Info\/)/;
const qualities: Record<number, Quality> = { 192: "good", 500: "uncertain", 0: "bad" };

export function createEdgeListener(
  settings: SparkplugCollectorSettings,
  counts: Pick<CollectorCounts, "leaveOut" | "note">,
  zone: Zone,
): EdgeListener {
  const edges = new Map<string, EdgeNode>();
  const changed = new Set<string>();
  const toleranceMs = settings.clock_tolerance_s * 1000;

  function readingOf(
    topic: Topic,
    known: Described,
    metric: SparkplugMetric,
    sent: SparkplugPayload,
    message: BrokerMessage,
    receipt: () => number,
    remembered: boolean,
  ): HeardReading[] {
    const example = `${topic.group}/${topic.node}${topic.device === null ? "" : `/${topic.device}`} ${known.name}`;
    const refuse = (reason: string) => (counts.leaveOut(reason, example), []);
    if (metric.value === undefined) return refuse("a data set, a template or bytes");
    const type = metric.datatype ?? known.datatype;
    const signed = typeof metric.value === "number" ? withSign(metric.value, type) : metric.value;
    const read = typeof signed === "object" && signed !== null ? signed : readValue(signed);
    if ("refused" in read) return refuse(read.refused);
    const names = { group: topic.group, node: topic.node, device: topic.device ?? topic.node };
    const equipment = fillTemplate(settings.equipment, names);
    const id = equipment === null ? null : fillTemplate(settings.id, { ...names, equipment, metric: known.name });
    if (id === null) return refuse("a metric whose tag can't be named");
    const judged = judgeTime(metric.timestampMs ?? sent.timestampMs, message.receivedMs, toleranceMs, zone);
    const time = judged.from === "receipt" ? { ...judged, atMs: receipt() } : judged;
    if ("doubt" in time) counts.leaveOut(`${time.doubt}: time of receipt taken`, example);
    if (remembered) counts.leaveOut("by a birth of before our restart: kept as uncertain", example);
    const stated = metric.quality === null ? "good" : (qualities[metric.quality] ?? "uncertain");
    const quality = remembered && stated === "good" ? "uncertain" : doubted(stated, time);
    const tag = { id, equipment, name: known.name, unit: metric.unit ?? known.unit };
    return [{ tag, atMs: time.atMs, value: read.value, quality }];
  }

  function hear(message: BrokerMessage, payload: SparkplugPayload, receipt: () => number): HeardReading[] {
    const topic = readTopic(message.topic);
    if (!topic || !/^[ND](BIRTH|DATA|DEATH)$/.test(topic.kind)) return [];
    const key = `${topic.group}/${topic.node}`;
    const whole = topic.device === null ? key : `${key}/${topic.device}`;
    const edge = edges.get(key) ?? newEdgeNode();
    edges.set(key, edge);
    const at = new Date(message.receivedMs).toISOString();
    if (topic.kind.endsWith("DEATH")) {
      if (!takeDeath(edge, topic, payload)) return [];
      changed.add(key);
      counts.note(whole, `${whole} is offline since ${at}: its last values are old`);
      return [];
    }
    if (topic.kind.endsWith("BIRTH")) {
      takeBirth(edge, topic, payload);
      changed.add(key);
      for (const subject of [whole, `${whole} unborn`, `${key} gap`]) counts.note(subject, null);
    }
    const missing = takeSeq(edge, payload.seq, message.repeated);
    if (missing > 0 && topic.kind !== "NBIRTH") {
      counts.leaveOut("messages that never came (a gap in seq)", `${missing} of ${key} before ${at}`, missing);
      counts.note(`${key} gap`, `${key}: ${missing} messages are missing before ${at}`);
    }
    return payload.metrics.flatMap((metric) => {
      if (metric.name !== null && own.test(metric.name)) return [];
      const known = describe(edge, topic.device, metric);
      if (known && !own.test(known.name)) {
        const dead = !edge.alive && topic.kind === "NDATA" && metric.name === null && !edge.remembered;
        if (!dead)
          return readingOf(topic, known, metric, payload, message, receipt, edge.remembered && metric.name === null);
      }
      if (known && own.test(known.name)) return [];
      counts.leaveOut("an alias whose birth we have not heard", `${whole} alias ${metric.alias}`);
      counts.note(
        `${whole} unborn`,
        `${whole} uses aliases whose birth we have not heard: they wait for its next birth, which we don't ask for`,
      );
      return [];
    });
  }

  return {
    hear,
    changed() {
      const nodes = Object.fromEntries(
        [...changed].flatMap((key) => (edges.has(key) ? [[key, edges.get(key) as EdgeNode]] : [])),
      );
      changed.clear();
      return nodes;
    },
    recall(nodes) {
      for (const [key, edge] of nodes) if (!edges.has(key)) edges.set(key, { ...edge, seq: null, remembered: true });
    },
  };
}
