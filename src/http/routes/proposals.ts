import { z } from "zod";
import { listAudit } from "../../audit/list-audit.ts";
import { hasRole } from "../../core/context.ts";
import { SunbaeError } from "../../core/errors.ts";
import { approveProposal } from "../../runtime/proposals/approve-proposal.ts";
import { listProposals } from "../../runtime/proposals/list-proposals.ts";
import { rejectProposal } from "../../runtime/proposals/reject-proposal.ts";
import { addRoute } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import { given, id, idParameter, instant, limit, plainText } from "../schema.ts";
import { proposalView } from "../schemas/answer.ts";
import { auditEntry } from "../schemas/plant.ts";

const listQuery = z.object({
  status: z.enum(["pending", "approved", "rejected", "expired"]).optional(),
  run: id.optional(),
  equipment: id.optional(),
  before: instant.optional(),
  limit: limit(200),
});
const auditQuery = z.object({
  entity: id.optional(),
  entityId: id.optional(),
  beforeSeq: z.coerce.number().int().min(1).optional(),
  limit: limit(500),
});

export function addProposalRoutes(app: HttpApp, { backend }: HttpOptions): void {
  addRoute(
    app,
    {
      method: "get",
      path: "/api/proposals",
      summary: "Actions that wait for approval, and those decided, newest first",
      query: listQuery,
      answer: z.object({ proposals: z.array(proposalView) }),
    },
    async ({ ctx, query: { run, equipment, ...rest } }) => {
      const input = given({ ...rest, runId: run, equipmentId: equipment });
      return { proposals: await listProposals(ctx, backend().database.db, input) };
    },
  );

  addRoute(
    app,
    {
      method: "post",
      path: "/api/proposals/{id}/approve",
      summary: "Approve exactly what was seen; the record is written once, and `written` says whether by this call",
      params: idParameter,
      body: z.object({ expectedTextHash: id.optional().describe("textHash of the proposal as it was shown") }),
      bodyOptional: true,
      answer: z.object({ proposal: proposalView, written: z.boolean() }),
    },
    async ({ ctx, params, body }) => {
      const { database, workOrders } = backend();
      return await approveProposal(ctx, { db: database.db, workOrders }, given({ ...params, ...body }));
    },
  );

  addRoute(
    app,
    {
      method: "post",
      path: "/api/proposals/{id}/reject",
      summary: "Reject and keep the reason",
      params: idParameter,
      body: z.object({ reason: plainText(2_000) }),
      answer: z.object({ proposal: proposalView }),
    },
    async ({ ctx, params, body }) => ({
      proposal: await rejectProposal(ctx, backend().database, { ...params, ...body }),
    }),
  );

  addRoute(
    app,
    {
      method: "get",
      path: "/api/audit",
      summary: "The audit trail, newest first",
      query: auditQuery,
      answer: z.object({ entries: z.array(auditEntry) }),
    },
    async ({ ctx, query }) => {
      if (!hasRole(ctx.actor, "supervisor"))
        throw new SunbaeError("forbidden", `${ctx.actor.name} may not read the audit trail.`);
      const entries = await listAudit(backend().database.db, given(query));
      return { entries: entries.map((entry) => ({ ...entry, at: entry.at.toISOString() })) };
    },
  );
}
