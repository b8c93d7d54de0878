import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSunbae, type Sunbae } from "../../src/app.ts";
import { verifyAuditChain } from "../../src/audit/verify-audit-chain.ts";
import type { Answer } from "../../src/core/run-event.ts";
import type { Backend } from "../../src/http/backend.ts";
import type { IngestJobWithFiles } from "../../src/knowledge/ingest/ingest-job.ts";
import { createLogger } from "../../src/observability/logger.ts";
import { eventsOf, testConfig } from "../http/open-doors.ts";
import { writePdf } from "../knowledge/ingestion/mixed-folder.ts";
import { temporaryFolderUntil } from "../support/data-folder.ts";
import { createOwnDatabase, type OwnDatabase } from "./server.ts";

// Two whole Sunbaes on one server, started together on an empty database, as behind a load balancer.

let own: OwnDatabase;
let replicas: [Sunbae, Sunbae];
const folder = temporaryFolderUntil(afterAll);
const complaints: string[] = [];
const steps: string[] = [];
const logger = createLogger({
  level: "warn",
  stream: { write: (line: string) => complaints.push(line) },
});

const call = async (which: 0 | 1, path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  await replicas[which].http.request(path, { ...init, headers: { host: "localhost", ...init.headers } });
const post = (which: 0 | 1, path: string, body: object, headers: Record<string, string> = {}) =>
  call(which, path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const json = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T;
const count = async (text: string) =>
  Number(
    (await (await replicas[0].ready).database.pool.query<{ n: string }>(`SELECT count(*) AS n FROM ${text}`)).rows[0]
      ?.n,
  );

beforeAll(async () => {
  own = await createOwnDatabase();
  const onStep = ({ text }: { text: string }) => void steps.push(text);
  const open = (name: string) =>
    createSunbae(testConfig(`${folder}/${name}`, { DATABASE_URL: own.url, SUNBAE_SAMPLE: "on" }), { logger, onStep });
  replicas = [open("one"), open("two")];
  await Promise.all(replicas.map((replica) => replica.ready));
}, 120_000);
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.close(0)));
  await own.drop();
});

it("write the sample plant and the knowledge once, and show the same", async () => {
  const [one, two] = await Promise.all(
    [0, 1].map((which) => json<Awaited<ReturnType<Backend["status"]>>>(call(which as 0 | 1, "/api/status"))),
  );
  expect(one!.database.engine).toBe("postgres");
  expect(one!.counts).toEqual(two!.counts);
  expect(one!.counts.documents).toBeGreaterThan(50);
  // One wrote, the other waited and found it done.
  expect(steps.filter((step) => step === "Writing the sample plant: equipment")).toHaveLength(1);
  expect(steps.filter((step) => step === "Reading the manuals and cards")).toHaveLength(one!.counts.documents);
});

it("answer a question asked of one, and its run is followed on the other to the same end", async () => {
  const asked = post(
    0,
    "/api/ask",
    { question: "CNC-07 알람 2041 떴는데 뭐부터 봐야 돼?" },
    { accept: "text/event-stream" },
  );
  const response = await asked;
  const path = response.headers.get("location")!;
  const [here, there] = await Promise.all([eventsOf(response), eventsOf(await call(1, `${path}/events`))]);
  expect(there).toEqual(here);
  const finished = here.find(({ event }) => event.type === "answer-finished")!.event as { answer: Answer };
  expect(finished.answer).toMatchObject({ language: "ko", mode: "extractive", abstained: false });
  expect(finished.answer.citations.length).toBeGreaterThan(3);
});

it("run a question once that reached both, as a chat service sends it twice", async () => {
  const headers = { "idempotency-key": "event-1", accept: "application/json" };
  const answers = await Promise.all(
    ([0, 1] as const).map((which) => json<Answer>(post(which, "/api/ask", { question: "CNC-07 상태 어때?" }, headers))),
  );
  expect(answers[1]!.runId).toBe(answers[0]!.runId);
  expect(await count("runs WHERE dedupe_key IS NOT NULL")).toBe(1);
});

