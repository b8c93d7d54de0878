import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Actor } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import type { Database } from "../db/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { ingestPaths } from "../knowledge/ingest-paths.ts";
import type { IngestReport, Knowledge } from "../knowledge/knowledge.ts";
import { readableExtensions } from "../knowledge/load/load-file.ts";
import type { Task } from "./queue.ts";

/** The document travels in the job itself, so that any process on the same database can read it. */
export type UploadJob = { name: string; base64: string; actor: Actor };

export function ingestUpload(deps: {
  database: Database;
  knowledge: Knowledge;
  site: { timeZone: string };
}): Task<UploadJob, IngestReport> {
  return {
    name: "ingest-upload",
    async run({ name, base64, actor }, signal) {
      const folder = await mkdtemp(join(tmpdir(), "sunbae-upload-"));
      try {
        await writeFile(join(folder, name), Buffer.from(base64, "base64"));
        const ctx = { actor, timeZone: deps.site.timeZone, now: () => new Date(), signal };
        const report = await ingestPaths(ctx, deps.knowledge, { paths: [join(folder, name)], root: folder });
        const [file] = report.files;
        const details = { name, verdict: file?.verdict, reason: file?.reason ?? null };
        await deps.database.db.transaction(
          async (tx) =>
            await recordAudit(
              tx,
              { actor, action: "document.upload", entity: "document", entityId: file?.documentId ?? name, details },
              ctx.now(),
            ),
        );
        return report;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** A file name as a browser sends it: its last part, without what a path or a control character could do. */
export function safeFileName(given: string): string {
  const name = basename(given.replaceAll("\\", "/"))
    .normalize("NFC")
    .replaceAll(/[\p{Cc}<>:"|?*]/gu, "_")
    .replace(/^\.+/, "")
    .trim()
    .slice(-160);
  if (!readableExtensions.some((extension) => name.toLowerCase().endsWith(extension)))
    throw new SunbaeError("invalid_input", `"${given}" is not a kind of file that can be read.`, {
      fix: `These can: ${readableExtensions.join(" ")}.`,
    });
  return name;
}
