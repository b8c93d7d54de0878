import type pg from "pg";
import type { Ctx } from "../../core/context.ts";
import { deleteDocument } from "../delete-document.ts";
import type { Knowledge } from "../knowledge.ts";
import { noVerdict } from "./file-task.ts";
import type { FileTask, Verdict } from "./file-task.ts";
import type { JobTask } from "./job-log.ts";

type Record = (client: pg.PoolClient, task: FileTask, verdict: Verdict) => Promise<void>;

/** Removes the document of a file that is no longer there, with its verdict. */
export async function removeVanished(ctx: Ctx, knowledge: Knowledge, task: JobTask, record: Record): Promise<Verdict> {
  const documentId = task.removes!;
  const verdict: Verdict = { ...noVerdict, verdict: "removed", documentId, reason: "Its file is no longer there." };
  await deleteDocument(ctx, knowledge, { documentId, also: (client) => record(client, task, verdict) });
  return verdict;
}
