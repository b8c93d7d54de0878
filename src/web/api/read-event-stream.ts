// Server-sent events over fetch: unlike EventSource it can POST, and carry Last-Event-ID after a reload.

export type StreamEvent = { id: string | null; type: string; data: string };

/**
 * Reads a body of server-sent events to its end. `onEvent` gets each event with data, `onBytes` every sign of life,
 * heartbeats included. Rejects as the reader does.
 */
export async function readEventStream(
  body: ReadableStream<Uint8Array>,
  onEvent: (event: StreamEvent) => void,
  onBytes: () => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes();
    rest += decoder.decode(value, { stream: true });
    // A carriage return at the very end may be half of a line break.
    const held = rest.endsWith("\r") ? "\r" : "";
    const blocks = rest
      .slice(0, rest.length - held.length)
      .replaceAll(/\r\n?/g, "\n")
      .split("\n\n");
    rest = (blocks.pop() ?? "") + held;
    for (const block of blocks) {
      const event = parseBlock(block);
      if (event) onEvent(event);
    }
  }
}

function parseBlock(block: string): StreamEvent | null {
  let id: string | null = null;
  let type = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") data.push(value);
    else if (field === "id") id = value;
    else if (field === "event") type = value;
  }
  return data.length > 0 ? { id, type, data: data.join("\n") } : null;
}
