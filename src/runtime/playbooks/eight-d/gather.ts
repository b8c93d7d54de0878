import type { Evidence } from "../../../core/evidence.ts";
import type { AgentName } from "../../../core/run-event.ts";
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
  const ofCode = code === null ? {} : { code };
  const nothing: Evidence[] = [];
  const ask = async (agent: AgentName, tool: string, input: unknown) => findings(await use(agent, tool, input));
  const ofMachine = (agent: AgentName, tool: string, input: object) =>
    machineId === null ? nothing : ask(agent, tool, { ...machine, ...input });
  const text = turn.understood.question.slice(0, 300);
  const asked: Record<keyof Facts, Evidence[] | Promise<Evidence[]>> = {
    entry: code === null ? nothing : ask("maintenance", "look_up_alarm", { ...machine, code }),
    alarms: ofMachine("maintenance", "list_alarms", { ...span, ...ofCode }),
    stops: ofMachine("planner", "list_downtime", { ...span, planned: false }),
    defects: ofMachine("quality", "defect_pareto", span),
    failed:
      lot === null
        ? ofMachine("quality", "list_inspections", { ...span, failed: true })
        : ask("quality", "list_inspections", { lot, failed: true }),
    worked: ofMachine("maintenance", "similar_work_orders", code ? { alarm_code: code } : { symptom: text }),
    repairs: ofMachine("planner", "list_work_orders", { ...span, preventive: false }),
    preventive: ofMachine("planner", "list_work_orders", { preventive: true, limit: 3 }),
    drift: ofMachine("maintenance", "find_drift", ofCode),
    chart: ofMachine("quality", "check_control_limits", {}),
    lots: lot === null ? nothing : ask("quality", "trace_lots", { lot }),
    differ: ofMachine("quality", "compare_lots", span),
    affected: ofMachine("planner", "affected_orders", { hours: 8 }),
    cards:
      machineId === null && code === null
        ? nothing
        : veteranCards(turn, { ...(code ? { alarmCode: code } : {}), text: turn.understood.question, limit: 3 }),
  };
  const found = await Promise.all(Object.entries(asked).map(async ([name, facts]) => [name, await facts] as const));
  return Object.fromEntries(found) as Facts;
}

/** "Nothing on record" is no finding: in a report it is a gap. */
function findings({ evidence }: Used): Evidence[] {
  return evidence.filter((one) => (one.data as { found?: boolean; total?: number } | undefined)?.found !== false);
}
