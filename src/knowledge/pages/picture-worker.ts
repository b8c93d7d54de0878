import { parentPort } from "node:worker_threads";
import { SunbaeError, toSunbaeError } from "../../core/errors.ts";
import { renderPage } from "./render-page.ts";

// Draws pages in a thread of its own: a large sheet takes longer than the event loop may stand still.

/** `bytes` come with the first page of a file; the thread keeps the last file. */
export type DrawRequest = { fileId: string; bytes: Uint8Array | null; format: string; number: number; width: number };
export type DrawReply = { png: Uint8Array } | { failed: Pick<SunbaeError, "code" | "message" | "fix"> };

let held: { fileId: string; bytes: Uint8Array } | null = null;

async function draw({ fileId, bytes, format, number, width }: DrawRequest): Promise<DrawReply> {
  try {
    if (bytes) held = { fileId, bytes };
    if (held?.fileId !== fileId) throw new SunbaeError("internal", "The thread that draws pages lost the file.");
    return { png: await renderPage(held.bytes, format, number, { widthPixels: width }) };
  } catch (thrown) {
    const { code, message, fix } = toSunbaeError(thrown);
    return { failed: { code, message, fix } };
  }
}

parentPort?.on("message", (request: DrawRequest) => {
  void draw(request).then((reply) => parentPort?.postMessage(reply));
});
