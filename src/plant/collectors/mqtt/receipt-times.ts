import { createHash } from "node:crypto";
import type { CollectorMemory } from "../collector-memory.ts";
import type { BrokerMessage } from "./broker-session.ts";

// A message without a time gets that of its receipt. The broker may send it again after a loss of connection or a kill
// between writing and confirming; then it must get the same time again, or it would be two readings.

const prefix = "receipts ";
/** A broker was seen to send 1,900 messages before it looked at what was confirmed, whatever its window. */
const mostRemembered = 10_000;
const mostTopics = 50_000;

type Receipt = [message: string, atMs: number];

export type ReceiptTimes = {
  /** Before the first message. Rejects where the database is away. */
  recall(): Promise<void>;
  /** The time of receipt, in epoch milliseconds: no two messages of a topic have the same. */
  of(message: BrokerMessage): number;
  /** Must have resolved before the readings of the messages asked for are written. */
  save(): Promise<void>;
};

export function createReceiptTimes(collector: string, memory: CollectorMemory): ReceiptTimes {
  const times = new Map<string, number>();
  const lastOfTopic = new Map<string, number>();
  /** What lies in the database, the oldest first: a note for each write. */
  let notes: { key: string; messages: string[] }[] = [];
  let fresh: Receipt[] = [];
  let next = 0;
  let recalled = false;

  function keep(key: string, receipts: Receipt[]): void {
    for (const [message, atMs] of receipts) times.set(message, atMs);
    notes.push({ key, messages: receipts.map(([message]) => message) });
    next = Math.max(next, Number(key.slice(prefix.length)) + 1);
  }

  return {
    async recall() {
      if (recalled) return;
      const all = await memory.recall(collector);
      const kept = [...all].filter(([key]) => key.startsWith(prefix));
      kept.sort(([a], [b]) => Number(a.slice(prefix.length)) - Number(b.slice(prefix.length)));
      for (const [key, receipts] of kept) keep(key, receipts as Receipt[]);
      recalled = true;
    },
    of(message) {
      const { id, topic, receivedMs } = message;
      const name = id === null ? "" : `${id} ${digestOf(message)}`;
      const before = message.repeated ? times.get(name) : undefined;
      if (before !== undefined) return before;
      if (lastOfTopic.size > mostTopics) lastOfTopic.clear();
      const atMs = Math.max(receivedMs, (lastOfTopic.get(topic) ?? 0) + 1);
      lastOfTopic.set(topic, atMs);
      if (id !== null) {
        times.set(name, atMs);
        fresh.push([name, atMs]);
      }
      return atMs;
    },
    async save() {
      if (fresh.length === 0) return;
      const saved = fresh;
      const gone = notes.slice(0, notes.length - keptNotes(notes));
      const removals = Object.fromEntries(gone.map(({ key }) => [key, null]));
      const key = `${prefix}${next}`;
      await memory.remember(collector, { ...removals, [key]: saved });
      fresh = fresh.slice(saved.length);
      notes = notes.slice(gone.length);
      keep(key, saved);
      if (gone.length === 0) return;
      const still = new Set([...notes.flatMap(({ messages }) => messages), ...fresh.map(([name]) => name)]);
      for (const name of gone.flatMap(({ messages }) => messages)) if (!still.has(name)) times.delete(name);
    },
  };
}

/** How many of the newest notes hold the messages that may still be sent again. */
function keptNotes(notes: { messages: string[] }[]): number {
  let messages = 0;
  const at = notes.findLastIndex((one) => (messages += one.messages.length) > mostRemembered);
  return at < 0 ? notes.length : notes.length - at;
}

const digestOf = ({ topic, payload }: BrokerMessage): string =>
  createHash("sha256").update(topic).update("\0").update(payload).digest("base64url").slice(0, 12);
