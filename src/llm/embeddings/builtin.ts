import type { Embedder } from "./embedder.ts";
import { eachFeature } from "./hashed-features.ts";

// 384 numbers: as many as the small multilingual models give, so that index size and latency measured with this
// one hold for them; fewer let hashed features collide (cosine noise is about 1/√dimension), more double the index.
const dimension = 384;

/**
 * Hashed words and pieces of words: no download, no model, both languages, one space for ever. It finds inflected,
 * compounded and mistyped words that BM25 misses, and knows nothing of meaning: hence the small reliability.
 */
export function createBuiltinEmbedder(): Embedder {
  return {
    name: "builtin-1",
    dimension,
    // Out of .05 to .5, on half of cranfield and an eighth of korquad1; flat between .1 and .2. Of these the lower
    // side, since the full text mends typing errors by itself.
    reliability: 0.12,
    embedPassages: async (texts) => texts.map(embed),
    embedQuestion: async (text) => embed(text),
  };
}

function embed(text: string): Float32Array {
  const counts = new Map<string, { count: number; weight: number }>();
  eachFeature(text, (name, weight) => {
    const known = counts.get(name);
    if (known) known.count += 1;
    else counts.set(name, { count: 1, weight });
  });
  const vector = new Float32Array(dimension);
  for (const [name, { count, weight }] of counts) {
    const value = weight * (1 + Math.log(count));
    const hash = fnv1a(name);
    // Two places a feature: one collision then spoils half of it only.
    add(vector, hash, value);
    add(vector, mix(hash), value);
  }
  return normalised(vector);
}

function add(vector: Float32Array, hash: number, value: number): void {
  const place = (hash >>> 1) % dimension;
  vector[place]! += hash & 1 ? value : -value;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash >>> 0);
}

/** The finisher of murmur3: every bit depends on every bit. */
function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Length 1; a text without any feature gets one fixed direction, because cosine distance knows no zero. */
export function normalised(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  if (sum === 0) {
    vector[0] = 1;
    return vector;
  }
  const length = Math.sqrt(sum);
  return vector.map((value) => value / length);
}
