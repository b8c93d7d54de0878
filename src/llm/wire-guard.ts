import { ModelError } from "./model-error.ts";

// Reads along with a model's stream and knows what the client libraries forgive: the Ollama client prints broken lines
// to the console and goes on, the OpenAI client takes a stream that ends without its end mark for a whole answer.

export type WireUsage = { inputTokens: number | null; outputTokens: number | null; finish: string | null };

export type WireGuard = {
  /** Throws ModelError `malformed` or `failed` before the piece is handed on. */
  push(piece: Uint8Array): void;
  /** Nothing more will come: the clients stop reading here, before the stream's own end. */
  isComplete(): boolean;
  /** The stream has ended. Throws ModelError `cut` where the end mark is missing. */
  end(): WireUsage;
};

type Line = Record<string, unknown>;

/** "ndjson" is Ollama's /api/chat; "sse" is chat completions or responses of OpenAI and its imitators. */
export function createWireGuard(format: "ndjson" | "sse"): WireGuard {
  const decoder = new TextDecoder();
  const usage: WireUsage = { inputTokens: null, outputTokens: null, finish: null };
  let rest = "";
  let ended = false; // the end mark has come; a count of tokens may still follow
  let complete = false;

  const read = (written: string) => {
    const text = format === "sse" ? dataOf(written) : written.trim();
    if (text === null || text === "") return;
    if (format === "sse" && text === "[DONE]") {
      ended = complete = true;
      return;
    }
    const line = parse(text);
    if (!(format === "sse" ? readEvent : readChunk)(line, usage)) return;
    ended = true;
    complete ||= format === "ndjson" || "type" in line; // the responses protocol has no [DONE]
  };
  const consume = (text: string, whole: boolean) => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = whole ? "" : (lines.pop() ?? "");
    for (const line of lines) read(line);
  };

  return {
    push: (piece) => consume(decoder.decode(piece, { stream: true }), false),
    isComplete: () => complete,
    end() {
      try {
        consume(decoder.decode(), true);
      } catch (thrown) {
        // A last line that breaks off is a cut connection, not a wrong protocol.
        if (!(thrown instanceof ModelError && thrown.reason === "malformed")) throw thrown;
      }
      if (!ended) throw new ModelError("cut", "The model's stream ended in mid-answer.");
      return usage;
    },
  };
}

function dataOf(line: string): string | null {
  return line.startsWith("data:") ? line.slice(5).trim() : null;
}

function parse(text: string): Line {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Line;
  } catch {
    // falls through
  }
  throw new ModelError("malformed", `The model sent a line that is not JSON: ${text.slice(0, 80)}`);
}

function throwIfError(line: Line): void {
  if (line["error"] == null || line["error"] === "") return;
  const error = line["error"];
  const message = typeof error === "string" ? error : String((error as Line)["message"] ?? JSON.stringify(error));
  throw new ModelError("failed", `The model reported an error: ${message}`);
}

/** True at the end mark. */
function readChunk(line: Line, usage: WireUsage): boolean {
  throwIfError(line);
  if (line["done"] !== true) return false;
  usage.inputTokens = numberOf(line["prompt_eval_count"]);
  usage.outputTokens = numberOf(line["eval_count"]);
  usage.finish = typeof line["done_reason"] === "string" ? line["done_reason"] : "stop";
  return true;
}

/** True at the end mark: a finish reason, or the closing event of the responses protocol. */
function readEvent(line: Line, usage: WireUsage): boolean {
  throwIfError(line);
  const response = line["response"] as Line | undefined;
  const counts = (line["usage"] ?? response?.["usage"]) as Line | null | undefined;
  if (counts != null) {
    usage.inputTokens = numberOf(counts["prompt_tokens"] ?? counts["input_tokens"]);
    usage.outputTokens = numberOf(counts["completion_tokens"] ?? counts["output_tokens"]);
  }
  if (line["type"] === "response.failed") throwIfError({ error: response?.["error"] ?? "response.failed" });
  if (line["type"] === "response.completed" || line["type"] === "response.incomplete") {
    usage.finish = line["type"] === "response.completed" ? "stop" : "length";
    return true;
  }
  const finish = (line["choices"] as { finish_reason?: string | null }[] | undefined)?.[0]?.finish_reason;
  if (typeof finish !== "string") return false;
  usage.finish = finish;
  return true;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
