import type { SparkplugPayload } from "./decode-payload.ts";

// Edge node: a gateway that speaks for itself and its devices. Birth: its list of metrics with names, types and short
// numbers (aliases) for them. Death: from then on its values are old. We listen only: a birth that we missed is never
// asked for, because that would be a command to the gateway.

export type Described = { name: string; datatype: number | null; device: string | null; unit: string | null };

/** JSON, so that it outlives a restart. */
export type EdgeNode = {
  bdSeq: number | null;
  seq: number | null;
  alive: boolean;
  deadDevices: string[];
  /** By alias; a metric without one is known by its name alone. */
  aliases: Record<string, Described>;
  /** By "device name". */
  names: Record<string, Described>;
  /** The birth was heard before our restart: the node may have been born anew meanwhile. */
  remembered: boolean;
};

export type Topic = { group: string; node: string; kind: string; device: string | null };

/** null where the topic is not of an edge node. */
export function readTopic(topic: string): Topic | null {
  const [namespace, group, kind, node, device, ...more] = topic.split("/");
  if (namespace !== "spBv1.0" || !group || !kind || !node || more.length > 0) return null;
  return { group, node, kind, device: device ?? null };
}

export const newEdgeNode = (): EdgeNode => ({
  ...{ bdSeq: null, seq: null, alive: false, deadDevices: [], aliases: {}, names: {}, remembered: false },
});

const nameKey = (device: string | null, name: string) => `${device ?? ""}\u0001${name}`;
const bdSeqOf = (payload: SparkplugPayload): number | null => {
  const value = payload.metrics.find(({ name }) => name === "bdSeq")?.value;
  return typeof value === "number" ? value : null;
};

/** Takes a birth in; what was known of the node, or of the device, before is forgotten. */
export function takeBirth(edge: EdgeNode, { device }: Pick<Topic, "device">, payload: SparkplugPayload): void {
  if (device === null) {
    Object.assign(edge, newEdgeNode(), { alive: true, bdSeq: bdSeqOf(payload) });
  } else {
    edge.deadDevices = edge.deadDevices.filter((one) => one !== device);
    for (const [key, one] of Object.entries(edge.aliases)) if (one.device === device) delete edge.aliases[key];
    for (const [key, one] of Object.entries(edge.names)) if (one.device === device) delete edge.names[key];
  }
  for (const { name, alias, datatype, unit } of payload.metrics) {
    if (name === null) continue;
    const described = { name, datatype, device, unit };
    if (alias !== null) edge.aliases[alias] = described;
    edge.names[nameKey(device, name)] = described;
  }
}

/** True where the death is of the life that we know: a late one of an earlier connection says nothing. */
export function takeDeath(edge: EdgeNode, { device }: Pick<Topic, "device">, payload: SparkplugPayload): boolean {
  if (device !== null) {
    if (!edge.deadDevices.includes(device)) edge.deadDevices.push(device);
    return true;
  }
  const bdSeq = bdSeqOf(payload);
  if (bdSeq !== null && edge.bdSeq !== null && bdSeq !== edge.bdSeq) return false;
  edge.alive = false;
  return true;
}

/** Follows the running number of a node's messages, 0 to 255; how many are missing before this one. */
export function takeSeq(edge: EdgeNode, seq: number | null, repeated: boolean): number {
  if (seq === null) return 0;
  const before = edge.seq;
  if (before !== null && repeated && seq === before) return 0;
  edge.seq = seq;
  return before === null ? 0 : (seq - before - 1 + 512) % 256;
}

/** What a metric of a data message is; null where no birth that we heard says it. */
export function describe(
  edge: EdgeNode,
  device: string | null,
  metric: { name: string | null; alias: string | null; datatype: number | null },
): Described | null {
  if (metric.name !== null) {
    const known = edge.names[nameKey(device, metric.name)];
    return known ?? { name: metric.name, datatype: metric.datatype, device, unit: null };
  }
  const found = metric.alias === null ? undefined : edge.aliases[metric.alias];
  return found && found.device === device ? found : null;
}
