import type { Evidence } from "../../../core/evidence.ts";
import type { Used } from "../../turn/turn-tools.ts";
import type { PlaybookTurn } from "../playbook.ts";
import { veteranCards } from "../steps.ts";

/** What the report is about: at least a machine or a lot. */
export type Scope = {
  machineId: string | null;
  code: string | null;
  lot: string | null;
  span: { from?: string; to?: string; period?: string };
};

/** What the plant's records and documents say, by the question they answer. Empty where there is nothing. */
export type Facts = Record<
  | "entry"
  | "alarms"
  | "stops"
  | "defects"
  | "failed"
  | "worked"
  | "repairs"
  | "preventive"
  | "drift"
  | "chart"
  | "lots"
  | "differ"
  | "affected"
  | "cards",
  Evidence[]
>;

export function scopeOf({ understood, say }: PlaybookTurn): Scope {
  const [code] = understood.codes;
  const [period] = understood.periods;
  return {
    machineId: understood.machines[0]?.id ?? null,
    code: code?.entries[0]?.code ?? code?.code ?? understood.contextCodes[0] ?? null,
    lot: understood.recordIds.find((one) => one.records === "lots")?.id ?? null,
    span: period
      ? { ...(period.from ? { from: period.from } : {}), ...(period.to ? { to: period.to } : {}) }
      : { period: say("최근 30일", "last 30 days") },
  };
}

/** Asks every tool that can say something; one that fails leaves a gap, never an error. */
export async function gatherFacts(turn: PlaybookTurn, { machineId, code, lot, span }: Scope): Promise<Facts> {
  const { use } = turn.tools;
  const machine = machineId === null ? {} : { equipment: machineId };
  const when = (condition: boolean, ask: () => Promise<Used>): Promise<Evidence[]> =>
    condition ? ask().then(findings) : Promise.resolve([]);
  const hasMachine = machineId !== null;
  const [
    entry,
    alarms,
    stops,
    defects,
    failed,
    worked,
    repairs,
    preventive,
    drift,
    chart,
    lots,
    differ,
    affected,
    cards,
  ] = await Promise.all([
    when(code !== null, () => use("maintenance", "look_up_alarm", { ...machine, code })),
    when(hasMachine, () => use("maintenance", "list_alarms", { ...machine, ...span, ...(code ? { code } : {}) })),
    when(hasMachine, () => use("planner", "list_downtime", { ...machine, ...span, planned: false })),
    when(hasMachine, () => use("quality", "defect_pareto", { ...machine, ...span })),
    when(hasMachine || lot !== null, () =>
      use("quality", "list_inspections", lot ? { lot, failed: true } : { ...machine, ...span, failed: true }),
    ),
    when(hasMachine, () =>
      use("maintenance", "similar_work_orders", {
        ...machine,
        ...(code ? { alarm_code: code } : { symptom: turn.understood.question.slice(0, 300) }),
      }),
    ),
    when(hasMachine, () => use("planner", "list_work_orders", { ...machine, ...span, preventive: false })),
    when(hasMachine, () => use("planner", "list_work_orders", { ...machine, preventive: true, limit: 3 })),
    when(hasMachine, () => use("maintenance", "find_drift", { ...machine, ...(code ? { code } : {}) })),
    when(hasMachine, () => use("quality", "check_control_limits", { ...machine })),
    when(lot !== null, () => use("quality", "trace_lots", { lot })),
    when(hasMachine, () => use("quality", "compare_lots", { ...machine, ...span })),
    when(hasMachine, () => use("planner", "affected_orders", { ...machine, hours: 8 })),
    hasMachine || code !== null
      ? veteranCards(turn, { ...(code ? { alarmCode: code } : {}), text: turn.understood.question, limit: 3 })
      : [],
  ]);
  return {
    entry,
    alarms,
    stops,
    defects,
    failed,
    worked,
    repairs,
    preventive,
    drift,
    chart,
    lots,
    differ,
    affected,
    cards,
  };
}

/** "Nothing on record" is no finding: in a report it is a gap. */
function findings({ evidence }: Used): Evidence[] {
  return evidence.filter((one) => (one.data as { found?: boolean; total?: number } | undefined)?.found !== false);
}
