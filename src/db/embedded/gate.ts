import type { PGlite } from "@electric-sql/pglite";
import { createReplyScanner, type Reply } from "./reply-scanner.ts";

// Stands between pglite-socket and PGlite, because many connections share one backend. It keeps three promises:
// 1. A connection that began an extended query (Parse … Sync) or a COPY keeps the backend until it is through.
//    pglite-socket holds it only within a transaction: two interleaved queries then answer each other's parameters.
// 2. A named statement that another connection left behind is replaced instead of refused.
// 3. A backend that answers with nothing, or no longer computes, ends the thread instead of giving wrong answers.

const opensExtended = new Set(["P", "B", "D", "E", "C", "H"]);
const closesExtended = new Set(["S", "Q"]);
const endsCopy = new Set(["c", "f"]);
/** After these the backend has to prove that it still computes: internal, out of memory or stack, system errors. */
const oddError = /^(XX|53|54|58)/;
const completes = /[CIsEGHWA]/;

export type Gate = PGlite & {
  lastUsedAt(): number;
  /** Runs work of our own between the queries of others; does nothing where one of them is in the midst of something. */
  whenFree(work: () => Promise<void>): Promise<void>;
};

function message(type: string, body: string): Uint8Array {
  const content = Buffer.from(body, "utf8");
  const bytes = Buffer.alloc(5 + content.length);
  bytes.write(type, 0, "latin1");
  bytes.writeInt32BE(4 + content.length, 1);
  content.copy(bytes, 5);
  return new Uint8Array(bytes);
}

function statementName(parse: Uint8Array): string {
  return Buffer.from(parse.subarray(5, parse.indexOf(0, 5))).toString("utf8");
}

/** `onBroken` must not return to the socket's queue: it ends the thread. */
export function createGate(database: PGlite, onBroken: (why: string) => never): Gate {
  let midExtended = false;
  let midCopy = false;
  let failedSinceSync = false;
  let usedAt = 0;
  const scanner = createReplyScanner();
  let queue: Promise<unknown> = Promise.resolve();

  // Not PGlite's own mutex: its query() takes that one, and must be callable in here.
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => {});
    return result;
  };
  const isFree = () => !midExtended && !midCopy && !database.isInTransaction();

  const check = async (type: string, reply: Reply): Promise<void> => {
    if (reply.errorCode) failedSinceSync = true;
    const silent = !completes.test(reply.types) && !failedSinceSync;
    if ((type === "Q" || type === "E") && silent) onBroken("The database engine answered a query with nothing.");
    if ((type === "Q" || type === "S") && !/[ZG]/.test(reply.types))
      onBroken("The database engine did not finish its answer.");
    if (reply.types.includes("G")) midCopy = true;
    if (type === "Q" || type === "S") {
      const odd = reply.errorCode !== null && oddError.test(reply.errorCode);
      failedSinceSync = false;
      if (odd && !database.isInTransaction()) await proveItComputes();
    }
  };

  const proveItComputes = async (): Promise<void> => {
    let rows: unknown[] = [];
    await database.query<{ answer: number }>("SELECT 42 AS answer").then(
      (result) => (rows = result.rows),
      () => {},
    );
    if (JSON.stringify(rows) !== '[{"answer":42}]') onBroken("The database engine no longer computes after an error.");
  };

  const run: PGlite["execProtocolRawStream"] = async (bytes, options) => {
    usedAt = Date.now();
    const type = bytes[0] === 0 ? "startup" : String.fromCharCode(bytes[0] ?? 0);
    if (opensExtended.has(type)) midExtended = true;
    if (closesExtended.has(type)) midExtended = false;
    if (endsCopy.has(type)) midCopy = false;
    try {
      if (type === "P" && statementName(bytes) !== "")
        await database.execProtocolRawStream(message("C", `S${statementName(bytes)}\0`), { onRawData: () => {} });
      scanner.take();
      await database.execProtocolRawStream(bytes, {
        ...options,
        onRawData: (chunk) => {
          scanner.feed(chunk);
          options.onRawData(chunk);
        },
      });
    } catch (thrown) {
      onBroken(thrown instanceof Error ? thrown.message : String(thrown));
    }
    await check(type, scanner.take());
    usedAt = Date.now();
  };

  const overrides: Record<string, unknown> = {
    execProtocolRawStream: run,
    isInTransaction: () => midExtended || midCopy || database.isInTransaction(),
    lastUsedAt: () => usedAt,
    runExclusive: exclusively,
    whenFree: (work: () => Promise<void>) =>
      exclusively(async () => {
        if (isFree()) await work();
      }),
    // pglite-socket rolls back by this when a connection is lost in mid-query.
    exec: (sql: string) =>
      exclusively(async () => {
        if (midCopy) await run(message("f", "connection lost\0"), { onRawData: () => {} });
        if (midExtended) await run(message("S", ""), { onRawData: () => {} });
        return await database.exec(sql);
      }),
  };
  return new Proxy(database, {
    get: (target, name) => {
      if (typeof name === "string" && name in overrides) return overrides[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  }) as Gate;
}
