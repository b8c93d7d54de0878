import { signal, type Signal } from "@preact/signals";
import type { Client } from "../api/client.ts";
import { cancelIngestion, isEnded, listIngestions, type Ingestion } from "../api/ingestions.ts";
import { toProblem } from "../api/problem.ts";
import type { Problem } from "../api/shapes.ts";
import { uploadFiles } from "../api/upload-files.ts";
import { followIngestion } from "./follow-ingestion.ts";

/** Files on their way to the server. They stay here until the server has them, also when sending fails. */
export type Upload = { key: number; files: File[]; share: number; problem: Problem | null };

export type Ingestions = {
  uploads: Signal<Upload[]>;
  /** Newest first; null until the first answer. */
  list: Signal<Ingestion[] | null>;
  /** It was under way while the page was open. */
  watched(id: string): boolean;
  /** Rises whenever an ingestion may have changed the documents. */
  changes: Signal<number>;
  refresh(): Promise<void>;
  send(files: File[]): void;
  sendAgain(key: number): void;
  /** Stops sending, or takes what failed off the list. */
  drop(key: number): void;
  cancel(id: string): Promise<void>;
  /** An ended one goes to those of earlier. */
  dismiss(id: string): void;
};

/** Outlives the documents page: an upload goes on while one asks. */
export function createIngestions(client: Client): Ingestions {
  const uploads = signal<Upload[]>([]);
  const list = signal<Ingestion[] | null>(null);
  const changes = signal(0);
  const followed = new Set<string>();
  const watched = new Set<string>();
  const senders = new Map<number, AbortController>();
  let last = 0;

  function put(now: Ingestion): void {
    const rest = list.peek() ?? [];
    const known = rest.some(({ id }) => id === now.id);
    list.value = known ? rest.map((one) => (one.id === now.id ? now : one)) : [now, ...rest];
  }

  function follow(first: Ingestion): void {
    if (isEnded(first) || followed.has(first.id)) return;
    followed.add(first.id);
    watched.add(first.id);
    let done = first.filesDone;
    const change = (now: Ingestion): void => {
      put(now);
      if (now.filesDone !== done || isEnded(now)) changes.value += 1;
      done = now.filesDone;
    };
    void followIngestion(client, first, change, new AbortController().signal).finally(() => followed.delete(first.id));
  }

  const change = (key: number, to: Partial<Upload>): void => {
    uploads.value = uploads.peek().map((one) => (one.key === key ? { ...one, ...to } : one));
  };
  const remove = (key: number): void => {
    uploads.value = uploads.peek().filter((one) => one.key !== key);
  };

  async function run(key: number, files: File[]): Promise<void> {
    const sender = new AbortController();
    senders.set(key, sender);
    try {
      const ingestion = await uploadFiles(files, (share) => change(key, { share }), sender.signal);
      remove(key);
      watched.add(ingestion.id);
      put(ingestion);
      if (isEnded(ingestion)) changes.value += 1;
      else follow(ingestion);
    } catch (thrown) {
      if (!sender.signal.aborted) change(key, { problem: toProblem(thrown) });
    } finally {
      senders.delete(key);
    }
  }

  return {
    uploads,
    list,
    changes,
    watched: (id) => watched.has(id),
    async refresh() {
      const now = await listIngestions(client);
      const files = new Map((list.peek() ?? []).map((one) => [one.id, one.files]));
      list.value = now.map((one) => (one.files.length > 0 ? one : { ...one, files: files.get(one.id) ?? [] }));
      for (const one of now) follow(one);
    },
    send(files) {
      for (const batch of batchesOf(files)) {
        const key = ++last;
        uploads.value = [...uploads.peek(), { key, files: batch, share: 0, problem: null }];
        void run(key, batch);
      }
    },
    sendAgain(key) {
      const upload = uploads.peek().find((one) => one.key === key);
      if (!upload) return;
      change(key, { share: 0, problem: null });
      void run(key, upload.files);
    },
    drop(key) {
      senders.get(key)?.abort();
      remove(key);
    },
    async cancel(id) {
      await cancelIngestion(client, id);
    },
    dismiss(id) {
      watched.delete(id);
      list.value = [...(list.peek() ?? [])];
    },
  };
}

const mostFiles = 200;
const mostBytes = 400 * 1024 * 1024;

/** As many as one form may hold; a file that is too large goes alone, and the server says so. */
export function batchesOf<Sized extends { size: number }>(files: Sized[]): Sized[][] {
  const batches: Sized[][] = [];
  let bytes = 0;
  for (const file of files) {
    const batch = batches.at(-1);
    if (!batch || batch.length >= mostFiles || bytes + file.size > mostBytes) {
      batches.push([file]);
      bytes = file.size;
    } else {
      batch.push(file);
      bytes += file.size;
    }
  }
  return batches;
}
