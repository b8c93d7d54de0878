import type { NumberedRunEvent } from "../../core/run-event.ts";
import { problemOf, ProblemError, toProblem } from "./problem.ts";
import { readEventStream } from "./read-event-stream.ts";
import type { Problem } from "./shapes.ts";

// One turn as the page follows it: asked once, followed to its last event, over however many connections it takes.

export type Connection = "connecting" | "connected" | "reconnecting" | "offline";

export type TurnRequest = {
  /** Sent as Idempotency-Key: a question that was sent twice is asked once. */
  key: string;
  question: string;
  equipmentId: string | null;
  conversationId: string | null;
  /** Set where the run is known: it is followed, not asked again. */
  runId: string | null;
  afterSeq: number;
};

export type TurnFollower = {
  onEvent(event: NumberedRunEvent): void;
  onConnection(connection: Connection): void;
  /** The turn can't be asked or followed; nothing comes after it. */
  onProblem(problem: Problem): void;
};

/** A stream without even a heartbeat for so long is dead. */
const silenceMs = 45_000;
const firstWaitMs = 500;
const longestWaitMs = 8_000;
/** A server that answers, but wrongly or with nothing, is asked this often. */
const serverFaults = 4;
const ended: Problem = {
  status: 0,
  code: "ended",
  title: "ended",
  detail: "The server holds no more events of this run.",
};

/** Resolves when the turn is over, has failed for good, or `signal` was aborted. Never rejects. */
export async function followTurn(
  request: TurnRequest,
  follower: TurnFollower,
  { fetcher, signal, wait = waitOnline }: { fetcher: typeof fetch; signal: AbortSignal; wait?: typeof waitOnline },
): Promise<void> {
  let { runId, afterSeq } = request;
  let waitMs = firstWaitMs;
  let faults = 0;
  const end = { reached: false };

  const take = (event: NumberedRunEvent): void => {
    runId = event.runId;
    if (event.seq <= afterSeq) return;
    afterSeq = event.seq;
    end.reached = ["run-finished", "run-failed", "run-cancelled"].includes(event.event.type);
    follower.onEvent(event);
  };

  while (!end.reached && !signal.aborted) {
    const silent = new AbortController();
    const stop = (): void => silent.abort();
    signal.addEventListener("abort", stop, { once: true });
    let watch = setTimeout(stop, silenceMs);
    const alive = (): void => {
      clearTimeout(watch);
      watch = setTimeout(stop, silenceMs);
    };
    try {
      const response = await open(fetcher, { ...request, runId, afterSeq }, silent.signal);
      if (response.status === 204) return follower.onProblem(ended);
      if (!response.ok || !response.body) throw new ProblemError(await problemOf(response));
      // The run has a name before its first event: a connection that is cut now is taken up there.
      runId ??= response.headers.get("Location")?.split("/").at(-1) ?? null;
      follower.onConnection("connected");
      await readEventStream(
        response.body,
        ({ type, data }) => {
          if (type === "problem") throw new ProblemError(JSON.parse(data) as Problem);
          const event = readEvent(data);
          if (!event) return;
          waitMs = firstWaitMs;
          faults = 0;
          take(event);
        },
        alive,
      );
      faults += 1;
      if (!end.reached && faults >= serverFaults) return follower.onProblem(ended);
    } catch (thrown) {
      if (signal.aborted) break;
      const problem = toProblem(thrown);
      const passing = problem.status === 0 || problem.status === 429 || problem.status >= 500;
      if (problem.status >= 500 && problem.status !== 503) faults += 1;
      if (!passing || faults >= serverFaults) {
        follower.onProblem(problem);
        return;
      }
    } finally {
      clearTimeout(watch);
      signal.removeEventListener("abort", stop);
      silent.abort();
    }
    if (end.reached || signal.aborted) return;
    follower.onConnection(navigator.onLine ? "reconnecting" : "offline");
    await wait(waitMs, signal);
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  }
}

function open(fetcher: typeof fetch, request: TurnRequest, signal: AbortSignal): Promise<Response> {
  const { runId, afterSeq, key, question, equipmentId, conversationId } = request;
  if (runId) {
    const headers = { Accept: "text/event-stream", "Last-Event-ID": String(afterSeq) };
    return fetcher(`/api/runs/${encodeURIComponent(runId)}/events`, { headers, signal, cache: "no-store" });
  }
  return fetcher("/api/ask", {
    method: "POST",
    headers: { Accept: "text/event-stream", "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify({
      question,
      ...(equipmentId ? { equipmentId } : {}),
      ...(conversationId ? { conversationId } : {}),
    }),
    signal,
  });
}

function readEvent(data: string): NumberedRunEvent | null {
  try {
    const parsed = JSON.parse(data) as Partial<NumberedRunEvent>;
    return parsed.event && parsed.runId && parsed.seq ? (parsed as NumberedRunEvent) : null;
  } catch {
    return null;
  }
}

/** Waits, but not longer than until the network is back. */
function waitOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}
