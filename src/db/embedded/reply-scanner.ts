// Follows the backend's replies (Postgres wire protocol 3) without copying them.

export type Reply = {
  /** Message types seen, in order, without repeats in a row: "T", "D", "C", "Z" … */
  types: string;
  /** SQLSTATE of an error in the reply. */
  errorCode: string | null;
};

export type ReplyScanner = { feed(chunk: Uint8Array): void; take(): Reply };

const errorResponse = 0x45; // "E"
const codeField = 0x43; // "C"

function sqlStateOf(body: Uint8Array): string | null {
  let at = 0;
  while (at < body.length && body[at] !== 0) {
    const end = body.indexOf(0, at + 1);
    if (end < 0) return null;
    if (body[at] === codeField) return Buffer.from(body.subarray(at + 1, end)).toString("latin1");
    at = end + 1;
  }
  return null;
}

/** A message may span chunks and a chunk may hold many messages. */
export function createReplyScanner(): ReplyScanner {
  let header: number[] = [];
  let left = 0;
  let error: number[] | null = null;
  let reply: Reply = { types: "", errorCode: null };

  const endMessage = () => {
    if (error) reply.errorCode ??= sqlStateOf(Uint8Array.from(error));
    error = null;
    header = [];
  };

  const feed = (chunk: Uint8Array) => {
    let at = 0;
    while (at < chunk.length) {
      if (left === 0) {
        header.push(chunk[at] ?? 0);
        at += 1;
        if (header.length < 5) continue;
        const [type = 0, a = 0, b = 0, c = 0, d = 0] = header;
        left = ((a << 24) | (b << 16) | (c << 8) | d) - 4;
        const letter = String.fromCharCode(type);
        if (!reply.types.endsWith(letter)) reply.types += letter;
        if (type === errorResponse) error = [];
        if (left === 0) endMessage();
        continue;
      }
      const taken = Math.min(left, chunk.length - at);
      if (error) for (let index = 0; index < taken; index += 1) error.push(chunk[at + index] ?? 0);
      at += taken;
      left -= taken;
      if (left === 0) endMessage();
    }
  };

  const take = () => {
    const taken = reply;
    reply = { types: "", errorCode: null };
    return taken;
  };
  return { feed, take };
}
