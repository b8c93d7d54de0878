import type { IngestFile, IngestJob, IngestJobWithFiles } from "../knowledge/ingest/ingest-job.ts";
import type { FileVerdict } from "../knowledge/knowledge.ts";
import type { Cli } from "./cli.ts";
import type { Terminal } from "./terminal.ts";

export type ProgressLine = { label: string; done: number; total: number };

/**
 * What a bar says of a job: files count by their bytes, the one in hand by its pages; what matters most comes first,
 * because a narrow terminal cuts the end off.
 */
export function progressLine(job: IngestJobWithFiles, seconds: number): ProgressLine {
  if (job.filesTotal === null) {
    const label = job.state === "waiting" ? "waits for other work to end …" : "looking for files …";
    return { label, done: 0, total: 0 };
  }
  const current = job.files.find((file) => file.verdict === null);
  const inFile = current?.pages ? current.pagesDone / current.pages : 0;
  const weight = (file: IngestFile) => file.bytes + 2_000;
  const total = job.bytesTotal + job.filesTotal * 2_000;
  const read = job.files.filter((file) => file.verdict !== null).reduce((sum, file) => sum + weight(file), 0);
  const done = read + (current ? inFile * weight(current) : 0);
  const label = [
    `${job.filesDone}/${job.filesTotal} files`,
    current?.pages ? `page ${current.pagesDone}/${current.pages}` : "",
    rate(job, seconds),
    remaining(done / Math.max(total, 1), seconds),
    current?.path ?? "",
  ];
  return { label: label.filter((part) => part !== "").join(" · "), done, total };
}

function rate({ pagesDone, filesDone }: IngestJob, seconds: number): string {
  if (seconds < 2) return "";
  const [count, unit] = pagesDone > filesDone ? [pagesDone, "pages"] : [filesDone, "files"];
  const perSecond = count / seconds;
  return count === 0 ? "" : `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)} ${unit}/s`;
}

/** Told once there is something to go by. */
function remaining(share: number, seconds: number): string {
  if (share < 0.02 || share >= 1 || seconds < 3) return "";
  return `${duration((seconds / share) * (1 - share))} left`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}

const colours = { failed: "red", skipped: "yellow", removed: "yellow" } as const;
const mostNotes = 20;

/** Every file that a person should know of, then one line for all. */
export function showReport({ terminal }: Cli, job: IngestJobWithFiles): void {
  const { print, style } = terminal;
  let notes = 0;
  for (const file of job.files) {
    const { path, verdict, reason } = file;
    if (verdict === "failed" || verdict === "skipped" || verdict === "removed")
      print(`${style(colours[verdict], verdict.padEnd(7))} ${path}: ${reason}`);
    for (const note of notesOf(file))
      if ((notes += 1) <= mostNotes) print(`${style("dim", "note   ")} ${path}: ${note}`);
  }
  if (notes > mostNotes) print(style("dim", `        … and ${notes - mostNotes} notes more; --json has them all`));
  const read = job.files.reduce((sum, file) => sum + (file.verdict === null ? 0 : (file.pages ?? 0)), 0);
  const pages = read > 0 ? `, ${read} pages` : "";
  const unread = job.files.reduce((sum, file) => sum + file.unreadPages, 0);
  const seconds =
    job.startedAt && job.finishedAt ? (Date.parse(job.finishedAt) - Date.parse(job.startedAt)) / 1_000 : 0;
  print(`${counted(job)} · ${job.chunks} passages, ${job.entries} codes${pages} · ${seconds.toFixed(1)} s`);
  if (unread > 0)
    print(`${style("yellow", `${unread} pages have no text that could be read`)}; doctor says what would help.`);
}

function notesOf({ notices, unreadPages, pages, verdict }: IngestFile): string[] {
  if (verdict !== "added" && verdict !== "updated") return [];
  return unreadPages > 0 && notices.length === 0 ? [`${unreadPages} of ${pages} pages are unread.`] : notices;
}

const order: FileVerdict[] = ["added", "updated", "unchanged", "removed", "skipped", "failed"];

function counted({ counts }: IngestJob): string {
  const told = order.filter((verdict) => counts[verdict] > 0).map((verdict) => `${counts[verdict]} ${verdict}`);
  return told.join(", ") || "no files";
}

/** What is being read in full, what was in a line each. */
export function showJobs({ print, style }: Terminal, jobs: IngestJob[], active: IngestJobWithFiles[]): void {
  if (jobs.length === 0) print("Nothing was read in yet.");
  for (const job of jobs) {
    const full = active.find((one) => one.id === job.id);
    const at = new Date(job.createdAt).toISOString().slice(0, 16).replace("T", " ");
    const what = job.names.length > 1 ? `${job.names[0]} and ${job.names.length - 1} more` : (job.names[0] ?? "");
    const told = full ? progressLine(full, 0).label : `${counted(job)}${job.error ? ` · ${job.error}` : ""}`;
    print(`${style("dim", at)} ${job.state.padEnd(9)} ${what}: ${told}`);
  }
}
