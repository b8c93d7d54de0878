import { expect, it } from "vitest";
import { collectAlone } from "../../src/app/collect-alone.ts";

/** A server that gives the lock to one at a time. */
function createServer() {
  let holder: object | null = null;
  const connect = async () => {
    const client = {
      async query(text: string) {
        if (/try_advisory_lock/.test(text)) {
          const taken = holder === null;
          if (taken) holder = client;
          return { rows: [{ taken }] };
        }
        if (holder === client) holder = null;
        return { rows: [] };
      },
      release() {},
    };
    return client;
  };
  return { pool: { connect } as never, engine: "postgres" as const };
}

it("of two processes on one server one collects; alone on an embedded database it does at once", async () => {
  const server = createServer();
  const started: string[] = [];
  const collector = (name: string) => ({ start: () => void started.push(name) });
  const [first, second] = [new AbortController(), new AbortController()];
  const both = [
    collectAlone(server, [collector("a")], first.signal),
    collectAlone(server, [collector("b")], second.signal),
  ];
  await expect.poll(() => started).toEqual(["a"]);
  first.abort();
  second.abort();
  await Promise.all(both);
  await collectAlone({ ...server, engine: "embedded" }, [collector("c")], new AbortController().signal);
  expect(started).toEqual(["a", "c"]);
});

it("another process takes over where the first one ends", { timeout: 15_000 }, async () => {
  const server = createServer();
  const started: string[] = [];
  const [first, second] = [new AbortController(), new AbortController()];
  const one = collectAlone(server, [{ start: () => void started.push("a") }], first.signal);
  await expect.poll(() => started).toEqual(["a"]);
  const other = collectAlone(server, [{ start: () => void started.push("b") }], second.signal);
  first.abort();
  await expect.poll(() => started, { timeout: 12_000 }).toEqual(["a", "b"]);
  second.abort();
  await Promise.all([one, other]);
});
