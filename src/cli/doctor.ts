import { statfs } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { createSunbae } from "../app.ts";
import { probeSite } from "../app/probe-site.ts";
import { readSiteText, type Config } from "../config.ts";
import { toSunbaeError } from "../core/errors.ts";
import { readLock } from "../db/embedded/lock.ts";
import type { SourceReport, Status } from "../http/backend.ts";
import { createLogger } from "../observability/logger.ts";
import { checkSite } from "../plant/site/read-site.ts";
import type { Cli } from "./cli.ts";
import { openDoor } from "./open-door.ts";
import type { Finding } from "./finding.ts";
import { faultFindings, sourceFindings, sourceTable } from "./source-findings.ts";

const help = `
Examples:
  sunbae doctor
  sunbae doctor --json
  sunbae doctor --site plant.yaml   checks a site file and tries its sources without starting anything`;

export function addDoctorCommand(program: Command, cli: Cli): void {
  program
    .command("doctor")
    .description("try each part and say what it sees and how to mend it")
    .option("--json", "print the findings as one JSON document")
    .option("--site <file>", "check this site file and try each source that it declares")
    .addHelpText("after", help)
    .action(async (options: { json?: boolean; site?: string }) => {
      const { findings, sources } = options.site ? await examineSite(cli, options.site) : await examine(cli);
      const isBroken = findings.some((finding) => finding.verdict === "broken");
      if (options.json) cli.terminal.print(JSON.stringify({ ok: !isBroken, findings, sources }, null, 2));
      else {
        for (const finding of findings) show(cli, finding);
        if (sources.length > 0)
          for (const row of ["", ...sourceTable(sources, languageOf(cli), new Date())]) cli.terminal.print(row);
      }
      if (isBroken) cli.exitWith(1);
    });
}

type Examined = { findings: Finding[]; sources: SourceReport[] };

const languageOf = (cli: Cli): Config["language"] => {
  try {
    return cli.config().language;
  } catch {
    return "en";
  }
};

async function examine(cli: Cli): Promise<Examined> {
  const findings = [nodeVersion()];
  let config: Config;
  try {
    config = cli.config();
  } catch (thrown) {
    return { findings: [...findings, failure("settings", thrown)], sources: [] };
  }
  findings.push({ name: "settings", verdict: "ok", saw: config.databaseUrl ? "Postgres server" : config.dataDir });
  for (const warning of config.warnings) findings.push({ name: "settings", verdict: "note", saw: warning });
  const faults = config.site ? checkSite(config.site).faults : [];
  findings.push(...faultFindings(config.site?.path ?? "", faults), page(config), await disk(config));
  try {
    // What is wrong in the site file is told by line; everything else is looked at without it.
    const { status, sources, by } = await statusOf(cli, faults.length > 0 ? { ...config, site: null } : config);
    findings.push({ name: "server", verdict: "ok", saw: by }, ...fromStatus(status, config));
    findings.push(...sourceFindings(sources, config.language, new Date()), ...status.collectors.map(collector));
    return { findings, sources };
  } catch (thrown) {
    return { findings: [...findings, failure("database", thrown)], sources: [] };
  }
}

/** A site file by itself: all its faults, else what each of its sources says. */
async function examineSite(cli: Cli, path: string): Promise<Examined> {
  try {
    const text = readSiteText(path);
    const { site, faults } = checkSite(text);
    if (!site) return { findings: faultFindings(path, faults), sources: [] };
    const { egress, timeZone, language, logLevel, dataDir } = cli.config();
    const logger = createLogger({ level: logLevel ?? "silent" });
    const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const views = await probeSite(site, { egress, logger, timeZone: zone, dataDir });
    const sources = views.map((one) => ({ ...one, newest: one.newest?.toISOString() ?? null }));
    const declared = `${site.sensorStores.length} sensor stores, ${site.mesStores.length} MES stores, ${site.collectors.length} collectors`;
    const findings: Finding[] = [{ name: "site file", verdict: "ok", saw: `${path}: ${declared}` }];
    return { findings: [...findings, ...sourceFindings(sources, language, new Date())], sources };
  } catch (thrown) {
    return { findings: [failure("site file", thrown)], sources: [] };
  }
}

