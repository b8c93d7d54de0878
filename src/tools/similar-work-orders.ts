import { z } from "zod";
import type { Condition, Row } from "../plant/records.ts";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { similarEvidence, type SimilarWorkOrder } from "./similar/similar-evidence.ts";
import { rankWorkOrders, symptomWords, type Wanted } from "./similar/rank-work-orders.ts";
import { loadPeople } from "./people.ts";
import { defineTool, type ToolContext } from "./tool.ts";

const candidates = 400;

export const similarWorkOrders = defineTool({
  name: "similar_work_orders",
  title: { ko: "비슷한 작업지시", en: "Similar work orders" },
  description:
    "Past repairs like the present trouble, best first: on the machine, its model or its kind, with the same alarm code, failure code or symptom words. Tells who did it, when, how long it took, cause, remedy and parts, and who has done it most. " +
    "Use it for “what worked last time”, “who knows this”, “how long will it take”. For plain counts use count_work_orders.",
  input: z.object({
    equipment: machineArgument.optional(),
    alarm_code: z.string().trim().min(1).optional().describe("Alarm code, as written on the panel."),
    failure_code: z.string().trim().min(1).optional().describe("Failure or maintenance code, primary or secondary."),
    symptom: z.string().trim().min(1).max(300).optional().describe("The symptom in a few words, as the asker put it."),
    limit: z.coerce.number().int().min(1).max(20).optional().describe("Work orders wanted; 5 unless told."),
  }),
  agents: ["maintenance", "planner"],
  async run(input, context) {
    const machine = input.equipment === undefined ? null : await resolveMachine(input.equipment, context);
    const directory = await context.directory.load();
    const wanted: Wanted = {
      equipmentId: machine?.id ?? null,
      model: machine?.model ?? null,
      class: machine?.class ?? null,
      alarmCode: input.alarm_code ?? null,
      failureCode: input.failure_code ?? null,
      words: input.symptom === undefined ? [] : symptomWords(input.symptom),
      now: context.ctx.now(),
    };
    const alike = machine
      ? directory.all.filter(
          (one) =>
            one.id === machine.id ||
            (machine.model !== null && one.model === machine.model) ||
            (machine.class !== null && one.class === machine.class),
        )
      : [];
    const rows = await candidateRows(
      wanted,
      alike.map((one) => one.id),
      context,
    );
    const ranked = rankWorkOrders(rows, wanted, (id) => directory.byId.get(id));
    const people = await loadPeople(context);
    const found: SimilarWorkOrder[] = ranked.map(({ row, score, why, words }) => ({
      id: String(row["id"]),
      equipmentId: String(row["equipment_id"] ?? ""),
      technician: people(row["technician"] as string | null),
      finishedAt: row["finished_at"] instanceof Date ? row["finished_at"].toISOString() : null,
      openedAt: row["opened_at"] instanceof Date ? row["opened_at"].toISOString() : null,
      durationMinutes: row["duration_minutes"] as number | null,
      description: row["description"] as string | null,
      cause: row["cause"] as string | null,
      remedy: row["remedy"] as string | null,
      parts: Array.isArray(row["parts"]) ? row["parts"] : [],
      alarmCode: row["alarm_code"] as string | null,
      primaryCode: row["primary_code"] as string | null,
      score,
      why,
      words,
    }));
    return await similarEvidence({ wanted, machine, found, limit: input.limit ?? 5, searched: rows.length }, context);
  },
});

/** Unplanned work that may be alike, newest first; preventive routine work is no precedent for trouble. */
async function candidateRows(wanted: Wanted, alike: string[], { mes, ctx }: ToolContext): Promise<Row[]> {
  const unplanned: Condition[] = [{ field: "preventive", op: "ne", value: true }];
  const wheres: Condition[][] = [];
  if (wanted.equipmentId) wheres.push([...unplanned, { field: "equipment_id", op: "eq", value: wanted.equipmentId }]);
  if (alike.length > 1) wheres.push([...unplanned, { field: "equipment_id", op: "in", value: alike }]);
  if (wanted.alarmCode)
    wheres.push([
      { field: "alarm_code", op: "in", value: [...new Set([wanted.alarmCode, wanted.alarmCode.toUpperCase()])] },
    ]);
  if (wanted.failureCode)
    for (const field of ["primary_code", "secondary_code"])
      wheres.push([{ field, op: "in", value: [...new Set([wanted.failureCode, wanted.failureCode.toUpperCase()])] }]);
  if (!wanted.equipmentId)
    for (const word of wanted.words.slice(0, 4))
      for (const field of ["description", "cause", "remedy"])
        wheres.push([...unplanned, { field, op: "contains", value: word }]);
  const lists = await Promise.all(
    wheres.map((where) => mes.list({ records: "work_orders", where, timeZone: ctx.timeZone, limit: candidates })),
  );
  const byId = new Map<string, Row>();
  for (const row of lists.flatMap((list) => list.rows)) byId.set(`${String(row["source"])}/${String(row["id"])}`, row);
  return [...byId.values()];
}
