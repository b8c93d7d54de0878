import type { ClientSession } from "node-opcua-client";
import type { Followed } from "./find-nodes.ts";
import type { SentValue } from "./read-data-value.ts";

const valuesPerRead = 5_000;
const mostReads = 2_000;

/**
 * What the server has kept of a variable between two instants, both included, piece by piece. Resolves with null, or
 * with why it has none. Rejects where the connection is lost.
 */
export async function readHistory(
  session: Pick<ClientSession, "readHistoryValue">,
  { nodeId }: Pick<Followed, "nodeId">,
  span: { fromMs: number; toMs: number },
  take: (values: SentValue[]) => Promise<void>,
): Promise<string | null> {
  const { TimestampsToReturn } = await import("node-opcua-client");
  let fromMs = span.fromMs;
  for (let reads = 0; reads < mostReads && fromMs <= span.toMs; reads += 1) {
    const { statusCode, historyData } = await session.readHistoryValue(
      { nodeId },
      new Date(fromMs),
      new Date(span.toMs),
      { numValuesPerNode: valuesPerRead, timestampsToReturn: TimestampsToReturn.Both, returnBounds: false },
    );
    if (statusCode.name === "BadNoData") return null;
    if (statusCode.isBad()) return statusCode.name;
    const values = ((historyData as { dataValues?: SentValue[] } | null)?.dataValues ?? []).filter(
      (one) => one !== null,
    );
    if (values.length > 0) await take(values);
    const last = values.at(-1)?.sourceTimestamp?.getTime() ?? values.at(-1)?.serverTimestamp?.getTime();
    if (values.length < valuesPerRead || last === undefined) return null;
    // The last instant once more: there may be more of it, and what is there twice is counted once.
    fromMs = last > fromMs ? last : last + 1;
  }
  return null;
}
