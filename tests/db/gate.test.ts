import type { PGlite } from "@electric-sql/pglite";
import { describe, expect, it } from "vitest";
import { createGate } from "../../src/db/embedded/gate.ts";
import { createReplyScanner } from "../../src/db/embedded/reply-scanner.ts";

const text = (content: string) => Buffer.from(content, "utf8");

function message(type: string, body: Buffer = Buffer.alloc(0)): Uint8Array {
  const bytes = Buffer.alloc(5 + body.length);
  bytes.write(type, "latin1");
  bytes.writeInt32BE(4 + body.length, 1);
  body.copy(bytes, 5);
  return new Uint8Array(bytes);
}

const ready = message("Z", text("I"));
const complete = message("C", text("SELECT 1\0"));
const failure = (code: string) => message("E", text(`SERROR\0C${code}\0Mbroken\0\0`));

/** An engine that gives the scripted replies in turn, and computes 42 or not. */
function scriptedEngine(replies: Uint8Array[][], answer: number | null) {
  const received: string[] = [];
  const engine = {
    isInTransaction: () => false,
    query: async () => ({ rows: answer === null ? [] : [{ answer }] }),
    execProtocolRawStream: async (bytes: Uint8Array, options: { onRawData(chunk: Uint8Array): void }) => {
      received.push(String.fromCharCode(bytes[0] ?? 0));
      const reply = replies.shift();
      if (!reply) throw new Error("unreachable executed");
      for (const chunk of reply) options.onRawData(chunk);
    },
  };
  return { engine: engine as unknown as PGlite, received };
}

function gateOver(replies: Uint8Array[][], answer: number | null = 42) {
  const broken: string[] = [];
  const scripted = scriptedEngine(replies, answer);
  const gate = createGate(scripted.engine, (why) => {
    broken.push(why);
    throw new Error(why);
  });
  const send = (type: string, body?: Buffer) =>
    gate.execProtocolRawStream(message(type, body), { onRawData: () => {} }).catch(() => {});
  return { gate, send, broken, received: scripted.received };
}

describe("the gate before the embedded engine", () => {
  it("lets answers and ordinary errors pass", async () => {
    const { send, broken } = gateOver([[complete, ready], [failure("42601"), ready], [message("1")], [ready]]);
    await send("Q", text("SELECT 1\0"));
    await send("Q", text("SELEC\0"));
    await send("P", text("\0SELECT 1\0\0\0"));
    await send("S");
    expect(broken).toEqual([]);
  });

  it("ends the thread where the engine answers a query with nothing, does not finish, or throws", async () => {
    const silent = gateOver([[ready]]);
    await silent.send("Q", text("SELECT 1\0"));
    expect(silent.broken).toEqual(["The database engine answered a query with nothing."]);
    const unfinished = gateOver([[complete]]);
    await unfinished.send("Q", text("SELECT 1\0"));
    expect(unfinished.broken).toEqual(["The database engine did not finish its answer."]);
    const throwing = gateOver([]);
    await throwing.send("Q", text("SELECT 1\0"));
    expect(throwing.broken).toEqual(["unreachable executed"]);
  });

  it("takes the silence that follows an error until Sync for what it is", async () => {
    const { send, broken } = gateOver([[failure("22012")], [], [ready]]);
    await send("B");
    await send("E");
    await send("S");
    expect(broken).toEqual([]);
  });

  it("asks for a sum after an odd error and ends the thread where it is wrong", async () => {
    const sane = gateOver([[failure("53200"), ready]], 42);
    await sane.send("Q", text("SELECT big\0"));
    expect(sane.broken).toEqual([]);
    const insane = gateOver([[failure("54001"), ready]], null);
    await insane.send("Q", text("SELECT deep\0"));
    expect(insane.broken).toEqual(["The database engine no longer computes after an error."]);
  });

  it("counts as occupied from Parse to Sync, so that nobody comes between", async () => {
    const { gate, send } = gateOver([[message("1")], [ready]]);
    let ran = 0;
    const work = async () => void (ran += 1);
    await send("P", text("\0SELECT 1\0\0\0"));
    expect(gate.isInTransaction()).toBe(true);
    await gate.whenFree(work);
    expect(ran).toBe(0);
    await send("S");
    expect(gate.isInTransaction()).toBe(false);
    await gate.whenFree(work);
    expect(ran).toBe(1);
  });

  it("closes a named statement before it is parsed again", async () => {
    const { send, received, broken } = gateOver([[message("3")], [message("1")]]);
    await send("P", text("twice\0SELECT 1\0\0\0"));
    expect(received).toEqual(["C", "P"]);
    expect(broken).toEqual([]);
  });
});

describe("the reply scanner", () => {
  it("finds message types and the error code however the bytes are cut", () => {
    const bytes = Buffer.concat([complete, message("D", Buffer.alloc(300)), failure("XX000"), ready]);
    for (const size of [1, 3, 7, 64, bytes.length]) {
      const scanner = createReplyScanner();
      for (let at = 0; at < bytes.length; at += size) scanner.feed(bytes.subarray(at, at + size));
      expect(scanner.take()).toEqual({ types: "CDEZ", errorCode: "XX000" });
      expect(scanner.take()).toEqual({ types: "", errorCode: null });
    }
  });
});
