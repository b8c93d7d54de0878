import type { MessagePort } from "node:worker_threads";
import { toSunbaeError } from "../../core/errors.ts";
import { createBuiltinEmbedder } from "../../llm/embeddings/builtin.ts";
import type { Paging, RawPage } from "../load/reader.ts";
import { databaseJson } from "./database-json.ts";
import { indexDocument, textsOf } from "./index-document.ts";
import { prepareDocument } from "./prepare-document.ts";
import type { FromReadingThread, ReadingRequest, ReadingResult, ToReadingThread } from "./reading-messages.ts";
import { createSiblings } from "./siblings.ts";

/** Answers requests on a port, one after another. */
export function serveReading(port: MessagePort): void {
  const tell = (message: FromReadingThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  let numbered: (firstChunk: number) => void = () => undefined;
  let stopping = new AbortController();

  const takeIds = (chunks: number): Promise<number> =>
    new Promise((resolve) => {
      numbered = resolve;
      tell({ type: "chunked", chunks });
    });

  port.on("message", (message: ToReadingThread) => {
    if (message.type === "numbered") numbered(message.firstChunk);
    if (message.type === "stop") stopping.abort();
    if (message.type !== "read") return;
    stopping = new AbortController();
    tell({ type: "started" });
    read(message.request, { tell, takeIds, signal: stopping.signal }).then(
      (result) => tell({ type: "done", result }, buffersOf(result)),
      (thrown: unknown) => {
        const { code, message: said, fix } = toSunbaeError(thrown);
        tell({ type: "failed", code, message: said, fix });
      },
    );
  });
}

type Caller = {
  tell(message: FromReadingThread): void;
  takeIds(chunks: number): Promise<number>;
  signal: AbortSignal;
};

async function read(request: ReadingRequest, { tell, takeIds, signal }: Caller): Promise<ReadingResult> {
  const { path, bytes, place, given, embedder } = request;
  const siblings = createSiblings(place);
  const paging: Paging = {
    staged: new Map(request.staged.map(([number, json]) => [number, JSON.parse(json) as RawPage])),
    givenUp: new Map(request.givenUp),
    opened: (pages) => tell({ type: "opened", pages }),
    reading: (page) => tell({ type: "reading", page }),
    read: (page) => tell({ type: "page", page: page.number, json: databaseJson(page) }),
    signal,
  };
  const prepared = await prepareDocument(path, bytes, given, { sibling: siblings.read, paging });
  const texts = textsOf(prepared);
  const builtin = createBuiltinEmbedder();
  const isBuiltin = builtin.name === embedder;
  const vectors = isBuiltin ? joined(await builtin.embedPassages(texts)) : null;
  const indexed = indexDocument(prepared, texts, await takeIds(texts.length));
  return { indexed, reads: siblings.reads(), vectors, texts: isBuiltin ? null : texts };
}

function joined(vectors: Float32Array[]): Float32Array {
  const dimension = vectors[0]?.length ?? 0;
  const all = new Float32Array(vectors.length * dimension);
  vectors.forEach((vector, index) => all.set(vector, index * dimension));
  return all;
}

const buffersOf = ({ vectors }: ReadingResult): ArrayBuffer[] => (vectors ? [vectors.buffer as ArrayBuffer] : []);
