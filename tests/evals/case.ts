import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

// Set: the questions for one plant, one file of JSON Lines. The first line says what the set needs and what it must
// reach; every other line is a case. A case is right when every one of its expectations holds.

const patterns = z.union([z.string(), z.array(z.string())]).transform((one) => (typeof one === "string" ? [one] : one));

/** A number from outside the system: stated, by SQL on the store, or from the telemetry file. */
const number = z.union([
  z.number(),
  z.strictObject({ sql: z.string() }),
  z.strictObject({
    telemetry: z.string(),
    stat: z.enum(["mean", "min", "max", "count"]),
    from: z.string(),
    to: z.string(),
  }),
]);

export const expectation = z.strictObject({
  /** Regular expressions; case does not matter. `head` is the first three lines that say something. */
  head: patterns.optional(),
  contains: patterns.optional(),
  /** At least one. */
  containsAny: patterns.optional(),
  notContains: patterns.optional(),
  /** The number in the first line that has one in bold or, where none is bold, among all numbers of the first line. */
  number: number.optional(),
  /** The number stands anywhere in the answer. */
  says: z.union([number, z.array(number)]).optional(),
  /** The numbers stand in bold, anywhere: what the answer itself says, not what its rows happen to hold. */
  bold: z.array(number).optional(),
  /** Each stands within one line. */
  lines: patterns.optional(),
  /** Every row (words, then a number) stands in one line of the answer. */
  rows: z
    .strictObject({
      sql: z.string().optional(),
      values: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
    })
    .optional(),
  /** The first row of the SQL stands in the head. */
  winner: z.strictObject({ sql: z.string() }).optional(),
  /** A text by SQL stands in the answer, a time as its date. */
  text: z.strictObject({ sql: z.string(), all: z.boolean().optional() }).optional(),
  /** Minutes by SQL, said in whatever unit ("1시간 12분", "72 min", "1.2 h"), anywhere in the head. */
  duration: z.strictObject({ sql: z.string() }).optional(),
  /** The duration may stand below the head too. */
  durationAnywhere: z.boolean().optional(),
  reading: patterns.optional(),
  abstained: z.boolean().optional(),
  intent: patterns.optional(),
  equipment: z.array(z.string()).optional(),
  /** Kinds of evidence: the first one cited, and any cited. */
  citesFirst: patterns.optional(),
  cites: patterns.optional(),
  /** Ids named in the answer. */
  nearest: z.array(z.string()).optional(),
  asks: z.boolean().optional(),
  proposals: z.number().optional(),
  /** Characters of the answer at most. */
  longest: z.number().optional(),
  refused: z.boolean().optional(),
  /** The path of a document that is quoted word for word. */
  quotes: patterns.optional(),
  /** Off for answers whose language is no question's. */
  language: z.enum(["ko", "en", "any"]).optional(),
});
export type Expectation = z.infer<typeof expectation>;

const evalCase = z.strictObject({
  id: z.string(),
  kind: z.string(),
  language: z.enum(["ko", "en"]),
  question: z.string(),
  /** Earlier questions of the same conversation. */
  previous: z.array(z.string()).default([]),
  difficulty: z.enum(["plain", "reworded", "typo", "mixed-language", "slang", "follow-up"]).default("plain"),
  provenance: z.enum(["issue 2", "own"]).default("own"),
  expect: expectation,
});
export type EvalCase = z.infer<typeof evalCase>;
export type EvalCaseInput = z.input<typeof evalCase>;

const header = z.strictObject({
  set: z.string(),
  /** Plants to ask it on, each a list of contents; a set asked on several must hold on each. */
  plants: z.array(z.array(z.string()).min(1)).min(1),
  /** The zone of `local(column)` in SQL. */
  timeZone: z.string(),
  /** The least share of right answers. */
  floor: z.number().min(0).max(1),
  /** What a reader of the figures should know. */
  note: z.string().optional(),
  /** Cases made at run time from the shared data. */
  generate: z.enum(["grbl-codes"]).optional(),
});
export type EvalSet = z.infer<typeof header> & { cases: EvalCase[] };

/** Throws naming file and line of what does not fit. */
export function readSet(file: string): EvalSet {
  if (!existsSync(file)) throw new Error(`There is no set ${file}.`);
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .map((text, index) => ({ text: text.trim(), line: index + 1 }))
    .filter(({ text }) => text !== "" && !text.startsWith("//"));
  const [first, ...rest] = lines.map(({ text, line }) => {
    try {
      return { value: JSON.parse(text) as unknown, line };
    } catch (thrown) {
      throw new Error(`${file}:${line} is no JSON: ${String(thrown)}`, { cause: thrown });
    }
  });
  const cases = rest.map(({ value, line }) => parse(evalCase, value, `${file}:${line}`));
  const double = cases.find((one, index) => cases.some((other, at) => at < index && other.id === one.id));
  if (double) throw new Error(`${file} has the id ${double.id} twice.`);
  return { ...parse(header, first?.value, `${file}:1`), cases };
}

/** Cases that code made get the same defaults as those of a file. */
export function toCase(input: EvalCaseInput): EvalCase {
  return evalCase.parse(input);
}

function parse<T extends z.ZodType>(schema: T, value: unknown, place: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(`${place}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
