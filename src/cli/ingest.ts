import { resolve, sep } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import { SunbaeError } from "../core/errors.ts";
import type { IngestJob, IngestJobWithFiles, MetadataByHand } from "../knowledge/ingest/ingest-job.ts";
import type { Cli } from "./cli.ts";
import { followIngestion } from "./follow-ingestion.ts";
import { postJson, withDoor, type Door } from "./open-door.ts";
import { showJobs, showReport } from "./show-ingestion.ts";

const help = `
Examples:
  sunbae ingest manuals/                        a folder, whole; unchanged files cost nothing the next time
  sunbae ingest manuals/ --prune                … and take out documents whose files are gone from it
  sunbae ingest vf2.pdf --model VF-2 --revision C --kind manual
  sunbae ingest --status                        what is being read, and what was

Ctrl-C stops it; what is read stays, and the same command goes on from there.`;

type Options = {
  json?: boolean;
  status?: boolean;
  prune?: boolean;
  title?: string;
  kind?: MetadataByHand["kind"];
  model?: string[];
  equipment?: string[];
  revision?: string;
  date?: string;
  language?: "ko" | "en";
  approved?: boolean;
};

const several = (value: string, before: string[] = []) => [...before, value];

export function addIngestCommand(program: Command, cli: Cli): void {
  program
    .command("ingest")
    .description("read documents into the knowledge: PDF, Word, Excel, pictures, Markdown, HTML, CSV, mail and more")
    .argument("[paths...]", "files or folders")
    .option("--model <model>", "the machine model that they are about (may be repeated)", several)
    .option("--equipment <id>", "the machine that they are about (may be repeated)", several)
    .addOption(new Option("--kind <kind>", "what they are").choices(["manual", "procedure", "safety", "reference"]))
    .option("--title <title>", "of a single file")
    .option("--revision <revision>", "their edition: B, 2.1 …")
    .option("--date <date>", "of the edition, YYYY-MM-DD")
    .addOption(new Option("--language <language>").choices(["ko", "en"]))
    .option("--approved", "the plant approves them: their safety text may be quoted")
    .option("--prune", "remove documents whose files are gone from these folders")
    .option("--status", "list what is being read, and what was")
    .option("--json", "print the report as one JSON document")
    .addHelpText("after", help)
    .action(async (paths: string[], options: Options) => {
      if (paths.length === 0 && !options.status)
        throw new SunbaeError("invalid_input", "Name files or folders to be read.", {
          fix: "sunbae ingest manuals/ reads a folder; --status lists what is being read.",
        });
      await withDoor(cli, async (door) => {
        if (options.status) await status(cli, door, options);
        else await ingest(cli, door, paths, options);
      });
    });
}

async function ingest(cli: Cli, door: Door, paths: string[], options: Options): Promise<void> {
  const { terminal } = cli;
  const body = { ...located(paths), prune: options.prune, metadata: metadataOf(options) };
  const response = await door.fetch("/api/owner/ingest", { ...postJson(body), signal: cli.signal });
  const { jobId } = (await response.json()) as { jobId: string };
  const job = await followIngestion(cli, door, jobId);
  const ms = Date.parse(job.finishedAt ?? "") - Date.parse(job.startedAt ?? "");
  if (options.json) terminal.print(JSON.stringify({ ...job, ...job.counts, ms: ms || 0 }, null, 2));
  else showReport(cli, job);
  if (job.state === "cancelled")
    throw new SunbaeError("cancelled", `Stopped after ${job.filesDone} of ${job.filesTotal ?? "?"} files.`, {
      fix: "Run the same command again: it goes on from there.",
    });
  if (job.state === "failed") throw new SunbaeError("internal", job.error ?? "The ingestion failed.");
  if (job.counts.failed > 0) cli.exitWith(1);
}

async function status({ terminal }: Cli, door: Door, options: Options): Promise<void> {
  const answer = await (await door.fetch("/api/ingestions?limit=20")).json();
  const { ingestions } = answer as { ingestions: IngestJob[] };
  if (options.json) return terminal.print(JSON.stringify(ingestions, null, 2));
  const active = await Promise.all(
    ingestions
      .filter((job) => job.state === "working" || job.state === "waiting")
      .map(async (job) => (await (await door.fetch(`/api/ingestions/${job.id}`)).json()) as IngestJobWithFiles),
  );
  showJobs(terminal, ingestions, active);
}

/** Paths as the server sees them; documents are named from here where they lie below. */
function located(paths: string[]): { paths: string[]; root?: string } {
  const here = process.cwd();
  const absolute = paths.map((path) => resolve(path));
  const areBelow = absolute.every((path) => path.startsWith(here + sep));
  return { paths: absolute, ...(areBelow && { root: here }) };
}

function metadataOf({ title, kind, model, equipment, revision, date, language, approved }: Options): MetadataByHand {
  return {
    ...(title !== undefined && { title }),
    ...(kind !== undefined && { kind }),
    ...(model !== undefined && { models: model }),
    ...(equipment !== undefined && { equipmentIds: equipment }),
    ...(revision !== undefined && { revision }),
    ...(date !== undefined && { date }),
    ...(language !== undefined && { language }),
    ...(approved === true && { approved }),
  };
}
