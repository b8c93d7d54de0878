import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import type { IngestPathsInput, IngestReport, Knowledge } from "./knowledge.ts";

/** Reads files and folders into the index; unchanged files cost one hash. A bad file gets its verdict, the rest goes on. */
export async function ingestPaths(_ctx: Ctx, _knowledge: Knowledge, _input: IngestPathsInput): Promise<IngestReport> {
  throw new SunbaeError("unavailable", "Ingestion is being built.");
}
