import { describe, expect, it } from "vitest";
import { readEventStream, type StreamEvent } from "../../src/web/api/read-event-stream.ts";

async function read(...pieces: (string | Uint8Array)[]): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  const bytes = pieces.map((piece) => (typeof piece === "string" ? new TextEncoder().encode(piece) : piece));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of bytes) controller.enqueue(piece);
      controller.close();
    },
  });
  await readEventStream(
    body,
    (event) => events.push(event),
    () => undefined,
  );
  return events;
}

describe("a stream of events", () => {
  it("is read whatever the pieces it arrives in", async () => {
    const whole = new TextEncoder().encode('id: 7\nevent: answer-delta\ndata: {"text":"베어링"}\n\n');
    const pieces = [...whole].map((byte) => Uint8Array.of(byte));
    expect(await read(...pieces)).toEqual([{ id: "7", type: "answer-delta", data: '{"text":"베어링"}' }]);
  });

  it("passes over heartbeats and holds back what is not finished", async () => {
    expect(await read(": still here\n\n", "data: 1\r\n\r", "\ndata: 2\n")).toEqual([
      { id: null, type: "message", data: "1" },
    ]);
  });
});
