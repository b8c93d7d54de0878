import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAudit } from "../../../src/audit/list-audit.ts";
import { openTestDatabase } from "../../support/database.ts";
import { verifyAuditChain } from "../../../src/audit/verify-audit-chain.ts";
import type { Ctx, Role } from "../../../src/core/context.ts";
import type { Database } from "../../../src/db/database.ts";
import { createEmbeddedMesStore } from "../../../src/plant/mes/embedded-mes-store.ts";
import { createEmbeddedWorkOrderWriter } from "../../../src/plant/mes/embedded-work-order-writer.ts";
import { createEmbeddedPlantWriter } from "../../../src/plant/embedded-plant-writer.ts";
import { approveProposal } from "../../../src/runtime/proposals/approve-proposal.ts";
import { createProposal, type CreateProposalInput } from "../../../src/runtime/proposals/create-proposal.ts";
import { getProposal, listProposals } from "../../../src/runtime/proposals/list-proposals.ts";
import { textHash } from "../../../src/runtime/proposals/proposal-row.ts";
import { rejectProposal } from "../../../src/runtime/proposals/reject-proposal.ts";

const at = new Date("2026-11-21T01:00:00Z");
const as = (id: string, ...roles: Role[]): Ctx => ({
  actor: { id, name: id, roles, door: "test" },
  timeZone: "Asia/Seoul",
  now: () => at,
});
const boss = as("boss", "supervisor");
const technician = as("tech", "technician");

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  const writer = createEmbeddedPlantWriter(database);
  await writer.declareSource({ name: "works", title: "Works", timeZone: "Asia/Seoul", sample: false });
  await writer.upsert("equipment", "works", [{ id: "MILL-01", name: "Mill 1", level: "work_unit" }]);
  await database.db.execute(
    sql`INSERT INTO conversations (id, title, actor_id, door, created_at, updated_at) VALUES ('c1', 't', 'tech', 'test', now(), now())`,
  );
  await database.db.execute(
    sql`INSERT INTO runs (id, conversation_id, question, actor, status, mode, created_at) VALUES ('run1', 'c1', 'q', '{}', 'running', 'extractive', now())`,
  );
});
afterAll(() => database.close());

let drafts = 0;
const workOrder = (more: Partial<CreateProposalInput> = {}): CreateProposalInput => ({
  runId: "run1",
  kind: "work-order",
  equipmentId: "MILL-01",
  text: `작업지시 ${++drafts}`,
  payload: {
    equipmentId: "MILL-01",
    description: "베어링 점검",
    priority: 2,
    preventive: false,
    primaryCode: null,
    alarmCode: "2042",
    requestedBy: "박기사",
  },
  ...more,
});
const deps = () => ({ db: database.db, workOrders: createEmbeddedWorkOrderWriter(database) });
const workOrders = async (): Promise<number> =>
  (await createEmbeddedMesStore(database).list({ records: "work_orders", where: [], timeZone: "UTC", limit: 100 }))
    .total;
const actions = async (id: string): Promise<string[]> =>
  (await listAudit(database.db, { entity: "proposal", entityId: id })).map((entry) => entry.action);

describe("creating a proposal", () => {
  it("keeps it once for a run, kind and text, and writes nothing else", async () => {
    const draft = workOrder();
    const [first, second] = await Promise.all([
      createProposal(technician, database.db, draft),
      createProposal(technician, database.db, draft),
    ]);
    expect(first).toMatchObject({ status: "pending", runId: "run1", text: draft.text });
    expect(second.id).toBe(first.id);
    expect(await actions(first.id)).toEqual(["proposal.create"]);
    expect(await workOrders()).toBe(0);
  });

  it("outside of a run is always new", async () => {
    const draft = workOrder({ runId: null });
    const ids = [
      await createProposal(technician, database.db, draft),
      await createProposal(technician, database.db, draft),
    ].map((one) => one.id);
    expect(ids[0]).not.toBe(ids[1]);
  });
});

