import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSunbae, type Sunbae } from "../../src/app.ts";
import type { Answer } from "../../src/core/run-event.ts";
import type { Backend } from "../../src/http/backend.ts";
import { createLogger } from "../../src/observability/logger.ts";
import { eventsOf, testConfig } from "../http/open-doors.ts";
import { temporaryFolderUntil } from "../support/data-folder.ts";

// From an empty folder: the sample plant, its manuals and cards, and the question of the first page of the README.

const dataDir = join(temporaryFolderUntil(afterAll), "data");
const config = testConfig(dataDir, { SUNBAE_SAMPLE: "on" });
const steps: string[] = [];
let sunbae: Sunbae;

const open = (options: { now?: () => Date; onStep?: (step: { text: string }) => void } = {}) =>
  createSunbae(config, { logger: createLogger({ level: "error" }), background: false, ...options });
const call = async (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  await sunbae.http.request(path, { ...init, headers: { host: "localhost", ...init.headers } });
const ask = (question: string, headers: Record<string, string> = {}) =>
  call("/api/ask", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ question }),
  });

beforeAll(async () => {
  sunbae = open({ onStep: ({ text }) => void steps.push(text) });
}, 120_000);
afterAll(async () => {
  await sunbae.close(0);
  rmSync(dataDir, { recursive: true, force: true });
});

it("lives at once, and says how far it is until it is ready", async () => {
  expect((await call("/livez")).status).toBe(200);
  const early = await call("/readyz");
  expect([early.status, ((await early.json()) as { ready: boolean }).ready]).toEqual([503, false]);
  const refused = await ask("hello");
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({
    code: "unavailable",
    detail: expect.stringContaining("still starting"),
  });
  await sunbae.ready;
  expect((await call("/readyz")).status).toBe(200);
  expect(steps).toEqual(
    expect.arrayContaining(["Writing the sample plant: readings", "Reading the manuals and cards"]),
  );
}, 120_000);

it("answers the technician's question with first evidence before the answer, and its sources", async () => {
  const response = await ask("CNC-07 알람 2041 떴는데 뭐부터 봐야 돼?", { accept: "text/event-stream" });
  const all = await eventsOf(response);
  const finished = all.find(({ event }) => event.type === "answer-finished")!.event as { answer: Answer };
  const { answer } = finished;
  expect(answer).toMatchObject({ language: "ko", mode: "extractive", abstained: false });
  const kinds = new Set(answer.evidence.map((one) => one.kind));
  for (const kind of ["alarm-entry", "card", "work-order", "safety", "part"]) expect(kinds).toContain(kind);
  expect(answer.evidence.filter((one) => one.kind === "work-order").every((one) => one.source.sample)).toBe(true);
  const known = new Set(answer.evidence.map((one) => one.id));
  expect(answer.citations.every((citation) => known.has(citation.evidenceId))).toBe(true);

  const resumed = await call(`/api/runs/${answer.runId}/events`, { headers: { "last-event-id": "5" } });
  expect(await eventsOf(resumed)).toEqual(all.slice(5));
});

it("shows the document of a citation at its span", async () => {
  const answer = (await (await ask("CNC-07 alarm 2041, what should I check first?")).json()) as Answer;
  const entry = answer.evidence.find((one) => one.kind === "alarm-entry")!;
  const document = (await (await call(`/api/documents/${entry.source.documentId}`)).json()) as { text: string };
  expect(document.text.slice(...entry.source.span!)).toContain("2041");
});

it("starts again with the same plant and writes nothing anew", async () => {
  const before = await (await call("/api/status")).json();
  await sunbae.close(0);
  steps.length = 0;
  sunbae = open({ onStep: ({ text }) => void steps.push(text) });
  await sunbae.ready;
  expect(steps).toEqual(["Opening the database", "Preparing the database", "Starting"]);
  const after = (await (await call("/api/status")).json()) as Awaited<ReturnType<Backend["status"]>>;
  expect(after.counts).toEqual((before as typeof after).counts);
  expect(after.sample).toBe(true);
}, 60_000);

it("removes the sample plant for good by one command, and keeps the glossary", async () => {
  const headers = { "x-sunbae-owner": sunbae.ownerToken };
  const removed = await (await call("/api/owner/remove-sample", { method: "POST", headers })).json();
  expect((removed as { documents: number }).documents).toBeGreaterThan(50);
  await sunbae.close(0);
  sunbae = open();
  await sunbae.ready;
  const status = (await (await call("/api/status")).json()) as Awaited<ReturnType<Backend["status"]>>;
  expect(status).toMatchObject({ sample: false, newestReadingAt: null, examples: [] });
  expect(status.counts).toMatchObject({ equipment: 0, workOrders: 0, cards: 0, documents: 1 });
}, 60_000);
