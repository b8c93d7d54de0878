import { z } from "zod";
import { SunbaeError } from "../core/errors.ts";
import { parsePeriods } from "../core/periods/parse-periods.ts";
import type { Equipment } from "../plant/mes-store.ts";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { instant } from "./arguments/period.ts";
import { affectedEvidence } from "./orders/affected-evidence.ts";
import { loadOpenOrders, type OpenOrder } from "./orders/load-orders.ts";
import type { AffectedOrder, AffectedOrders, Alternative } from "./orders/affected.ts";
import { effects, firstGap, schedule } from "./orders/plan-outage.ts";
import { say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

export const affectedOrders = defineTool({
  name: "affected_orders",
  title: { ko: "영향받는 오더", en: "Affected orders" },
  description:
    "Which running and coming production orders a machine's outage delays, by how much, which miss their due time, and which machines of the same model could take them. " +
    "Use it for “what happens to the orders if it stands four hours”. Give how long the machine will stand from now; without it, each order's slack is told.",
  input: z.object({
    equipment: machineArgument,
    minutes: z.coerce
      .number()
      .positive()
      .max(86_400)
      .optional()
      .describe("The machine stands this many minutes from now."),
    hours: z.coerce.number().positive().max(1440).optional().describe("The machine stands this many hours from now."),
    until: z
      .string()
      .trim()
      .min(1)
      .optional()
      .describe("The machine stands until then: ISO 8601, or words such as “오늘”, “tomorrow”."),
  }),
  agents: ["planner"],
  async run(input, context) {
    const machine = await resolveMachine(input.equipment, context);
    const now = context.ctx.now().getTime();
    const until = outageEnd(input, context);
    const orders = await loadOpenOrders(machine.id, context);
    const byId = new Map(orders.map((order) => [order.id, order]));
    const others = await sameModel(machine, context);
    const told = effects(orders, now, until ?? now).map((effect): AffectedOrder => {
      const order = byId.get(effect.id) as OpenOrder;
      return {
        id: order.id,
        product: order.product,
        customer: order.customer,
        quantity: order.quantity,
        running: order.running,
        dueAt: order.due === null ? null : iso(order.due),
        endBefore: iso(effect.endBefore),
        endAfter: iso(effect.endAfter),
        delayMinutes: minutes(effect.delay),
        lateMinutes: effect.late === null ? null : minutes(effect.late),
        lateAnyway: effect.lateBefore,
        toleranceMinutes: effect.tolerance === null ? null : minutes(effect.tolerance),
        alternatives:
          until !== null && effect.delay > 0 && (effect.late ?? 0) > 0 ? alternativesFor(order, others, now) : [],
      };
    });
    const output: AffectedOrders = {
      found: told.length > 0,
      equipmentId: machine.id,
      outage: until === null ? null : { from: iso(now), until: iso(until), minutes: minutes(until - now) },
      orders: until === null ? told : told.filter((order) => order.delayMinutes > 0),
      total: told.length,
    };
    const evidence = [await affectedEvidence(output, machine, context)];
    return { output, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };
  },
});

const iso = (at: number): string => new Date(at).toISOString();
const minutes = (ms: number): number => Math.round(ms / 60_000);

function outageEnd(
  input: { minutes?: number | undefined; hours?: number | undefined; until?: string | undefined },
  context: ToolContext,
): number | null {
  const { ctx, language } = context;
  const now = ctx.now().getTime();
  if (input.minutes !== undefined || input.hours !== undefined)
    return now + ((input.minutes ?? 0) + (input.hours ?? 0) * 60) * 60_000;
  if (input.until === undefined) return null;
  const [period] = /^\d{4}-\d{2}/.test(input.until)
    ? []
    : parsePeriods(input.until, { now: ctx.now(), timeZone: ctx.timeZone, shifts: context.shifts });
  const until = (period?.to ? new Date(period.to) : instant("until", input.until, true, context)).getTime();
  if (until > now) return until;
  throw new SunbaeError(
    "invalid_input",
    say(language, "정지가 끝나는 때가 지금보다 뒤여야 합니다.", "The outage must end after now."),
    {
      details: [{ path: "until", message: input.until }],
    },
  );
}

type Other = { machine: Equipment; slots: ReturnType<typeof schedule>; down: boolean };

/** The other machines of the model, with what they have to do and whether they stand. */
async function sameModel(machine: Equipment, context: ToolContext): Promise<Other[]> {
  if (machine.model === null) return [];
  const { mes, ctx } = context;
  const now = ctx.now().getTime();
  const directory = await context.directory.load();
  const others = directory.all.filter((one) => one.model === machine.model && one.id !== machine.id).slice(0, 20);
  if (others.length === 0) return [];
  const stops = await mes.list({
    records: "downtimes",
    where: [
      { field: "equipment_id", op: "in", value: others.map((one) => one.id) },
      { field: "ended_at", op: "is_null" },
    ],
    limit: 100,
    timeZone: ctx.timeZone,
  });
  const down = new Set(stops.rows.map((row) => row["equipment_id"]));
  return await Promise.all(
    others.map(async (one) => ({
      machine: one,
      slots: schedule(await loadOpenOrders(one.id, context), now, now),
      down: down.has(one.id),
    })),
  );
}

function alternativesFor(order: OpenOrder, others: Other[], now: number): Alternative[] {
  return others
    .map(({ machine, slots, down }) => {
      const start = firstGap(slots, now, order.remaining);
      const end = start + order.remaining;
      return {
        equipmentId: machine.id,
        start: iso(start),
        end: iso(end),
        meetsDue: order.due === null ? null : end <= order.due,
        down,
      };
    })
    .sort((a, b) => Number(a.down) - Number(b.down) || a.end.localeCompare(b.end));
}
