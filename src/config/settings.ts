import { z } from "zod";

// Every setting by its name in the environment. A message says the fix, because it is all that the operator sees.

const timeZone = z.string().refine(isTimeZone, "not an IANA time zone; write one like Asia/Seoul.");
const url = (protocols: RegExp, message: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.test(text), message);
const onOff = z.enum(["on", "off"], "must be on or off.").transform((value) => value === "on");

export const settings = z
  .object({
    SUNBAE_DATA_DIR: z.string().optional(),
    DATABASE_URL: url(/^postgres(ql)?:\/\//, "must look like postgres://user:password@host:5432/database.").optional(),
    PORT: z.coerce
      .number("must be a number from 0 to 65535.")
      .int("must be a whole number.")
      .min(0, "must be 0 or more (0: any free port).")
      .max(65_535, "must be 65535 at most.")
      .optional(),
    SUNBAE_HOST: z
      .string()
      .regex(/^[\w.:[\]-]+$/, "must be an address of this machine: 127.0.0.1, or 0.0.0.0 for the whole network.")
      .default("127.0.0.1"),
    SUNBAE_ALLOWED_HOSTS: z.string().default("").transform(toList),
    SUNBAE_LLM: z
      .string()
      .regex(/^(auto|none|ollama:\S+|openai:\S+)$/, "must be auto, none, ollama:<model> or openai:<model>.")
      .default("auto"),
    OLLAMA_HOST: z.string().optional(),
    OPENAI_API_KEY: z.string().optional(),
    OPENAI_BASE_URL: url(/^https?:\/\//, "must be a web address like http://box:8000/v1.").optional(),
    SUNBAE_EMBEDDINGS: z
      .string()
      .regex(/^(builtin|ollama:\S+|openai:\S+)$/, "must be builtin, ollama:<model> or openai:<model>.")
      .default("builtin"),
    SUNBAE_RERANK: onOff.default(false),
    SUNBAE_EGRESS: z.string().default("none"),
    SUNBAE_WATCH: z.string().optional(),
    SUNBAE_SITE_FILE: z.string().optional(),
    SUNBAE_SAMPLE: onOff.optional(),
    SUNBAE_TIME_ZONE: timeZone.optional(),
    SUNBAE_LOG_LEVEL: z
      .enum(
        ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
        "must be trace, debug, info, warn, error, fatal or silent.",
      )
      .optional(),
    SUNBAE_API_TOKEN: z
      .string()
      .min(16, "must have 16 characters at least; make one with: openssl rand -hex 24")
      .optional(),
  })
  .transform((given) => ({
    /** Undefined: `.sunbae` in the package's folder. */
    dataDir: given.SUNBAE_DATA_DIR,
    databaseUrl: given.DATABASE_URL,
    port: given.PORT ?? 8080,
    /** A port that was asked for is taken or refused; the default one may move on. */
    portIsSet: given.PORT !== undefined,
    host: given.SUNBAE_HOST,
    /** Names beyond this machine's own by which browsers may reach it. */
    allowedHosts: given.SUNBAE_ALLOWED_HOSTS,
    llm: given.SUNBAE_LLM,
    ollamaHost: given.OLLAMA_HOST,
    openaiApiKey: given.OPENAI_API_KEY,
    openaiBaseUrl: given.OPENAI_BASE_URL,
    embeddings: given.SUNBAE_EMBEDDINGS,
    /** A search may let the chat model sort its first results. */
    rerank: given.SUNBAE_RERANK,
    egress: given.SUNBAE_EGRESS,
    /** As given; readConfig makes folders of it. */
    watch: given.SUNBAE_WATCH,
    siteFile: given.SUNBAE_SITE_FILE,
    /** Whoever describes a plant of his own does not want another's records among them. */
    sample: given.SUNBAE_SAMPLE ?? given.SUNBAE_SITE_FILE === undefined,
    timeZone: given.SUNBAE_TIME_ZONE,
    logLevel: given.SUNBAE_LOG_LEVEL,
    apiToken: given.SUNBAE_API_TOKEN,
  }));

/** As read; `dataDir` and `watch` are given their defaults by readConfig. */
export type GivenSettings = z.output<typeof settings>;
export type Settings = Omit<GivenSettings, "dataDir" | "watch"> & {
  dataDir: string;
  /** Folders whose files are followed. */
  watch: string[];
};

function toList(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((item) => item.toLowerCase())
    .filter((item) => item !== "");
}

export function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }).format() !== "";
  } catch {
    return false;
  }
}