function collector({ name, state, problem, readings, leftOut }: Status["collectors"][number]): Finding {
  const left = leftOut.map((one) => `; left out ${one.count}: ${one.reason}, e.g. ${one.example}`).join("");
  const isWell = state === "connected" && leftOut.length === 0;
  const saw = `collector ${state}, ${readings} readings since the start${left}`;
  return { name, verdict: isWell ? "ok" : "note", saw, fix: problem ?? undefined };
}

/** Of the running server, else of a start in this process that leaves an empty folder empty. */
async function statusOf(cli: Cli, config: Config): Promise<{ status: Status; sources: SourceReport[]; by: string }> {
  const holder = config.databaseUrl ? null : await readLock(config.dataDir);
  if (holder?.url) {
    const door = await openDoor(cli, config);
    const get = async <Answer>(path: string) => (await (await door.fetch(path)).json()) as Answer;
    const { sources } = await get<{ sources: SourceReport[] }>("/api/sources");
    const status = await get<Status>("/api/status");
    return { status, sources, by: `runs at ${holder.url} (process ${holder.pid})` };
  }
  const logger = createLogger({ level: config.logLevel ?? "error" });
  const sunbae = createSunbae(config, { logger, background: false, fill: false });
  try {
    const backend = await sunbae.ready;
    const views = await backend.sources.probe();
    const sources = views.map((one) => ({ ...one, newest: one.newest?.toISOString() ?? null }));
    return { status: await backend.status(), sources, by: "none runs on this folder; opened it myself" };
  } finally {
    await sunbae.close(0);
  }
}

function fromStatus(status: Status, config: Config): Finding[] {
  const { database, counts, mode, model, reason, problems } = status;
  const vector = database.pgvector ? `pgvector ${database.pgvector}` : "no pgvector";
  return [
    {
      name: "database",
      verdict: database.pgvector ? "ok" : "broken",
      saw: `${database.engine}, PostgreSQL ${database.version}, ${vector}`,
      fix: database.pgvector ? undefined : "Install the extension `vector` (pgvector 0.7 or newer) on the server.",
    },
    freshness(status),
    {
      name: "model",
      verdict: mode === "model" ? "ok" : "note",
      saw: mode === "model" ? `${model}` : `extractive mode: ${reason.en}`,
      fix:
        mode === "model" || config.llm === "none"
          ? undefined
          : "For a local model: install Ollama, then `ollama pull qwen3:8b`.",
    },
    ...problems
      .filter((one) => one.about === undefined)
      .map(({ message, fix }): Finding => ({ name: "model", verdict: "note", saw: message, fix })),
    ...reading(status),
    {
      name: "egress",
      verdict: "ok",
      saw: status.egress === "none" ? "none: nothing leaves this machine" : `open for ${status.egress}`,
    },
    {
      name: "knowledge",
      verdict: counts.documents > 0 ? "ok" : "note",
      saw: `${counts.documents} documents, ${counts.chunks} passages, ${counts.codes} codes, ${counts.cards} cards`,
      fix: counts.documents > 0 ? undefined : "Bring manuals in: sunbae ingest FOLDER",
    },
    ...status.folders.flatMap(folder),
  ];
}

/** A folder that is in step gets one line; each file of it that could not be read gets its own. */
function folder({ path, files, waiting, problem, failed }: Status["folders"][number]): Finding[] {
  const growing = waiting > 0 ? `, ${waiting} still being copied` : "";
  const unread = failed.slice(0, 10).map((file): Finding => {
    return { name: "folder", verdict: "note", saw: `${file.path} could not be read: ${file.reason}` };
  });
  const more = failed.length - unread.length;
  return [
    problem === null
      ? { name: "folder", verdict: "ok", saw: `${path}: ${files} files${growing}` }
      : { name: "folder", verdict: "note", saw: problem, fix: "Mount it again, or take it out of SUNBAE_WATCH." },
    ...unread,
    ...(more > 0 ? [{ name: "folder", verdict: "note", saw: `… and ${more} more files of it` } as const] : []),
  ];
}

