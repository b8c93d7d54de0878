export type BatchLimits = {
  texts: number;
  /** UTF-8 bytes of one request; a token is one byte at least, mostly three or four. */
  bytes: number;
  /** A longer text is cut: its beginning says what it is about. */
  bytesOfText: number;
};

/** Texts in their order, as many a request as the limits allow; empty ones as a space, which no server refuses. */
export function* inBatches(texts: readonly string[], limits: BatchLimits): Generator<string[]> {
  let batch: string[] = [];
  let bytes = 0;
  for (const given of texts) {
    const text = cut(given.trim() === "" ? " " : given, limits.bytesOfText);
    const size = Buffer.byteLength(text);
    if (batch.length > 0 && (batch.length >= limits.texts || bytes + size > limits.bytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(text);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

function cut(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  // A character cut in half decodes to one or more marks at the end.
  return Buffer.from(text)
    .subarray(0, most)
    .toString("utf8")
    .replace(/\uFFFD+$/, "");
}
