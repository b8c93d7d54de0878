import type { Zone } from "../../import/values/zoned-time.ts";
import { viewSource } from "../../sensors/source-view.ts";
import type { CollectorDeps, SourceView } from "../../source.ts";
import { createCollectorCounts } from "../collector-counts.ts";
import { findNodes } from "./find-nodes.ts";
import type { OpcuaCollectorSettings } from "./opcua-settings.ts";
import { certificateFolder, openOpcuaSession } from "./opcua-session.ts";
import { readDataValue } from "./read-data-value.ts";

/** Where every server tells its clock. */
const clockNode = "i=2258";
const value = 13;

/** Connects, finds the variables, and reads each once. */
export function probeOpcua(settings: OpcuaCollectorSettings, deps: CollectorDeps, zone: Zone): Promise<SourceView> {
  const place = settings.url.replace("opc.tcp://", "");
  return viewSource({ name: settings.name, kind: settings.kind, place }, async () => {
    const connection = await openOpcuaSession(settings, deps);
    try {
      const counts = createCollectorCounts(settings.name, deps.now);
      const { session } = connection;
      const nodes = await findNodes(session, settings, counts);
      const asked = [clockNode, ...nodes.map(({ nodeId }) => nodeId)];
      const [clock, ...values] = await session.read(asked.map((nodeId) => ({ nodeId, attributeId: value })));
      const receivedMs = deps.now().getTime();
      const options = { timestamps: settings.timestamps, toleranceMs: 1e13, receivedMs, zone };
      let [good, newest] = [0, -Infinity];
      const faults: string[] = [];
      values.forEach((sent, at) => {
        const node = nodes[at];
        if (!node) return;
        const read = readDataValue(node.tag, sent, { ...options, index: node.index });
        if ("refused" in read) faults.push(`${node.tag.id} (${node.nodeId}): ${read.refused}`);
        else {
          good += 1;
          newest = Math.max(newest, read.reading.atMs);
        }
      });
      const serverMs = clock?.value.value instanceof Date ? clock.value.value.getTime() : null;
      return {
        tags: nodes.length,
        rows: [{ records: "readings" as const, count: good }],
        newest: newest === -Infinity ? null : new Date(newest),
        clockDifferenceMs: serverMs === null ? null : serverMs - receivedMs,
        notes: [
          `security ${settings.security_mode}${settings.security_mode === "none" ? ": anyone on the network can read along" : ""}`,
          `certificates in ${certificateFolder(deps.dataDir)}`,
          "reads only",
          ...faults.slice(0, 5),
        ],
      };
    } finally {
      await connection.close();
    }
  });
}
