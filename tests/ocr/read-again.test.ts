import { expect, test } from "vitest";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import { markUnrecognised } from "../../src/knowledge/ingest/mark-outdated.ts";
import { rereadOutdated } from "../../src/knowledge/ingest/reread-outdated.ts";
import { runIngest } from "../../src/knowledge/ingest/run-ingest.ts";
import { listDocuments } from "../../src/knowledge/list-documents.ts";
import { howToInstall } from "../../src/knowledge/load/ocr/find-ocr.ts";
import { contextOf, openKnowledge, temporaryFolder } from "../knowledge/support.ts";
import { scan, scannedPdf } from "../support/scans.ts";

test("a scan that was read before the machine could recognise text is read again once it can", async () => {
  const ctx = contextOf(["admin"]);
  const knowledge = await openKnowledge();
  const folder = temporaryFolder();
  try {
    const page = await scan((pdf) =>
      pdf.font("Helvetica").fontSize(14).text("Grease the slide rails weekly.", 56, 100),
    );
    folder.write("rails.pdf", await scannedPdf([page]));
    await ingestPaths(ctx, knowledge, { paths: [folder.path], root: folder.path });
    // As the document stands where there was no tool.
    const asUnread = `UPDATE documents SET unread_pages = 1, notices = ARRAY['Page 1 is a scan: ' || $1]`;
    await knowledge.database.pool.query(asUnread, [howToInstall]);

    expect(await markUnrecognised(knowledge.database)).toBe(1);
    const job = await rereadOutdated(ctx, { knowledge, enqueue: async () => {} });
    await runIngest(ctx, { knowledge, worker: "one" }, job!.jobId);
    expect((await listDocuments(ctx, knowledge)).documents).toMatchObject([{ path: "rails.pdf", unreadPages: 0 }]);
    expect(await markUnrecognised(knowledge.database)).toBe(0);
  } finally {
    folder.remove();
    await knowledge.database.close();
  }
});
