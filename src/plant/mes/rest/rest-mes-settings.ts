import { z } from "zod";
import { isTimeZone } from "../../import/values/zoned-time.ts";
import { entryShape, recordEntries } from "../mapping/mapping-settings.ts";

// An MES with a REST interface: which addresses give which records as JSON. Only GET exists; conditions are decided by
// us over all rows of a record set, which are kept for a short time.

const text = z.string().min(1);
/** Names of objects down to a value: "data.items", "meta.next"; an array's element by its number. */
const jsonPath = z.string().regex(/^[^\p{Cc}]*$/u);
const size = z.number().int().min(1).max(10_000).default(200);

const paging = z.discriminatedUnion("by", [
  /** ?page=1&size=200 until a page is not full. */
  z.strictObject({
    by: z.literal("page"),
    parameter: text.default("page"),
    first: z.number().int().min(0).default(1),
    size_parameter: text.optional(),
    size,
  }),
  /** ?offset=0&limit=200 until a page is not full. */
  z.strictObject({
    by: z.literal("offset"),
    parameter: text.default("offset"),
    size_parameter: text.default("limit"),
    size,
  }),
  /** ?cursor=… as the answer says under `next`, until it says none. */
  z.strictObject({ by: z.literal("cursor"), parameter: text.default("cursor"), next: jsonPath.min(1) }),
  /** The address in the header Link; rel="next", or in the answer under `next`. */
  z.strictObject({ by: z.literal("link"), next: jsonPath.min(1).optional() }),
]);

const entry = z.strictObject({
  /** Below the source's url. */
  path: z
    .string()
    .regex(
      /^(?![a-z][a-z0-9+.-]*:|\/\/)[^\s?#]*$/i,
      'is a path below the url, such as "work-orders"; put ?name=value under query',
    ),
  query: z.record(text, z.union([z.string(), z.number(), z.boolean()]).transform(String)).optional(),
  /** Where the rows are in the answer; the answer itself is the list where it is not given. */
  rows: jsonPath.default(""),
  paging: paging.optional(),
  ...entryShape,
});

export const restMesSettings = z.strictObject({
  name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u, "use 1–64 letters, digits, . _ -"),
  kind: z.literal("rest"),
  url: z.url({ protocol: /^https?$/, error: 'is written as "http://10.0.0.7:8080/api"' }),
  /** Sent with every request: { Authorization: "Bearer ${MES_TOKEN}" }. */
  headers: z.record(z.string().regex(/^[!#$%&'*+.^_`|~\w-]+$/, "is no name of a header"), z.string()).default({}),
  /** For a login by name; beside it no Authorization header is needed. */
  user: text.optional(),
  password: z.string().optional(),
  machines: z.array(text).optional(),
  time_zone: z
    .string()
    .refine(isTimeZone, {
      error: (issue) => `"${String(issue.input)}" is no IANA time zone; write one such as "Asia/Seoul".`,
    })
    .optional(),
  /** For one request; a whole record set may take four times as long. */
  timeout_ms: z.number().int().min(100).max(120_000).default(5_000),
  /** How long rows that were read are used again. */
  cache_seconds: z.number().min(0).max(3_600).default(30),
  requests_per_second: z.number().min(0.1).max(1_000).default(20),
  /** Of one record set; more is refused, not cut off. */
  max_rows: z.number().int().min(100).max(500_000).default(50_000),
  sample: z.boolean().default(false),
  records: recordEntries(entry),
});

export type RestMesSettings = z.infer<typeof restMesSettings>;
export type RestEntry = z.infer<typeof entry>;
