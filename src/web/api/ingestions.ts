import type { Client } from "./client.ts";
import { fields, listOf, numberOr, textOr, texts, type Fields } from "./read-fields.ts";

// Ingestions: files that are being read, or were.

export const verdicts = ["added", "updated", "unchanged", "skipped", "failed", "removed"] as const;
export type Verdict = (typeof verdicts)[number];
const states = ["waiting", "working", "done", "failed", "cancelled"] as const;
export type IngestionState = (typeof states)[number];

export type IngestionFile = {
  ordinal: number;
  path: string;
  /** Null while it waits or is read. */
  verdict: Verdict | null;
  reason: string | null;
  notices: string[];
  documentId: string | null;
  passages: number;
  codes: number;
  pages: number | null;
  pagesDone: number;
  unreadPages: number;
};

export type Ingestion = {
  id: string;
  state: IngestionState;
  names: string[];
  createdAt: string;
  error: string | null;
  filesDone: number;
  filesTotal: number | null;
  pagesDone: number;
  pagesTotal: number;
  counts: Record<Verdict, number>;
  /** By ordinal; only of those that were asked for one by one. */
  files: IngestionFile[];
};

export const isEnded = ({ state }: Pick<Ingestion, "state">): boolean => state !== "waiting" && state !== "working";

const of = (id: string): string => encodeURIComponent(id);

export async function listIngestions(client: Client): Promise<Ingestion[]> {
  return listOf(await client.call("GET", "/api/ingestions"), "ingestions").map(readIngestion);
}

export async function loadIngestion(client: Client, id: string): Promise<Ingestion> {
  return readIngestion(await client.call("GET", `/api/ingestions/${of(id)}`));
}

export async function cancelIngestion(client: Client, id: string): Promise<void> {
  await client.call("POST", `/api/ingestions/${of(id)}/cancel`, {});
}

export function readIngestion(body: unknown): Ingestion {
  const it = fields(body);
  const counts = fields(it["counts"]);
  return {
    id: textOr(it["id"], textOr(it["jobId"], "")),
    state: states.find((state) => state === it["state"]) ?? "waiting",
    names: texts(it["names"]),
    createdAt: textOr(it["createdAt"], ""),
    error: textOr(it["error"], null),
    filesDone: numberOr(it["filesDone"], 0),
    filesTotal: numberOr(it["filesTotal"], null),
    pagesDone: numberOr(it["pagesDone"], 0),
    pagesTotal: numberOr(it["pagesTotal"], 0),
    counts: Object.fromEntries(verdicts.map((verdict) => [verdict, numberOr(counts[verdict], 0)])) as Record<
      Verdict,
      number
    >,
    files: listOf(it, "files").map(readFile),
  };
}

function readFile(it: Fields): IngestionFile {
  return {
    ordinal: numberOr(it["ordinal"], 0),
    path: textOr(it["path"], ""),
    verdict: verdicts.find((verdict) => verdict === it["verdict"]) ?? null,
    reason: textOr(it["reason"], null),
    notices: texts(it["notices"]),
    documentId: textOr(it["documentId"], null),
    passages: numberOr(it["chunks"], 0),
    codes: numberOr(it["entries"], 0),
    pages: numberOr(it["pages"], null),
    pagesDone: numberOr(it["pagesDone"], 0),
    unreadPages: numberOr(it["unreadPages"], 0),
  };
}

/** The newer state of an ingestion; files that it does not name stay as they were. */
export function withProgress(before: Ingestion, now: Ingestion): Ingestion {
  const files = new Map(before.files.map((file) => [file.ordinal, file]));
  for (const file of now.files) files.set(file.ordinal, file);
  return { ...now, files: [...files.values()].sort((one, other) => one.ordinal - other.ordinal) };
}
