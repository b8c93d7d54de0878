import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { SunbaeError } from "../../../core/errors.ts";
import { viewSource } from "../../sensors/source-view.ts";
import type { CollectorDeps, SourceView } from "../../source.ts";
import { brokerOptions, brokerPlace, brokerProblem } from "./broker-options.ts";
import type { BrokerMessage } from "./broker-session.ts";
import type { BrokerSettings } from "./mqtt-settings.ts";
import type { MessageReader } from "./read-message.ts";

/** How long a look listens. */
const listenMs = 3_000;

type Heard = BrokerMessage & { sinceMs: number };

/**
 * Messages of a moment, under a name of its own that the broker forgets, so that nothing is taken from the collector.
 * Rejects with what stands in the way.
 */
export async function listenToBroker(
  settings: BrokerSettings,
  deps: Pick<CollectorDeps, "mayReach" | "now">,
  filters: string[],
): Promise<Heard[]> {
  const place = brokerPlace(settings);
  deps.mayReach(new URL(settings.url).hostname);
  const { connectAsync } = await import("mqtt");
  const clientId = `sunbae-look-${randomBytes(6).toString("hex")}`;
  const client = await connectAsync(settings.url, { ...(await brokerOptions(settings)), clientId, clean: true }).catch(
    (thrown: unknown) => {
      if (thrown instanceof SunbaeError) throw thrown;
      throw new SunbaeError("unavailable", `${brokerProblem(thrown, place)}.`, {
        fix: "Look at url, user and password, and at the broker.",
      });
    },
  );
  try {
    const heard: Heard[] = [];
    const began = performance.now();
    client.on("message", (topic, payload, { retain, dup }) => {
      if (heard.length < 20_000)
        heard.push({
          ...{ topic, payload, retained: retain, repeated: dup, id: null },
          ...{ receivedMs: deps.now().getTime(), sinceMs: performance.now() - began },
        });
    });
    const granted = await client.subscribeAsync(filters, { qos: 0 });
    const refused = granted.filter(({ qos }) => qos === 128).map(({ topic }) => topic);
    if (refused.length > 0)
      throw new SunbaeError("forbidden", `The broker refuses to let us read ${refused.join(", ")}.`, {
        fix: "Let the user read these topics in the broker's access list.",
      });
    await sleep(listenMs);
    return heard;
  } finally {
    await client.endAsync(true).catch(() => {});
  }
}

/** Sender's clock minus ours: the median of what came while we listened and had a time of its own. */
export function clockDifference(pairs: { sentMs: number; receivedMs: number }[]): number | null {
  const differences = pairs.map(({ sentMs, receivedMs }) => sentMs - receivedMs).sort((a, b) => a - b);
  return differences[differences.length >> 1] ?? null;
}

export function probeMqtt(
  settings: BrokerSettings & { kind: string },
  deps: CollectorDeps,
  reader: MessageReader,
): Promise<SourceView> {
  return viewSource({ name: settings.name, kind: settings.kind, place: brokerPlace(settings) }, async () => {
    const messages = await listenToBroker(settings, deps, reader.filters);
    const tags = new Set<string>();
    const reasons = new Map<string, string>();
    const pairs: { sentMs: number; receivedMs: number }[] = [];
    let [readings, newest] = [0, -Infinity];
    for (const message of messages) {
      let ownTime = true;
      const read = reader.read(message, () => {
        ownTime = false;
        return message.receivedMs;
      });
      for (const { reason, example } of read.leftOut) reasons.set(reason, `${message.topic} ${example}`);
      for (const { tag, atMs } of read.readings) {
        tags.add(tag.id);
        readings += 1;
        newest = Math.max(newest, atMs);
        if (!message.retained && ownTime) pairs.push({ sentMs: atMs, receivedMs: message.receivedMs });
      }
    }
    const notes = [`listened ${listenMs / 1000} s: ${messages.length} messages`, "reads only: publishes nothing"];
    if (messages.length === 0) notes.push(`nothing came on ${reader.filters.join(", ")}: are the topics right?`);
    for (const [reason, example] of [...reasons].slice(0, 5)) notes.push(`${reason}: ${example.slice(0, 120)}`);
    return {
      tags: tags.size,
      rows: [{ records: "readings" as const, count: readings }],
      newest: newest === -Infinity ? null : new Date(newest),
      clockDifferenceMs: clockDifference(pairs),
      notes,
    };
  });
}
