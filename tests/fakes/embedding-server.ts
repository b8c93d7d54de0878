import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

// A server of embeddings over real HTTP, in Ollama's and OpenAI's wire formats, that misbehaves as it is told. Each
// request takes the next step; without steps left it answers well.

export type EmbeddingStep = {
  status?: number;
  headers?: Record<string, string>;
  /** Instead of vectors: sent as it is. */
  raw?: string;
  /** Instead of good vectors. */
  vectors?: unknown[];
  /** stall: headers and then silence. silent: nothing at all. cut: the connection breaks in mid-answer. */
  fault?: "stall" | "silent" | "cut";
};

export type EmbeddingServer = {
  url: string;
  /** Texts of each request. */
  requests: { path: string; texts: string[]; bytes: number; authorization: string | undefined }[];
  script(...steps: EmbeddingStep[]): void;
  close(): Promise<void>;
};

/** A vector of `dimension` numbers that depends on the text only; texts that share words are near. */
export function wordVector(text: string, dimension: number): number[] {
  const vector = Array.from({ length: dimension }, () => 0.001);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const at = [...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7) % dimension;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  return vector;
}

export async function startEmbeddingServer(dimension = 64): Promise<EmbeddingServer> {
  const steps: EmbeddingStep[] = [];
  const requests: EmbeddingServer["requests"] = [];
  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const { model, input } = JSON.parse(body.toString()) as { model: string; input: string[] };
    const path = incoming.url ?? "";
    const { authorization } = incoming.headers;
    requests.push({ path, texts: input, bytes: body.length, authorization });
    const { status = 200, headers = {}, raw, vectors, fault } = steps.shift() ?? {};
    if (fault === "silent") return;
    const given = vectors ?? input.map((text) => wordVector(text, dimension));
    const good = path.endsWith("/api/embed")
      ? { model, embeddings: given, total_duration: 1, load_duration: 1, prompt_eval_count: 1 }
      : {
          object: "list",
          model,
          // Out of order, as the protocol allows.
          data: given.map((embedding, index) => ({ object: "embedding", index, embedding })).toReversed(),
          usage: { prompt_tokens: 1, total_tokens: 1 },
        };
    const text = raw ?? JSON.stringify(good);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    if (fault === undefined) return void response.end(text);
    response.write(text.slice(0, 20));
    if (fault === "cut") setTimeout(() => response.destroy(), 20);
  };
  const server = createServer((incoming, response) => void answer(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    script: (...more) => void steps.push(...more),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
