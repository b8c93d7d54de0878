import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";
import type { z } from "zod";
import { SunbaeError } from "./core/errors.ts";
import type { ErrorDetail } from "./core/errors.ts";
import { settings, type GivenSettings, type Settings } from "./config/settings.ts";
import { readSiteFile } from "./config/site-file.ts";
import type { SiteText } from "./core/site-text.ts";

// The only reader of the environment. Settings are read once, whole, checked against each other, and travel down as
// values; a wrong one stops the start with a sentence that says the fix.

export type Config = Settings & {
  /** Where knowledge/, drizzle/, prompts/ and dist/web/ lie. */
  packageRoot: string;
  /** The site file's text; what it declares is checked where it is known (plant/site). */
  site: SiteText | null;
  /** The operator's language, by the system's locale. */
  language: "ko" | "en";
  /** What is allowed but worth a sentence at the start. */
  warnings: string[];
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** The folder above this file: src/ when run from source, dist/ when bundled. */
const ownRoot = (): string => resolve(dirname(fileURLToPath(import.meta.url)), "..");

export type ReadConfigOptions = {
  /** The process's own unless told. */
  environment?: Environment;
  /** Where `.env` is looked for. */
  folder?: string;
  packageRoot?: string;
};

/** Reads the environment and `.env` (the environment wins). Throws `invalid_input` with a detail for every wrong setting. */
export function readConfig(options: ReadConfigOptions = {}): Config {
  const { environment = process.env, folder = process.cwd(), packageRoot = ownRoot() } = options;
  const given = { ...readEnvFile(join(folder, ".env")), ...withoutEmpty(environment) };
  const parsed = settings.safeParse(given);
  const details = parsed.success ? [] : parsed.error.issues.map((issue) => toDetail(issue, given));
  if (!parsed.success) throw wrongSettings(details);
  const dataDir = resolve(folder, parsed.data.dataDir ?? join(packageRoot, ".sunbae"));
  const crossed = crossCheck(parsed.data);
  if (crossed.length > 0) throw wrongSettings(crossed);
  const site = parsed.data.siteFile ? readSiteFile(resolve(folder, parsed.data.siteFile), given) : null;
  const locale = given["LC_ALL"] ?? given["LC_MESSAGES"] ?? given["LANG"] ?? "";
  const language = locale.startsWith("ko") ? "ko" : "en";
  const watch = watchedFolders(parsed.data, folder, dataDir);
  return { ...parsed.data, dataDir, watch, packageRoot, site, language, warnings: warningsOf(parsed.data) };
}

/** A site file by its path, with the settings that it mentions. Throws `invalid_input` where it can't be read. */
export function readSiteText(path: string, options: Pick<ReadConfigOptions, "environment" | "folder"> = {}): SiteText {
  const { environment = process.env, folder = process.cwd() } = options;
  return readSiteFile(resolve(folder, path), { ...readEnvFile(join(folder, ".env")), ...withoutEmpty(environment) });
}

/**
 * Separated as paths are on this system. Without the setting: `inbox` in the data folder; with a database server none,
 * because each replica would have an inbox of its own.
 */
function watchedFolders({ watch, databaseUrl }: GivenSettings, folder: string, dataDir: string): string[] {
  if (watch === undefined) return databaseUrl === undefined ? [join(dataDir, "inbox")] : [];
  if (watch.trim() === "off") return [];
  const named = watch.split(delimiter).filter((path) => path.trim() !== "");
  return [...new Set(named.map((path) => resolve(folder, path.trim())))];
}

/** Takes names out of the process's environment, so that no library acts on them. */
export function forgetSettings(names: readonly string[]): void {
  for (const name of names) delete process.env[name];
}

function readEnvFile(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  return withoutEmpty(parseEnv(readFileSync(path, "utf8")) as Environment);
}

/** `PORT=` in a file is a setting left open, not an empty one. */
function withoutEmpty(environment: Environment): Record<string, string> {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== "");
  return Object.fromEntries(given) as Record<string, string>;
}

function toDetail(issue: z.core.$ZodIssue, given: Record<string, string>): ErrorDetail {
  const name = String(issue.path[0] ?? "");
  const secret = /KEY|TOKEN|DATABASE_URL/.test(name);
  return { path: name, message: `${name}${secret ? "" : ` is "${given[name] ?? ""}"`}: ${issue.message}` };
}

function crossCheck(given: GivenSettings): ErrorDetail[] {
  const faults: ErrorDetail[] = [];
  const needsKey = given.llm.startsWith("openai:") || given.embeddings.startsWith("openai:");
  if (needsKey && !given.openaiApiKey && !given.openaiBaseUrl)
    faults.push({
      path: "OPENAI_API_KEY",
      message: "OPENAI_API_KEY is missing: an openai: model needs a key, or OPENAI_BASE_URL for a server of your own.",
    });
  return faults;
}

function warningsOf(given: GivenSettings): string[] {
  const open = !isLoopbackHost(given.host);
  return [
    open && !given.apiToken
      ? `SUNBAE_HOST=${given.host} opens Sunbae to the network and there is no login yet: whoever reaches the port can read everything and approve. Set SUNBAE_API_TOKEN, or keep a firewall before it.`
      : "",
    given.egress !== "none" && given.llm === "none" && given.embeddings === "builtin"
      ? "SUNBAE_EGRESS opens a way out that no setting uses."
      : "",
  ].filter((warning) => warning !== "");
}

export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function wrongSettings(details: ErrorDetail[]): SunbaeError {
  const [first] = details;
  const more = details.length > 1 ? ` (and ${details.length - 1} more)` : "";
  return new SunbaeError("invalid_input", `${first?.message ?? "A setting is wrong."}${more}`, {
    fix: "Mend it in the environment or in .env; .env.example lists every setting.",
    details,
  });
}
