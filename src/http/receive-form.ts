import { Busboy } from "@fastify/busboy";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { SunbaeError } from "../core/errors.ts";

// A form with files, read as it comes: nothing of it is held in memory but the piece in hand.

export type ReceivedForm<Kept> = { files: Kept[]; fields: Record<string, string[]> };

export type ReceiveOptions<Kept> = {
  /** Of the whole form. */
  mostBytes: number;
  mostFiles: number;
  /** Takes a file's bytes to their end. The name is as the sender wrote it; the fields are those before the file. */
  keep(name: string, bytes: Readable, fields: Record<string, string[]>): Promise<Kept>;
};

/** Rejects with `invalid_input` where it is no form, with `too_large`, and with what `keep` throws. */
export async function receiveForm<Kept>(
  request: Request,
  { mostBytes, mostFiles, keep }: ReceiveOptions<Kept>,
): Promise<ReceivedForm<Kept>> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*;.*boundary=/i.test(type) || !request.body)
    throw new SunbaeError("invalid_input", "The request is no form with files.", {
      fix: "Send it as multipart/form-data, each file as a part `file`.",
    });
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) throw tooLarge(mostBytes);

  const limits = { files: mostFiles, fields: 200, fieldSize: 10_000, fieldNameSize: 100 };
  const form = new Busboy({ headers: { "content-type": type }, limits });
  // By a map: a field may be called "constructor".
  const fields = new Map<string, string[]>();
  const files: Promise<Kept>[] = [];
  const arriving: Readable[] = [];
  let fault: SunbaeError | null = null;
  form.on("field", (name, value) => void fields.set(name, [...(fields.get(name) ?? []), value]));
  form.on("filesLimit", () => (fault = new SunbaeError("too_large", `A form takes ${mostFiles} files at most.`)));
  form.on("file", (_field, bytes, name) => {
    const kept = keep(name ?? "", bytes, Object.fromEntries(fields));
    arriving.push(bytes);
    // A file that can't be kept is passed over to its end, and told when the form is.
    kept.catch(() => bytes.resume());
    files.push(kept);
  });
  try {
    await pipeline(Readable.fromWeb(request.body as ReadableStream), counter(mostBytes), form);
  } catch (thrown) {
    // The parser lets go of a file that it is in the middle of without a word.
    for (const bytes of arriving) bytes.destroy(new Error("The form broke off."));
    await Promise.allSettled(files);
    if (thrown instanceof SunbaeError) throw thrown;
    throw new SunbaeError("invalid_input", "The form broke off before its end.", { cause: thrown });
  }
  // Every one to its end before a fault is told: what was kept can then be let go of.
  await Promise.allSettled(files);
  const kept = await Promise.all(files);
  if (fault) throw fault as SunbaeError;
  return { files: kept, fields: Object.fromEntries(fields) };
}

function counter(mostBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > mostBytes) done(tooLarge(mostBytes));
      else done(null, chunk);
    },
  });
}

const tooLarge = (mostBytes: number) =>
  new SunbaeError("too_large", `The upload is larger than ${Math.round(mostBytes / 1_048_576)} MB.`, {
    fix: "Send fewer files at once, or put them into the watched folder of the server.",
  });
