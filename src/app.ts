import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { createEgressRecorder } from "./app/record-egress.ts";
import { openBackend, type OpenedBackend } from "./app/open-backend.ts";
import type { StartStep, TellStep } from "./app/start-steps.ts";
import { forgetSettings, isLoopbackHost, type Config } from "./config.ts";
import { SunbaeError, toSunbaeError } from "./core/errors.ts";
import type { Database } from "./db/database.ts";
import { openDatabase } from "./db/open-database.ts";
import { createHttpApp } from "./http/app.ts";
import type { HttpApp } from "./http/http-env.ts";
import type { Backend, Start } from "./http/backend.ts";
import { createEgressGate, parseEgress, tracingSwitches } from "./llm/egress.ts";
import { createModels } from "./llm/models.ts";
import { createLogger, type Logger } from "./observability/logger.ts";
import { createMetrics } from "./observability/metrics.ts";
import { readSite } from "./plant/site/read-site.ts";

// The composition root: the one place that knows every part and puts them together.

export type Sunbae = {
  http: HttpApp;
  /** Resolves when everything is there; rejects with what stands in the way. */
  ready: Promise<Backend>;
  start(): Start;
  version: string;
  /** By it a command shows that it may read the data folder. */
  ownerToken: string;
  logger: Logger;
  /** Ends streams, lets running turns end, then closes the database. */
  close(drainMs?: number): Promise<void>;
};

export type SunbaeOptions = {
  logger?: Logger;
  onStep?: TellStep;
  now?: () => Date;
  /** False: neither timers nor jobs; for a single command. */
  background?: boolean;
  /** False: an empty folder stays empty; for `doctor`. */
  fill?: boolean;
};

/** Returns at once, with a door that answers; opens the database and the rest behind it. */
export function createSunbae(config: Config, options: SunbaeOptions = {}): Sunbae {
  const { now = () => new Date(), background = true, fill = true } = options;
  forgetSettings(tracingSwitches);
  const logger = options.logger ?? createLogger({ level: config.logLevel ?? "info" });
  const metrics = createMetrics({ processMetrics: background });
  const version = versionOf(config.packageRoot);
  const ownerToken = randomBytes(24).toString("hex");
  const closing = new AbortController();
  const egressLog = createEgressRecorder(logger);
  const egress = createEgressGate({ allow: parseEgress(config.egress), record: egressLog.record });
  const models = createModels(config, { egress, logger: logger.child({ component: "models" }), metrics });

  let step: StartStep = { text: "Opening the database" };
  let failed: SunbaeError | null = null;
  let database: Database | null = null;
  let opened: OpenedBackend | null = null;
  const tell: TellStep = (next) => {
    step = next;
    options.onStep?.(next);
  };

  const open = async (): Promise<Backend> => {
    const declared = readSite(config.site);
    // Looking for a model takes a second where nothing answers: meanwhile the database opens.
    const looked = models.current();
    tell(step);
    const where = config.databaseUrl ? { url: config.databaseUrl } : { dataDir: config.dataDir };
    database = await openDatabase({ ...where, logger: logger.child({ component: "database" }) });
    if (closing.signal.aborted) throw new SunbaeError("cancelled", "The start was stopped.");
    const deps = { config, declared, database, models, egress, logger, metrics, version, now, tell, fill, background };
    opened = await openBackend(deps);
    egressLog.open(database.db);
    await looked;
    return opened.backend;
  };
  const ready = open();
  ready.catch((thrown: unknown) => (failed = toSunbaeError(thrown)));

  const backend = (): Backend => {
    if (failed)
      throw new SunbaeError("unavailable", `Sunbae could not start: ${failed.message}`, {
        fix: failed.fix ?? "See its log.",
      });
    if (opened && !closing.signal.aborted) return opened.backend;
    const doing = closing.signal.aborted ? "stopping" : `still starting (${textOf(step)})`;
    throw new SunbaeError("unavailable", `Sunbae is ${doing}.`, { fix: "Try again in a moment." });
  };

  let closed: Promise<void> | null = null;
  const close = async (drainMs: number) => {
    closing.abort();
    await ready.catch(() => undefined);
    await opened?.close(drainMs);
    await database?.close();
  };

  return {
    http: createHttpApp({
      backend,
      start: () => ({ ...startOf(opened !== null, step, failed), ...talliesOf(opened) }),
      version,
      logger: logger.child({ component: "http" }),
      metrics,
      webFolder: join(config.packageRoot, "dist", "web"),
      apiToken: config.apiToken,
      ownerToken,
      allowedHosts: [...config.allowedHosts, ...ownNames(config.host)],
      loopbackOnly: isLoopbackHost(config.host),
      closing: closing.signal,
      now,
    }),
    ready,
    start: () => startOf(opened !== null, step, failed),
    version,
    ownerToken,
    logger,
    close: (drainMs = 10_000) => (closed ??= close(drainMs)),
  };
}

function startOf(isOpen: boolean, step: StartStep, failed: SunbaeError | null): Start {
  return { ready: isOpen, step: isOpen ? "ready" : textOf(step), failed: failed?.message ?? null };
}

/** Of what the site file connects; nothing where it connects nothing. Names are not for everyone who may ask. */
function talliesOf(opened: OpenedBackend | null): Pick<Start, "sources" | "collectors"> {
  const states = opened?.backend.sources.states() ?? [];
  const collectors = opened?.backend.sources.collectors() ?? [];
  const connected = collectors.filter((one) => one.state === "connected").length;
  return {
    ...(states.length > 0 && { sources: { declared: states.length, ok: states.filter((one) => one.ok).length } }),
    ...(collectors.length > 0 && { collectors: { declared: collectors.length, ok: connected } }),
  };
}

function textOf({ text, done, total }: StartStep): string {
  return total === undefined ? text : `${text} ${done ?? 0}/${total}`;
}

/** On the plant's network the machine is called by its own name, too. */
function ownNames(host: string): string[] {
  if (isLoopbackHost(host)) return [];
  const name = hostname().toLowerCase();
  return [host.toLowerCase(), name, `${name}.local`];
}

function versionOf(packageRoot: string): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string };
  return version;
}
