import { types } from "pg";

type Reader = (text: string) => unknown;

const asText: Reader = (text) => text;
/** Beyond 2^53 a number would change its last digits without a word. */
const wholeNumber: Reader = (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : text);

/** Types by their numbers in pg_type: int8, numeric, date, timestamp. */
const own = new Map<number, Reader>([
  [20, wholeNumber],
  [1700, Number],
  [1082, asText],
  [1114, asText],
]);

/** Times without a zone stay text, so that nobody takes this machine's zone for the plant's. */
export const postgresTypes = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    (format !== "binary" && own.get(oid)) || types.getTypeParser(oid, format as "text")) as typeof types.getTypeParser,
};
