import { z } from "zod";
import { mergeFailures, type FailureRecord } from "../plant/analysis/prognosis/failures.ts";
import type { Equipment } from "../plant/mes-store.ts";
import { machinesArgument, resolveMachines } from "./arguments/equipment.ts";
import { periodFields, readPeriod, type Span } from "./arguments/period.ts";
import { loadFailures, type Basis } from "./prognosis/load-failures.ts";
import { reliabilityEvidence } from "./prognosis/reliability-evidence.ts";
import type { ReliabilityReport } from "./prognosis/reliability-output.ts";
import { reviewUnits } from "./prognosis/review-units.ts";
import { say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

const mergeHours = 24;
const staleMs = 90 * 86_400_000;

export const reviewReliability = defineTool({
  name: "review_reliability",
  title: { ko: "신뢰성 검토", en: "Review reliability" },
  description:
    "How often machines fail and how long repairs take: MTBF and MTTR with intervals, Weibull life with running times censored, whether failures come more and more often, main causes, and bad actors among sister machines. " +
    "Use it for “MTBF”, “MTTR”, “how reliable”, “which machine fails most”, “does it wear out”, “고질 설비”. Leave equipment out for the whole plant.",
  input: z.object({
    equipment: machinesArgument.optional(),
    ...periodFields,
    basis: z
      .enum(["work_orders", "downtimes"])
      .optional()
      .describe(
        "What counts as a failure: corrective work orders, or unplanned stops. Work orders unless told or there are none.",
      ),
    code: z.string().trim().min(1).optional().describe("Only failures of this failure code, or stop reason."),
    component: z.string().trim().min(1).optional().describe("Only failures of this component, such as “spindle”."),
    mergeHours: z.coerce
      .number()
      .min(0)
      .max(720)
      .optional()
      .describe("Failures of one machine closer than this are one failure; 24 hours unless told."),
  }),
  agents: ["maintenance", "planner"],
  async run(input, context) {
    const machines = input.equipment === undefined ? null : await resolveMachines(input.equipment, context);
    const directory = await context.directory.load();
    const kin = (id: string): string[] => sistersOf(id, directory.all);
    const ids = machines?.ids ?? directory.all.filter(isUnit).map(({ id }) => id);
    const wanted = machines === null ? null : [...new Set(ids.flatMap((id) => [id, ...kin(id)]))];
    const question = { equipmentIds: wanted, code: input.code, component: input.component };
    const load = (basis: Basis) => loadFailures({ ...question, basis }, context);
    let basis: Basis = input.basis ?? "work_orders";
    let loaded = await load(basis);
    if (loaded.failures.length === 0 && input.basis === undefined) {
      const stops = await load("downtimes");
      if (stops.failures.length > 0) [basis, loaded] = ["downtimes", stops];
    }
    const span = await observed(readPeriod(input, context), { basis, failures: loaded.failures }, context);
    const inSpan = loaded.failures.filter(({ at }) => at >= span.from && at < span.to);
    const review = reviewUnits({
      ids,
      sistersOf: kin,
      failures: mergeFailures(inSpan, input.mergeHours ?? mergeHours),
      ...span,
    });
    const output: ReliabilityReport = {
      found: review.failures > 0,
      label: machines?.label ?? say(context.language, "공장 전체", "the whole plant"),
      from: span.from.toISOString(),
      to: span.to.toISOString(),
      basis,
      ...review,
    };
    const evidence = reliabilityEvidence(output, { machines, left: loaded.left }, context);
    return { output, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };
  },
});

const isUnit = ({ level }: Equipment): boolean => level === "work_unit" || level === null;

/** Others of the same model; of the same kind where the model is unknown or the only one. */
function sistersOf(id: string, all: Equipment[]): string[] {
  const own = all.find((one) => one.id === id);
  if (!own) return [];
  const others = all.filter((one) => one.id !== id && isUnit(one));
  const model = others.filter((one) => own.model !== null && one.model === own.model);
  return (model.length > 0 ? model : others.filter((one) => own.class !== null && one.class === own.class)).map(
    (one) => one.id,
  );
}

/**
 * The span asked for, within what is on record (orders count from when they were opened): a record that ended long ago
 * says nothing about the time since.
 */
async function observed(
  span: Span | null,
  { basis, failures }: { basis: Basis; failures: FailureRecord[] },
  { mes, ctx }: ToolContext,
): Promise<{ from: Date; to: Date }> {
  const recorded = await mes.coverage(basis);
  const now = ctx.now().getTime();
  const times = [recorded.from, recorded.to, ...failures.map(({ at }) => at)].flatMap((at) => at?.getTime() ?? []);
  // A loop, not a spread: there may be more records than a call takes arguments.
  const newest = times.reduce((most, at) => Math.max(most, at), 0);
  const first = times.reduce((least, at) => Math.min(least, at), now);
  const last = times.length > 0 && now - newest > staleMs ? newest + 1 : now;
  const to = Math.min(span?.to?.getTime() ?? last, last);
  const from = Math.min(Math.max(span?.from?.getTime() ?? first, first), to);
  return { from: new Date(from), to: new Date(to) };
}
