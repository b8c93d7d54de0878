import type { ClientSession } from "node-opcua-client";
import type { CollectorCounts } from "../collector-counts.ts";
import type { Followed } from "./find-nodes.ts";
import type { OpcuaCollectorSettings } from "./opcua-settings.ts";
import type { SentValue } from "./read-data-value.ts";

/** Half a minute without a sign of life from the server ends the subscription there. */
const lifetimeMs = 30_000;
const nodesPerGroup = 500;

/** Subscribes to the variables; one that the server does not have is counted and spoils no other. */
export async function followNodes(
  session: ClientSession,
  nodes: Followed[],
  settings: OpcuaCollectorSettings,
  counts: CollectorCounts,
  hear: (node: Followed, value: SentValue) => void,
): Promise<void> {
  const { AttributeIds, TimestampsToReturn } = await import("node-opcua-client");
  const subscription = await session.createSubscription2({
    requestedPublishingInterval: settings.publishing_ms,
    requestedLifetimeCount: Math.ceil(lifetimeMs / settings.publishing_ms) * 3,
    requestedMaxKeepAliveCount: Math.ceil(lifetimeMs / settings.publishing_ms / 3),
    maxNotificationsPerPublish: 10_000,
    publishingEnabled: true,
    priority: 1,
  });
  const bySampling = Map.groupBy(nodes, ({ samplingMs }) => samplingMs);
  for (const [samplingInterval, alike] of bySampling)
    for (let at = 0; at < alike.length; at += nodesPerGroup) {
      const part = alike.slice(at, at + nodesPerGroup);
      const group = await subscription.monitorItems(
        part.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })),
        { samplingInterval, queueSize: settings.queue_size, discardOldest: true },
        TimestampsToReturn.Both,
      );
      group.on("changed", (_item, value, index) => {
        const node = part[index];
        if (node) hear(node, value);
      });
      group.monitoredItems.forEach(({ statusCode }, index) => {
        const { tag, nodeId } = part[index] ?? {};
        if (!tag) return;
        const bad = statusCode.isBad();
        counts.note(tag.id, bad ? `${tag.id} (${nodeId}) is refused: ${statusCode.name}` : null);
        if (bad) counts.leaveOut(`refused by the server: ${statusCode.name}`, `${tag.id} (${nodeId})`);
      });
    }
}
