import { sql } from "drizzle-orm";
import type { Config } from "../config.ts";
import type { Language } from "../core/context.ts";
import type { Database } from "../db/database.ts";
import type { FolderStatus, Status } from "../http/backend.ts";
import { embeddingStatus, tellEmbeddings } from "../knowledge/embedding-status.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { toBaseUrl } from "../llm/hosts.ts";
import type { Models } from "../llm/models.ts";
import type { MesStore } from "../plant/mes-store.ts";
import { describeReading } from "./describe-reading.ts";
import { exampleQuestions } from "./example-questions.ts";
import type { PlantSources } from "./plant-sources.ts";

export type StatusDeps = {
  config: Config;
  version: string;
  database: Database;
  models: Models;
  mes: MesStore;
  sources: Pick<PlantSources, "states" | "collectors">;
  knowledge: Knowledge;
  timeZone: string;
  folders: () => Promise<FolderStatus[]>;
};

type Counted = Status["counts"] & { newest: number | null };

/** What `/api/status`, `doctor` and the start message say. */
export async function describeStatus({
  config,
  version,
  database,
  models,
  mes,
  sources,
  knowledge,
  timeZone,
  folders,
}: StatusDeps): Promise<Status> {
  const current = await models.current();
  const { newest, ...counts } = await count(database);
  const sites = await database.db.execute<Status["sites"][number]>(
    sql`SELECT name, title, time_zone AS "timeZone", sample FROM data_sources ORDER BY sample, name`,
  );
  const { problems } = models.describe();
  return {
    version,
    mode: current.length > 0 ? "model" : "extractive",
    model: current[0]?.id ?? null,
    reason: reasonOf(config, models, current.length > 0),
    problems: [...problems, ...config.warnings.map((message) => ({ message })), ...sourceProblems(sources)],
    sample: sites.rows.some((site) => site.sample),
    sites: sites.rows,
    timeZone,
    database: { engine: database.engine, ...(await database.describe()) },
    dataDir: config.dataDir,
    egress: config.egress,
    embeddings: tellEmbeddings(await embeddingStatus(knowledge)),
    counts,
    reading: await describeReading(knowledge),
    folders: await folders(),
    sources: sources.states().map((one) => ({ ...one, since: isoOf(one.since), newest: isoOf(one.newest) })),
    collectors: sources
      .collectors()
      .map((one) => ({ ...one, since: one.since.toISOString(), newest: isoOf(one.newest) })),
    newestReadingAt: newest === null ? null : new Date(newest).toISOString(),
    agents: ["planner", "maintenance", "quality"],
    examples: await exampleQuestions(mes),
  };
}

/** What the page says of sources that an answer would miss. */
function sourceProblems({ states, collectors }: StatusDeps["sources"]): Status["problems"] {
  const more = { fix: "See `sunbae doctor`.", about: "source" } as const;
  const unseen = states().filter((one) => !one.ok);
  const silent = collectors().filter((one) => one.state === "disconnected");
  return [
    ...unseen.map((one) => ({ message: `${one.name} can't be seen: ${one.problem}.`, ...more })),
    ...silent.map((one) => ({ message: `${one.name} is not connected: ${one.problem ?? "see the log"}.`, ...more })),
  ];
}

const isoOf = (at: Date | null): string | null => at?.toISOString() ?? null;

async function count({ db }: Database): Promise<Counted> {
  const counted = await db.execute<Counted>(sql`SELECT
    (SELECT count(*) FROM equipment WHERE coalesce(level, 'work_unit') = 'work_unit')::float8 AS equipment,
    (SELECT count(*) FROM tags)::float8 AS tags,
    (SELECT count(*) FROM events)::float8 AS events,
    (SELECT count(*) FROM work_orders)::float8 AS "workOrders",
    (SELECT count(*) FROM documents)::float8 AS documents,
    (SELECT count(*) FROM chunks)::float8 AS chunks,
    (SELECT count(*) FROM alarm_entries)::float8 AS codes,
    (SELECT count(*) FROM cards)::float8 AS cards,
    (SELECT count(*) FROM conversations)::float8 AS conversations,
    (SELECT count(*) FROM proposals WHERE status = 'pending')::float8 AS "pendingProposals",
    (SELECT max(at_ms) FROM latest_readings)::float8 AS newest`);
  const [row] = counted.rows;
  if (!row) throw new Error("Counting gave no row.");
  return row;
}

function reasonOf(config: Config, models: Models, hasModel: boolean): Record<Language, string> {
  const { setting, models: ids, problems } = models.describe();
  if (hasModel) {
    const [id] = ids;
    return { ko: `모델 ${id} 사용 중`, en: `using ${id}` };
  }
  if (setting === "none")
    return { ko: "SUNBAE_LLM=none: 모델을 쓰지 않도록 설정됨", en: "SUNBAE_LLM=none: no model wanted" };
  const [problem] = problems;
  if (problem) return { ko: `모델을 쓸 수 없음: ${problem.message}`, en: problem.message };
  if (ids.length > 0) return { ko: `${ids[0]} 응답 없음, 잠시 쉬는 중`, en: `${ids[0]} failed and rests for a moment` };
  const at = toBaseUrl(config.ollamaHost ?? "127.0.0.1:11434", 11_434);
  return {
    ko: `${at}에서 모델이 있는 Ollama를 찾지 못함`,
    en: `no Ollama with a model answers at ${at}`,
  };
}
