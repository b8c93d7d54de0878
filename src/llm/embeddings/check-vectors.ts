import { SunbaeError } from "../../core/errors.ts";
import { normalised } from "./builtin.ts";

/**
 * The unit vectors of an answer. Throws `unavailable` with what is wrong: another shape, too few or too many, unequal
 * lengths, numbers that are none, or nothing but zeros; such vectors would spoil every later search.
 */
export function checkVectors(
  name: string,
  read: (answer: unknown) => number[][],
  answer: unknown,
  wanted: number,
): Float32Array[] {
  const refuse = (what: string) =>
    new SunbaeError("unavailable", `${name} gave ${what}.`, {
      fix: "Is the named model an embedding model, and the server the one that is meant?",
    });
  let vectors: number[][];
  try {
    vectors = read(answer);
  } catch {
    throw refuse(`an answer without vectors: ${JSON.stringify(answer).slice(0, 120)}`);
  }
  if (vectors.length !== wanted) throw refuse(`${vectors.length} vectors for ${wanted} texts`);
  const length = vectors[0]?.length ?? 0;
  if (length === 0) throw refuse("empty vectors");
  return vectors.map((vector) => {
    if (vector.length !== length) throw refuse(`vectors of ${length} and of ${vector.length} numbers`);
    const numbers = Float32Array.from(vector);
    if (!numbers.every(Number.isFinite)) throw refuse("a vector with something else than numbers in it");
    if (numbers.every((value) => value === 0)) throw refuse("a vector of zeros");
    return normalised(numbers);
  });
}
