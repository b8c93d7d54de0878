import { afterAll, beforeAll, expect, it } from "vitest";
import type { Answer } from "../../src/core/run-event.ts";
import { eventsOf, openDoors, type Doors } from "./open-doors.ts";

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors();
}, 60_000);
afterAll(async () => await doors.close());

const question = "MILL-01 알람 2041 떴는데 뭐부터 봐야 돼?";
const asStream = { accept: "text/event-stream" };

it("answers a question with its sources as one JSON document", async () => {
  const response = await doors.post("/api/ask", { question });
  const answer = (await response.json()) as Answer & { conversationId: string };
  expect(response.status).toBe(200);
  expect(answer).toMatchObject({ language: "ko", mode: "extractive", abstained: false });
  expect(answer.answer).toContain("2041");
  expect(answer.evidence.map((one) => one.kind)).toContain("alarm-entry");
  expect(answer.citations.length).toBeGreaterThan(0);
  expect(response.headers.get("location")).toBe(`/api/runs/${answer.runId}`);
});

it("streams run events whose id is their number, from run-started to run-finished", async () => {
  const response = await doors.post("/api/ask", { question }, asStream);
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const events = await eventsOf(response);
  expect(events.map((one) => one.id)).toEqual(events.map((_, at) => String(at + 1)));
  expect(events[0]?.event.type).toBe("run-started");
  expect(events.at(-1)?.event.type).toBe("run-finished");
  const types = events.map((one) => one.event.type);
  expect(types.indexOf("evidence-found")).toBeLessThan(types.indexOf("answer-delta"));
});

it("resumes a run's events after Last-Event-ID and says 204 where nothing is left", async () => {
  const all = await eventsOf(await doors.post("/api/ask", { question }, asStream));
  const path = `/api/runs/${all[0]!.runId}/events`;
  const resumed = await eventsOf(await doors.call(path, { headers: { "last-event-id": "3" } }));
  expect(resumed).toEqual(all.slice(3));
  expect(await eventsOf(await doors.call(path))).toEqual(all);
  const done = await doors.call(path, { headers: { "last-event-id": String(all.length) } });
  expect(done.status).toBe(204);
});

it("runs a question once for the same Idempotency-Key", async () => {
  const headers = { "idempotency-key": "key-1" };
  const [first, second] = await Promise.all([
    doors.post("/api/ask", { question }, headers),
    doors.post("/api/ask", { question }, headers),
  ]);
  const [one, two] = [(await first.json()) as Answer, (await second.json()) as Answer];
  expect(two.runId).toBe(one.runId);
  expect(two.answer).toBe(one.answer);
});

it("keeps the conversation: its turns, a follow-up question, feedback", async () => {
  const asked = (await (await doors.post("/api/ask", { question })).json()) as Answer & { conversationId: string };
  const { conversationId, runId } = asked;
  await doors.post("/api/ask", { question: "전에는 누가 고쳤어?", conversationId });
  const feedback = await doors.post("/api/feedback", { runId, verdict: "worked", comment: "bearing" });
  expect(feedback.status).toBe(201);
  await doors.post("/api/feedback", { runId, verdict: "did-not-work" });

  const list = (await (await doors.call("/api/conversations")).json()) as { conversations: { id: string }[] };
  expect(list.conversations[0]).toMatchObject({ id: conversationId, turns: 2, title: question });
  const kept = await (await doors.call(`/api/conversations/${conversationId}`)).json();
  expect(kept).toMatchObject({
    turns: [
      { runId, question, status: "finished", feedback: [{ verdict: "did-not-work", comment: null }] },
      { question: "전에는 누가 고쳤어?", status: "finished" },
    ],
  });
  const run = await (await doors.call(`/api/runs/${runId}`)).json();
  expect(run).toMatchObject({ runId, conversationId, answer: { runId } });
});

it("cancels nothing that is not there, and leaves a finished run as it is", async () => {
  expect((await doors.post("/api/runs/none/cancel")).status).toBe(404);
  const { runId } = (await (await doors.post("/api/ask", { question })).json()) as Answer;
  expect((await doors.post(`/api/runs/${runId}/cancel`, { reason: "late" })).status).toBe(202);
  expect(await (await doors.call(`/api/runs/${runId}`)).json()).toMatchObject({ status: "finished" });
});

it("writes a work order once, however often its proposal is approved, and audits it", async () => {
  const asked = await doors.post("/api/ask", { question: "MILL-01 베어링 점검 작업지시 만들어줘" });
  const { proposals } = (await asked.json()) as Answer;
  expect(proposals).toHaveLength(1);
  const { id } = proposals[0]!;
  const wrong = await doors.post(`/api/proposals/${id}/approve`, { expectedTextHash: "0".repeat(64) });
  expect(wrong.status).toBe(409);
  const approvals = await Promise.all([1, 2, 3].map(() => doors.post(`/api/proposals/${id}/approve`)));
  const results = await Promise.all(approvals.map(async (one) => (await one.json()) as { written: boolean }));
  expect(results.filter((one) => one.written)).toHaveLength(1);
  const { entries } = (await (await doors.call(`/api/audit?entityId=${id}`)).json()) as { entries: object[] };
  expect(entries.map((one) => (one as { action: string }).action)).toEqual(["proposal.approve", "proposal.create"]);
  expect((await doors.post(`/api/proposals/${id}/reject`, { reason: "no" })).status).toBe(409);
  const listed = (await (await doors.call("/api/proposals?status=approved")).json()) as { proposals: object[] };
  expect(listed.proposals).toEqual([expect.objectContaining({ id, decidedBy: "local" })]);
});

it("keeps the reason of a rejection", async () => {
  const asked = await doors.post("/api/ask", { question: "MILL-02 진동 점검 작업지시 만들어줘" });
  const { id } = ((await asked.json()) as Answer).proposals[0]!;
  expect((await doors.post(`/api/proposals/${id}/reject`, {})).status).toBe(400);
  const rejected = await (await doors.post(`/api/proposals/${id}/reject`, { reason: "이미 했음" })).json();
  expect(rejected).toMatchObject({ proposal: { status: "rejected", reason: "이미 했음" } });
});