it("write one work order where both are told to approve at once, and one audit chain", async () => {
  const before = await count("work_orders");
  const { proposals } = await json<Answer>(
    post(0, "/api/ask", { question: "CNC-07 스핀들 베어링 점검 작업지시 만들어줘" }),
  );
  const approvals = await Promise.all(
    ([0, 1, 0, 1] as const).map((which) =>
      json<{ written: boolean; proposal: { recordId: string } }>(
        post(which, `/api/proposals/${proposals[0]!.id}/approve`, {}),
      ),
    ),
  );
  expect(approvals.filter((approval) => approval.written)).toHaveLength(1);
  expect(new Set(approvals.map((approval) => approval.proposal.recordId)).size).toBe(1);
  expect(await count("work_orders")).toBe(before + 1);
  expect((await verifyAuditChain((await replicas[0].ready).database.db)).broken).toBeNull();
});

it("read an uploaded document once, and both find it", async () => {
  const form = new FormData();
  form.set("file", new File(["# Zorkmid gear\n\nThe zorkmid gear is greased weekly."], "zorkmid.md"));
  const uploaded = await call(0, "/api/documents", { method: "POST", body: form });
  expect([201, 202]).toContain(uploaded.status);
  const search = () => json<{ results: { title: string }[] }>(call(1, "/api/search?q=zorkmid"));
  await expect.poll(async () => (await search()).results[0]?.title, { timeout: 20_000 }).toBe("Zorkmid gear");
});

it("share the reading of uploads, each once, and stop one another's on request", async () => {
  const send = async (which: 0 | 1, name: string, bytes: string) => {
    const form = new FormData();
    form.set("file", new File([bytes], name));
    return await json<IngestJobWithFiles>(call(which, "/api/documents?wait=0", { method: "POST", body: form }));
  };
  const jobs = await Promise.all(
    Array.from({ length: 10 }, (_, at) => send((at % 2) as 0 | 1, `gear-${at}.md`, `# Gear ${at}\n\nOil it.`)),
  );
  const read = (id: string) => json<IngestJobWithFiles>(call(1, `/api/ingestions/${id}`));
  for (const { id } of jobs) await expect.poll(async () => (await read(id)).state, { timeout: 60_000 }).toBe("done");
  expect((await Promise.all(jobs.map(({ id }) => read(id)))).map((job) => job.counts.added)).toEqual(jobs.map(() => 1));
  expect(await count("ingest_pages")).toBe(0);
  const pdf = `${folder}/long.pdf`;
  await writePdf(pdf, 600);
  const long = await send(0, "long.pdf", "");
  expect(long).toMatchObject({ status: 400 });
  const form = new FormData();
  form.set("file", new File([readFileSync(pdf)], "long.pdf"));
  const started = await json<IngestJobWithFiles>(call(0, "/api/documents?wait=0", { method: "POST", body: form }));
  await expect.poll(async () => (await read(started.id)).pagesDone, { timeout: 60_000 }).toBeGreaterThan(0);
  expect((await post(1, `/api/ingestions/${started.id}/cancel`, {})).status).toBe(202);
  await expect.poll(async () => (await read(started.id)).state, { timeout: 8_000 }).toBe("cancelled");
  expect(await count("ingest_pages")).toBe(0);
  expect(await count(`stored_files WHERE id LIKE 'arriving%'`)).toBe(0);
}, 200_000);

it("leave another's run alone while its lease holds, and end it once it has lapsed", async () => {
  const { database, runtime } = await replicas[1].ready;
  const [run] = (await database.pool.query<{ id: string }>("SELECT id FROM runs LIMIT 1")).rows;
  const become = (lease: string) =>
    database.pool.query(
      `UPDATE runs SET status = 'running', lease_owner = 'gone', lease_until = now() + interval '${lease}' WHERE id = $1`,
      [run!.id],
    );
  await become("20 seconds");
  expect((await runtime.recover()).interrupted).toBe(0);
  await become("-1 second");
  const ended = await Promise.all(replicas.map(async (replica) => (await replica.ready).runtime.recover()));
  expect(ended.reduce((sum, { interrupted }) => sum + interrupted, 0)).toBe(1);
});

it("go on living as one plant: each reading is written once, and neither complains", async () => {
  const { sensors } = await replicas[0].ready;
  const [tag] = await sensors.tags();
  const [coverage] = await sensors.coverage([tag!.id]);
  await expect
    .poll(async () => (await sensors.coverage([tag!.id]))[0]!.count, { timeout: 25_000 })
    .toBeGreaterThan(coverage!.count);
  expect(complaints).toEqual([]);
});
