import { setTimeout as sleep } from "node:timers/promises";
import type { IPublishPacket, MqttClient } from "mqtt";
import { toSunbaeError } from "../../../core/errors.ts";
import { createBackoff } from "../backoff.ts";
import type { CollectorCounts } from "../collector-counts.ts";
import type { CollectorDeps } from "../../source.ts";
import { brokerOptions, brokerPlace, brokerProblem } from "./broker-options.ts";
import { confirmMessage } from "./confirm-message.ts";
import type { BrokerSettings } from "./mqtt-settings.ts";

export type BrokerMessage = {
  topic: string;
  payload: Buffer;
  /** The broker kept it and gives it to whoever subscribes: it may be of last year. */
  retained: boolean;
  /** The broker doubts whether we had it already. */
  repeated: boolean;
  /** Of messages that we confirm; null of others. */
  id: number | null;
  receivedMs: number;
};

export type BrokerSessionOptions = {
  settings: BrokerSettings;
  deps: Pick<CollectorDeps, "now" | "mayReach" | "logger">;
  counts: CollectorCounts;
  filters: string[];
  /** Resolves once what the message says is in the database; only then it is confirmed to the broker. Never rejects. */
  onMessage(message: BrokerMessage): Promise<void>;
  /** So many messages wait for our confirmation that the broker sends no more until it comes. */
  onWindowFull(): void;
  /** Resolves once more may be read. */
  room(): Promise<void>;
  /** Must have resolved before the first message. */
  beforeListening?: () => Promise<void>;
};

/** Where the broker's window is smaller than we think, it falls silent: so many unconfirmed, so long nothing more. */
const silentMs = 20;
const silentFrom = 4;

/** A broker that puts us out so often, so soon, has another client of our name. */
const soonMs = 3_000;
const oftenTimes = 3;

/** Listens until it is closed; connects again whenever the connection is lost. The broker keeps what comes meanwhile. */
export function openBrokerSession(options: BrokerSessionOptions) {
  const { settings, deps, counts, filters } = options;
  const place = brokerPlace(settings);
  const closing = new AbortController();
  const backoff = createBackoff();
  let client: MqttClient | null = null;
  let running: Promise<void> | null = null;
  let putOut = 0;
  let deaf = false;

  async function listenOnce(): Promise<void> {
    deps.mayReach(new URL(settings.url).hostname);
    await options.beforeListening?.();
    const { connect } = await import("mqtt");
    const clientId = settings.client_id ?? `sunbae-${settings.name}`;
    const connection = await brokerOptions(settings);
    // Closed meanwhile: nobody would end what is begun now.
    if (closing.signal.aborted) return;
    const one = connect(settings.url, {
      ...connection,
      clientId,
      clean: false,
      manualConnect: true,
    });
    client = one;
    one.handleMessage = confirmLater(one, options, () => deaf);
    let connectedAt = 0;
    let failure: unknown = null;
    one.on("error", (error) => (failure = error));
    one.on("connect", () => {
      connectedAt = Date.now();
      one.subscribe(filters, { qos: 1 }, (error, granted) => {
        const refused = (granted ?? []).filter(({ qos }) => qos === 128).map(({ topic }) => topic);
        if (error || refused.length > 0)
          counts.enter("connected", `the broker refuses to let us read ${refused.join(", ") || error?.message}`);
        else counts.enter("connected");
      });
    });
    const closed = new Promise<void>((resolve) => one.once("close", () => resolve()));
    one.connect();
    await closed;
    await one.endAsync(true).catch(() => {});
    if (connectedAt === 0) throw failure ?? new Error("the connection was refused");
    putOut = Date.now() - connectedAt < soonMs ? putOut + 1 : 0;
    if (putOut < oftenTimes) backoff.reset();
    throw failure ?? new Error("the connection was closed");
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      await listenOnce().catch((thrown: unknown) => {
        if (closing.signal.aborted) return;
        const id = settings.client_id ?? `sunbae-${settings.name}`;
        const own = toSunbaeError(thrown);
        const problem =
          putOut >= oftenTimes
            ? `${place} ends the connection again and again: does another client use the client_id ${id}?`
            : own.code === "internal"
              ? brokerProblem(thrown, place)
              : `${own.message} ${own.fix ?? ""}`.trim();
        counts.enter("disconnected", problem);
        deps.logger.warn({ collector: settings.name, problem }, "collector is not connected");
      });
      await sleep(backoff.next(), undefined, { signal: closing.signal }).catch(() => {});
    }
  }

  return {
    place,
    start(): void {
      running ??= run();
    },
    /** Hears nothing more; what was heard can still be confirmed. */
    stopListening(): void {
      deaf = true;
    },
    /** Leaves the broker; it keeps what comes from now on, and what was not confirmed. */
    async close(): Promise<void> {
      closing.abort();
      // A connection that is not up has nobody to take leave of.
      await client?.endAsync(!client.connected).catch(() => {});
      await running;
      counts.enter("stopped");
    },
  };
}

const notYet = new Error("confirmed later");

/**
 * mqtt.js confirms a message as soon as it is handled, one after the other. Here the next is read at once (an error
 * keeps mqtt.js from confirming), and each is confirmed in the order of arrival when it is in the database.
 */
function confirmLater(client: MqttClient, options: BrokerSessionOptions, deaf: () => boolean) {
  const { deps, settings, onMessage, onWindowFull, room } = options;
  const silence = setTimeout(() => unconfirmed >= silentFrom && onWindowFull(), silentMs).unref();
  client.once("close", () => clearTimeout(silence));
  let confirmed: Promise<void> = Promise.resolve();
  let unconfirmed = 0;
  return (packet: IPublishPacket, callback: (error?: Error) => void): void => {
    if (deaf()) return;
    const id = packet.qos === 1 ? (packet.messageId ?? null) : null;
    const payload = typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;
    const written = onMessage({
      topic: packet.topic,
      payload,
      retained: packet.retain,
      repeated: packet.dup,
      id,
      receivedMs: deps.now().getTime(),
    });
    if (id !== null) {
      unconfirmed += 1;
      confirmed = Promise.all([written, confirmed]).then(() => {
        unconfirmed -= 1;
        if (client.connected) confirmMessage(client.stream, id);
      });
      if (unconfirmed >= settings.in_flight) onWindowFull();
      else silence.refresh();
    }
    void room().then(() => callback(id === null ? undefined : notYet));
  };
}
