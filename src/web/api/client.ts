import type { Proposal } from "../../core/run-event.ts";
import { problemOf, ProblemError } from "./problem.ts";
import type { Conversation, ConversationLine, Machine, ProposalView, Status, Verdict } from "./shapes.ts";
import { readConversation, readConversations, readMachines, readProposals, readStatus } from "./read-shapes.ts";

type Method = "GET" | "POST" | "PATCH" | "DELETE";

export type Client = {
  /** Any route, for parts of the page that are fetched when they are shown. JSON; null for an empty answer. */
  call(method: Method, path: string, body?: unknown): Promise<unknown>;
  /** The bare response, for streams. */
  open(path: string, init: RequestInit): Promise<Response>;
  status(): Promise<Status>;
  machines(): Promise<Machine[]>;
  conversations(): Promise<ConversationLine[]>;
  conversation(id: string): Promise<Conversation>;
  proposals(query?: { status?: Proposal["status"]; runId?: string }): Promise<ProposalView[]>;
  approve(id: string, textHash: string | undefined): Promise<void>;
  reject(id: string, reason: string): Promise<void>;
  feedback(runId: string, verdict: Verdict, comment: string): Promise<void>;
  cancel(runId: string, reason: string): Promise<void>;
};

const timeoutMs = 20_000;

/** The API's verbs for the page. All reject with ProblemError, or TypeError where the server can't be reached. */
export function createClient(fetcher: typeof fetch): Client {
  async function call(method: Method, path: string, body?: unknown): Promise<unknown> {
    const response = await fetcher(path, {
      method,
      headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new ProblemError(await problemOf(response));
    return response.status === 204 ? null : await response.json();
  }
  const of = (id: string): string => encodeURIComponent(id);

  return {
    call,
    open: fetcher,
    status: async () => readStatus(await call("GET", "/api/status")),
    machines: async () => readMachines(await call("GET", "/api/equipment")),
    conversations: async () => readConversations(await call("GET", "/api/conversations")),
    conversation: async (id) => readConversation(await call("GET", `/api/conversations/${of(id)}`)),
    async proposals({ status, runId } = {}) {
      const query = new URLSearchParams({ ...(status ? { status } : {}), ...(runId ? { run: runId } : {}) });
      return readProposals(await call("GET", `/api/proposals?${query.toString()}`));
    },
    async approve(id, textHash) {
      await call("POST", `/api/proposals/${of(id)}/approve`, textHash ? { expectedTextHash: textHash } : {});
    },
    async reject(id, reason) {
      await call("POST", `/api/proposals/${of(id)}/reject`, { reason });
    },
    async feedback(runId, verdict, comment) {
      await call("POST", "/api/feedback", { runId, verdict, ...(comment ? { comment } : {}) });
    },
    async cancel(runId, reason) {
      await call("POST", `/api/runs/${of(runId)}/cancel`, { reason });
    },
  };
}
