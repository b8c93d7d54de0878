import { SunbaeError } from "../../core/errors.ts";
import { createPictureThread, type PictureThread } from "./picture-thread.ts";

export type PictureRequest = {
  fileId: string;
  format: string;
  number: number;
  /** Of the picture, in pixels. */
  width: number;
  signal?: AbortSignal | undefined;
};

export type PagePictures = {
  /** PNG bytes: remembered, else drawn, one page after another. */
  draw(request: PictureRequest): Promise<Uint8Array>;
  close(): Promise<void>;
};

export type PagePicturesDeps = {
  /** The file as it came; the bytes are given away. */
  readFile(fileId: string): Promise<Uint8Array>;
  /** Most bytes of pictures that are remembered. */
  cacheBytes?: number;
  thread?: PictureThread;
};

/** Who looks for pages faster than they can be drawn is told so, and not queued for minutes. */
const longestQueue = 24;

export function createPagePictures(deps: PagePicturesDeps): PagePictures {
  const { readFile, cacheBytes = 48 * 1024 * 1024, thread = createPictureThread() } = deps;
  const drawn = new Map<string, Uint8Array>();
  let size = 0;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  function remember(key: string, png: Uint8Array): void {
    drawn.set(key, png);
    size += png.length;
    for (const [oldest, { length }] of drawn) {
      if (size <= cacheBytes) return;
      drawn.delete(oldest);
      size -= length;
    }
  }

  function recall(key: string): Uint8Array | null {
    const png = drawn.get(key);
    if (!png) return null;
    drawn.delete(key);
    drawn.set(key, png);
    return png;
  }

  async function drawNow(key: string, { fileId, format, number, width, signal }: PictureRequest): Promise<Uint8Array> {
    const known = recall(key);
    if (known) return known;
    signal?.throwIfAborted();
    const bytes = thread.holds() === fileId ? null : ownBuffer(await readFile(fileId));
    const png = await thread.draw({ fileId, bytes, format, number, width });
    remember(key, png);
    return png;
  }

  return {
    async draw(request) {
      const key = `${request.fileId} ${request.number} ${request.width}`;
      const known = recall(key);
      if (known) return known;
      if (waiting >= longestQueue)
        throw new SunbaeError("unavailable", "Too many pages are being drawn at once.", { fix: "Try again shortly." });
      waiting += 1;
      const mine = last.then(() => drawNow(key, request)).finally(() => (waiting -= 1));
      last = mine.catch(() => undefined);
      return await mine;
    },
    async close() {
      drawn.clear();
      size = 0;
      await thread.close();
    },
  };
}

/** A buffer that holds these bytes alone, so that it may go to another thread without a copy. */
function ownBuffer(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}
