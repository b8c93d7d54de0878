import { readNumber } from "../import/values/read-number.ts";

export type HeardValue = { value: number; unit: string | null } | { refused: string };

const on = new Set(["true", "on", "yes"]);
const off = new Set(["false", "off", "no"]);

/** What a source sent as a value: a number, a boolean (1 or 0), or a text that is one of them ("21.5 °C"). */
export function readValue(sent: unknown): HeardValue {
  if (typeof sent === "number") return finite(sent, null);
  if (typeof sent === "bigint") return finite(Number(sent), null);
  if (typeof sent === "boolean") return { value: sent ? 1 : 0, unit: null };
  if (sent === null || sent === undefined) return { refused: "no value" };
  if (typeof sent !== "string") return { refused: "a value that is no single number" };
  const word = sent.trim().toLowerCase();
  if (on.has(word)) return { value: 1, unit: null };
  if (off.has(word)) return { value: 0, unit: null };
  const read = readNumber(sent, ".");
  if (!read)
    return { refused: word === "nan" || /^[+-]?inf/.test(word) ? "NaN or infinite" : "a text that is no number" };
  return finite(read.value, read.unit);
}

const finite = (value: number, unit: string | null): HeardValue =>
  Number.isFinite(value) ? { value, unit } : { refused: "NaN or infinite" };