function reading({
  reading: { formats, ocr, pages, unreadPages, documentsWithUnread, embedded },
  ...status
}: Status): Finding[] {
  const tool = ocr.available
    ? `scans by ${ocr.tool} (${ocr.languages.join(", ")})`
    : "no OCR: scanned pages stay unread";
  const unread = `${unreadPages} of ${pages} pages unread, in ${documentsWithUnread} documents`;
  const again = "Once OCR is there, a running Sunbae reads them again within minutes.";
  const found: Finding[] = [
    {
      name: "reading",
      verdict: ocr.fix === null ? "ok" : "note",
      saw: `${formats.join(", ")}; ${tool}`,
      fix: ocr.fix ?? undefined,
    },
  ];
  if (unreadPages > 0)
    found.push({ name: "reading", verdict: "note", saw: unread, fix: ocr.available ? undefined : again });
  const { done, total, model, serving } = embedded;
  const meanwhile = serving !== null && serving !== model ? `; ${serving} serves until then` : "";
  const soFar = done < total ? `${done} of ${total} passages so far${meanwhile}` : "complete";
  const progress = total === 0 ? "nothing to embed yet" : soFar;
  found.push({ name: "embeddings", verdict: done < total ? "note" : "ok", saw: `${status.embeddings}, ${progress}` });
  return found;
}

function freshness({ counts, newestReadingAt, sample }: Status): Finding {
  const plant = `${counts.equipment} machines, ${counts.tags} sensors, ${counts.workOrders} work orders${sample ? " (with the sample plant)" : ""}`;
  if (newestReadingAt === null) {
    const fix = counts.equipment > 0 ? undefined : "Bring plant data in: sunbae import MAPPING.yaml";
    return { name: "plant data", verdict: "note", saw: `${plant}; no readings`, fix };
  }
  const hours = (Date.now() - Date.parse(newestReadingAt)) / 3_600_000;
  const age =
    hours < 1
      ? `${Math.round(hours * 60)} min`
      : hours < 48
        ? `${Math.round(hours)} h`
        : `${Math.round(hours / 24)} days`;
  return { name: "plant data", verdict: hours < 1 ? "ok" : "note", saw: `${plant}; newest reading ${age} ago` };
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isRecent = major > 22 || (major === 22 && minor >= 19);
  const fix = isRecent ? undefined : "Start by `npm start`, which brings a newer Node, or install Node 22.19 or newer.";
  return {
    name: "node",
    verdict: isRecent ? "ok" : "broken",
    saw: `${process.versions.node} on ${process.platform} ${process.arch}`,
    fix,
  };
}

function page({ packageRoot }: Config): Finding {
  const isBuilt = existsSync(join(packageRoot, "dist", "web", "index.html"));
  if (isBuilt) return { name: "page", verdict: "ok", saw: "built" };
  return { name: "page", verdict: "note", saw: "not built", fix: "Start by `npm start`, which builds it." };
}

async function disk({ dataDir }: Config): Promise<Finding> {
  let folder = dataDir;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = (bavail * bsize) / 1e9;
    const saw = `${free.toFixed(1)} GB free at ${folder}`;
    if (free >= 2) return { name: "disk", verdict: "ok", saw };
    return {
      name: "disk",
      verdict: free < 0.3 ? "broken" : "note",
      saw,
      fix: "Free some space, or move SUNBAE_DATA_DIR.",
    };
  } catch (thrown) {
    return failure("disk", thrown);
  }
}

function failure(name: string, thrown: unknown): Finding {
  const { message, fix } = toSunbaeError(thrown);
  return { name, verdict: "broken", saw: message, fix };
}

function show({ terminal: { print, style } }: Cli, { name, verdict, saw, fix }: Finding): void {
  const marks = { ok: style("green", "ok    "), note: style("yellow", "note  "), broken: style("red", "broken") };
  print(`${marks[verdict]} ${style("bold", name.padEnd(11))} ${saw}`);
  if (fix) print(`       ${" ".repeat(11)} → ${fix}`);
}