describe("approving a proposal", () => {
  it("writes the work order once, however often and by however many it is pressed at once", async () => {
    const { id } = await createProposal(technician, database.db, workOrder());
    const before = await workOrders();
    const pressed = await Promise.all(Array.from({ length: 8 }, () => approveProposal(boss, deps(), { id })));
    const again = await approveProposal(as("other", "admin"), deps(), { id });
    expect(await workOrders()).toBe(before + 1);
    expect(pressed.filter((one) => one.written)).toHaveLength(1);
    expect(new Set([...pressed, again].map((one) => one.proposal.recordId)).size).toBe(1);
    expect(again).toMatchObject({ written: false, proposal: { status: "approved", decidedBy: "boss" } });
    expect(await actions(id)).toEqual(["proposal.approve", "proposal.create"]);
  });

  it("writes exactly what the draft says", async () => {
    const { id } = await createProposal(technician, database.db, workOrder());
    const { proposal } = await approveProposal(boss, deps(), { id });
    const { rows } = await createEmbeddedMesStore(database).list({
      records: "work_orders",
      where: [{ field: "id", op: "eq", value: proposal.recordId ?? "" }],
      timeZone: "UTC",
      limit: 1,
    });
    expect(rows[0]).toMatchObject({
      equipment_id: "MILL-01",
      description: "베어링 점검",
      priority: 2,
      preventive: false,
      alarm_code: "2042",
      opened_at: at,
      finished_at: null,
    });
  });

  it("is for supervisors and administrators", async () => {
    const { id } = await createProposal(technician, database.db, workOrder());
    await expect(approveProposal(technician, deps(), { id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(rejectProposal(technician, deps(), { id, reason: "no" })).rejects.toMatchObject({ code: "forbidden" });
    expect((await getProposal(technician, database.db, id)).status).toBe("pending");
  });

  it("is refused where the text is not the one that was seen", async () => {
    const draft = workOrder();
    const { id } = await createProposal(technician, database.db, draft);
    await expect(
      approveProposal(boss, deps(), { id, expectedTextHash: textHash("another text") }),
    ).rejects.toMatchObject({ code: "conflict" });
    const seen = (await listProposals(boss, database.db, { runId: "run1" })).find((one) => one.id === id);
    expect((await approveProposal(boss, deps(), { id, expectedTextHash: seen?.textHash })).written).toBe(true);
  });

  it("keeps nothing where the record can't be written", async () => {
    const draft = workOrder();
    const { id } = await createProposal(technician, database.db, {
      ...draft,
      payload: { ...draft.payload, equipmentId: "GONE-1" },
    });
    await expect(approveProposal(boss, deps(), { id })).rejects.toMatchObject({ code: "not_found" });
    expect(await getProposal(boss, database.db, id)).toMatchObject({ status: "pending", recordId: null });
    expect(await actions(id)).toEqual(["proposal.create"]);
  });

  it("of a quality hold writes the hold with its lots once", async () => {
    const draft = workOrder({
      kind: "quality-hold",
      payload: { lotIds: ["HS-1", "HS-2"], equipmentId: "MILL-01", reason: "치수 불량", requestedBy: "한품질" },
    });
    const { id } = await createProposal(technician, database.db, draft);
    const [first] = await Promise.all([approveProposal(boss, deps(), { id }), approveProposal(boss, deps(), { id })]);
    const { rows } = await database.db.execute(
      sql`SELECT id, lot_ids, reason, created_by FROM quality_holds WHERE proposal_id = ${id}`,
    );
    expect(rows).toEqual([
      { id: first.proposal.recordId, lot_ids: ["HS-1", "HS-2"], reason: "치수 불량", created_by: "boss" },
    ]);
  });

  it("that does not exist is told", async () => {
    await expect(approveProposal(boss, deps(), { id: "PR-none" })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("rejecting a proposal", () => {
  it("keeps the first reason and audits it", async () => {
    const { id } = await createProposal(technician, database.db, workOrder());
    await expect(rejectProposal(boss, deps(), { id, reason: "  " })).rejects.toMatchObject({ code: "invalid_input" });
    await rejectProposal(boss, deps(), { id, reason: "이미 고침" });
    const again = await rejectProposal(boss, deps(), { id, reason: "다른 이유" });
    expect(again).toMatchObject({ status: "rejected", reason: "이미 고침", decidedBy: "boss" });
    const [entry] = await listAudit(database.db, { entity: "proposal", entityId: id });
    expect(entry).toMatchObject({ action: "proposal.reject", actor: "boss", details: { reason: "이미 고침" } });
  });

  it("and approving exclude each other, whichever comes first", async () => {
    const before = await workOrders();
    const { id } = await createProposal(technician, database.db, workOrder());
    const outcomes = await Promise.allSettled([
      rejectProposal(boss, deps(), { id, reason: "아니오" }),
      approveProposal(boss, deps(), { id }),
    ]);
    const failed = outcomes.filter((one) => one.status === "rejected");
    expect(failed).toHaveLength(1);
    expect(failed[0]?.reason).toMatchObject({ code: "conflict" });
    const { status } = await getProposal(boss, database.db, id);
    expect(await workOrders()).toBe(before + (status === "approved" ? 1 : 0));
    const rejected = await createProposal(technician, database.db, workOrder());
    await rejectProposal(boss, deps(), { id: rejected.id, reason: "필요 없음" });
    await expect(approveProposal(boss, deps(), { id: rejected.id })).rejects.toMatchObject({
      code: "conflict",
      message: "The proposal was rejected: 필요 없음.",
    });
  });
});

it("listing shows what waits, newest first, and the audit chain stays whole", async () => {
  const pending = await listProposals(technician, database.db, { status: "pending", equipmentId: "MILL-01" });
  expect(pending.length).toBeGreaterThan(0);
  expect(pending.every((one) => one.status === "pending")).toBe(true);
  expect((await verifyAuditChain(database.db)).broken).toBeNull();
});
