import type { Client } from "../api/client.ts";
import { isEnded, loadIngestion, readIngestion, withProgress, type Ingestion } from "../api/ingestions.ts";
import { readEventStream } from "../api/read-event-stream.ts";

const againMs = 1_500;

/** Tells every change of an ingestion until it has ended or `signal` is aborted; a lost connection is taken up again. */
export async function followIngestion(
  client: Client,
  first: Ingestion,
  onChange: (now: Ingestion) => void,
  signal: AbortSignal,
): Promise<void> {
  let last = first;
  const take = (now: Ingestion): void => {
    last = withProgress(last, now);
    onChange(last);
  };
  while (!signal.aborted && !isEnded(last)) {
    try {
      const path = `/api/ingestions/${encodeURIComponent(first.id)}/events`;
      const response = await client.open(path, { headers: { Accept: "text/event-stream" }, signal, cache: "no-store" });
      if (response.ok && response.body) {
        await readEventStream(
          response.body,
          ({ type, data }) => type === "progress" && take(readIngestion(JSON.parse(data))),
          () => undefined,
        );
      }
    } catch {
      // Whatever broke the stream: the state is asked for below, and the stream opened again.
    }
    if (signal.aborted) return;
    try {
      take(await loadIngestion(client, first.id));
    } catch {
      // Asked again in a moment.
    }
    if (!isEnded(last)) await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}
