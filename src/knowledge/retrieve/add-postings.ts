import { lengthOfByte } from "../index/postings.ts";

// The innermost loops of BM25: hundreds of thousands of postings a question, hence without a call for each.

// k1 and b are the plain values that the anchors of SOURCES.md were measured with; they were not tuned to any set.
const k1 = 0.9;
const b = 0.4;

/** What an occurrence counts, by `tf << 8 | length byte`, at a mean length; more occurrences count as the most here. */
export type Saturation = Float64Array;

const mostCounted = 31;

export function saturationOf(meanLength: number): Saturation {
  const table = new Float64Array((mostCounted + 1) << 8);
  for (let tf = 1; tf <= mostCounted; tf += 1)
    for (const [byte, length] of lengthOfByte.entries())
      table[(tf << 8) | byte] = (tf * (k1 + 1)) / (tf + k1 * (1 - b + (b * length) / meanLength));
  return table;
}

/** What a term's chunks score: added to what they have, or instead of it where it is more. */
export type Way = "add" | "most";

/** Scores the chunks of a packed list; those from `into.length` on came later and are left out. */
export function addPostings(
  list: Uint8Array,
  factor: number,
  saturation: Saturation,
  into: Float32Array,
  way: Way,
): void {
  const adds = way === "add";
  const size = into.length;
  for (let at = 0, id = 0; at < list.length; at += 2) {
    let byte = list[at++]!;
    id += byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = list[at++]!;
      id += (byte & 127) << shift;
    }
    if (id >= size) return;
    const tf = list[at]!;
    const score = factor * saturation[((tf < mostCounted ? tf : mostCounted) << 8) | list[at + 1]!]!;
    if (adds) into[id]! += score;
    else if (score > into[id]!) into[id] = score;
  }
}

/** Chunks that have several terms, which are given one after another, the rarest first. */
export type Conjunction = {
  /** Keeps the chunks so far that these lists have too; the first term's are all kept. */
  and(lists: Uint8Array[], factor: number): void;
  /** Gives the kept chunks their score where it is more than what they have, and begins anew. */
  finish(into: Float32Array): void;
};

export function createConjunction(size: number, saturation: Saturation): Conjunction {
  const scores = new Float64Array(size);
  /** How many of the terms a chunk has so far. */
  const counts = new Uint8Array(size);
  let candidates = new Uint32Array(1_024);
  let count = 0;
  let terms = 0;
  return {
    and(lists, factor) {
      for (const list of lists)
        for (let at = 0, id = 0; at < list.length; at += 2) {
          let byte = list[at++]!;
          id += byte & 127;
          for (let shift = 7; byte > 127; shift += 7) {
            byte = list[at++]!;
            id += (byte & 127) << shift;
          }
          if (id >= size) break;
          if (counts[id] !== terms) continue;
          const tf = list[at]!;
          counts[id] = terms + 1;
          scores[id]! += factor * saturation[((tf < mostCounted ? tf : mostCounted) << 8) | list[at + 1]!]!;
          if (terms > 0) continue;
          if (count === candidates.length) candidates = grown(candidates);
          candidates[count++] = id;
        }
      terms += 1;
    },
    finish(into) {
      for (let at = 0; at < count; at += 1) {
        const id = candidates[at]!;
        if (counts[id] === terms && scores[id]! > into[id]!) into[id] = scores[id]!;
        counts[id] = 0;
        scores[id] = 0;
      }
      [count, terms] = [0, 0];
    },
  };
}

function grown(ids: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(ids.length * 4);
  larger.set(ids);
  return larger;
}
