import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";

/** Raised when reading, chunking or tokenising changes: every document is then read again, in the background. */
export const pipelineVersion = 3;

const sliceBytes = 4 * 1024 * 1024;

/** SHA-256 of a file's bytes, in slices, so that a large one does not hold up who asks something meanwhile. */
export async function hashOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    hash.update(bytes.subarray(at, at + sliceBytes));
    if (at + sliceBytes < bytes.length) await turn();
  }
  return hash.digest("hex");
}

/**
 * What decides whether a file is read again: its bytes, who may see it, and `beside` (the fingerprint of its sidecars
 * and what a person set).
 */
export function contentHash(bytesHash: string, audience: string[], beside: string): string {
  return createHash("sha256")
    .update(`${pipelineVersion}\n${audience.toSorted().join(",")}\n${beside}\n${bytesHash}`)
    .digest("hex");
}
