import { decode } from "fast-png";
import Pdf from "pdfkit";
import { expect, it } from "vitest";
import { createPagePictures } from "../../src/knowledge/pages/page-pictures.ts";
import { createPictureThread } from "../../src/knowledge/pages/picture-thread.ts";
import type { DrawRequest } from "../../src/knowledge/pages/picture-worker.ts";

/** A thread that keeps the last file, and finishes a page only when it is told to. */
function fakeThread(bytesAPage = 10) {
  const asked: DrawRequest[] = [];
  let running = 0;
  let held: string | null = null;
  const state = { most: 0 };
  return {
    asked,
    state,
    holds: () => held,
    async draw(request: DrawRequest) {
      asked.push(request);
      running += 1;
      state.most = Math.max(state.most, running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      held = request.fileId;
      if (request.number === 13) throw new Error("page 13 is broken");
      return new Uint8Array(bytesAPage).fill(request.number);
    },
    close: async () => undefined,
  };
}

function pictures(options: { bytesAPage?: number; cacheBytes?: number } = {}) {
  const thread = fakeThread(options.bytesAPage);
  const reads: string[] = [];
  const drawn = createPagePictures({
    readFile: async (id) => {
      reads.push(id);
      return new TextEncoder().encode(id);
    },
    cacheBytes: options.cacheBytes ?? 1_000,
    thread,
  });
  const draw = (number: number, fileId = "a", width = 800, signal?: AbortSignal) =>
    drawn.draw({ fileId, format: "pdf", number, width, signal });
  return { draw, thread, reads };
}

it("draws a page once, however many ask for it at the same time", async () => {
  const { draw, thread, reads } = pictures();
  const [first, second] = await Promise.all([draw(3), draw(3)]);
  expect(first).toEqual(second);
  expect(await draw(3)).toEqual(first);
  expect(thread.asked).toHaveLength(1);
  expect(reads).toEqual(["a"]);
});

it("draws one page after another, and reads a file once while its pages are turned", async () => {
  const { draw, thread, reads } = pictures();
  await Promise.all([1, 2, 3, 4].map((number) => draw(number)));
  expect(thread.state.most).toBe(1);
  expect(reads).toEqual(["a"]);
  await draw(1, "b");
  expect(reads).toEqual(["a", "b"]);
});

it("forgets the picture that was longest unused when they grow too many", async () => {
  const { draw, thread } = pictures({ bytesAPage: 10, cacheBytes: 25 });
  await draw(1);
  await draw(2);
  await draw(1);
  await draw(3);
  await draw(1);
  expect(thread.asked.map(({ number }) => number)).toEqual([1, 2, 3]);
  await draw(2);
  expect(thread.asked).toHaveLength(4);
});

it("goes on after a page that can't be drawn", async () => {
  const { draw } = pictures();
  const [broken, next] = await Promise.allSettled([draw(13), draw(14)]);
  expect(broken.status).toBe("rejected");
  expect(next.status).toBe("fulfilled");
});

it("does not draw for someone who has gone", async () => {
  const { draw, thread } = pictures();
  const gone = new AbortController();
  const [, left] = await Promise.allSettled([draw(1), (gone.abort(), draw(2, "a", 800, gone.signal))]);
  expect(left.status).toBe("rejected");
  expect(thread.asked.map(({ number }) => number)).toEqual([1]);
});

it("tells who asks for too much to come again, and serves the others", async () => {
  const { draw } = pictures();
  const all = await Promise.allSettled(Array.from({ length: 40 }, (_, index) => draw(index + 100)));
  const refused = all.filter((one) => one.status === "rejected");
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.reason).toMatchObject({ code: "unavailable" });
  expect(all[0]?.status).toBe("fulfilled");
});

it("draws in a thread of its own, page after page of one file, and says why it can't", async () => {
  const thread = createPictureThread();
  try {
    const bytes = await smallPdf();
    const ask = (number: number) => thread.draw({ fileId: "a", bytes: null, format: "pdf", number, width: 200 });
    const first = await thread.draw({ fileId: "a", bytes, format: "pdf", number: 1, width: 200 });
    expect(decode(first)).toMatchObject({ width: 200 });
    expect(thread.holds()).toBe("a");
    expect(decode(await ask(2))).toMatchObject({ width: 200 });
    await expect(ask(99)).rejects.toThrow(/99/);
    expect(decode(await ask(1))).toMatchObject({ width: 200 });
  } finally {
    await thread.close();
  }
}, 30_000);

async function smallPdf(): Promise<Uint8Array> {
  const pdf = new Pdf({ size: "A5" });
  const parts: Buffer[] = [];
  pdf.on("data", (part: Buffer) => parts.push(part));
  const ended = new Promise((resolve) => pdf.on("end", resolve));
  pdf.text("Page one").addPage().text("Page two").end();
  await ended;
  return new Uint8Array(Buffer.concat(parts));
}
