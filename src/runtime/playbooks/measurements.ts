import type { Evidence } from "../../core/evidence.ts";
import { formatNumber } from "../../core/format/format.ts";
import type { SensorReading } from "../../tools/sensors/sensor-reading.ts";
import { draft, line, section, type Line } from "../compose/draft.ts";
import { factsSection, failureLine, machineTitle, type Playbook, type PlaybookTurn } from "./playbook.ts";
import { machineState } from "./steps.ts";

/** Sensor values: now, over a period, or that there are none and what there is instead. */
export const readingsPlaybook: Playbook = {
  agents: ["maintenance"],
  async run(turn) {
    const { understood, tools } = turn;
    const [machine] = understood.machines;
    if (!machine)
      return draft(
        [section(null, [line(turn.say("어느 설비의 어떤 측정값입니까?", "Which machine, and which reading?"))])],
        true,
      );
    const period = understood.periods[0];
    const span = period
      ? { ...(period.from ? { from: period.from } : {}), ...(period.to ? { to: period.to } : {}) }
      : {};
    if (understood.missingTag !== null) {
      const all = await tools.use("maintenance", "read_sensors", { equipment: machine.id, ...span });
      return draft(
        [
          section(null, [
            line(
              turn.say(
                `${machineTitle(turn)}에는 “${understood.missingTag}” 측정 데이터가 없습니다.`,
                `There is no “${understood.missingTag}” data for ${machineTitle(turn)}.`,
              ),
              all.evidence[0],
            ),
          ]),
          factsSection(turn.say("있는 것", "What there is"), all.evidence, { limit: 4 }),
          failureLine(all) ? section(null, [failureLine(all)]) : null,
        ],
        true,
      );
    }
    const machines = understood.machines.slice(0, 4);
    const tags = understood.tags.map((tag) => tag.id);
    const used = await Promise.all(
      machines.map((one) => {
        const own = understood.tags.filter((tag) => tag.equipmentId === one.id).map((tag) => tag.id);
        return tools.use("maintenance", "read_sensors", {
          equipment: one.id,
          ...(own.length > 0 ? { tags: own } : {}),
          ...span,
        });
      }),
    );
    const evidence = used.flatMap((one) => one.evidence);
    const failed = used.map(failureLine).filter((one) => one !== null);
    const asked = period ? statistic(understood.question) : null;
    const headline = asked ? evidence.map((one) => statisticLine(turn, one, asked)).filter((one) => one !== null) : [];
    const none =
      evidence.length > 0 && evidence.every((one) => (one.data as { found?: boolean } | undefined)?.found === false);
    return draft(
      [
        none
          ? section(null, [
              line(
                turn.say(
                  `${machineTitle(turn)}: 그런 측정 데이터는 없습니다.`,
                  `${machineTitle(turn)}: there is no such data.`,
                ),
                evidence[0],
              ),
            ])
          : null,
        headline.length > 0 ? section(null, headline) : null,
        factsSection(turn.say("측정값", "Readings"), evidence, {
          details: tags.length > 0 && tags.length <= 2,
          table: true,
          limit: 10,
        }),
        failed.length > 0 ? section(null, failed) : null,
      ],
      none || evidence.length === 0,
    );
  },
};

type Statistic = "max" | "min" | "mean" | "count";

/** Which figure of a period is asked for, if one is. */
function statistic(text: string): Statistic | null {
  if (/\bmax\w*|\bhighest|\bpeak|최대|최고|가장 높/i.test(text)) return "max";
  if (/\bmin(?:imum)?\b|\blowest|최소|최저|가장 낮/i.test(text)) return "min";
  if (/\b(?:average|mean|avg)\b|평균/i.test(text)) return "mean";
  return /\bhow many readings|\bnumber of readings|측정값?\s?(?:개수|건수)|몇 (?:건|개)/i.test(text) ? "count" : null;
}

function statisticLine(turn: PlaybookTurn, evidence: Evidence, asked: Statistic): Line | null {
  const data = evidence.data as SensorReading | undefined;
  const value = data?.window?.[asked] ?? null;
  if (!data?.window || data.window.count === 0 || value === null) return null;
  const names = {
    max: turn.say("최대", "maximum"),
    min: turn.say("최소", "minimum"),
    mean: turn.say("평균", "mean"),
    count: turn.say("측정 건수", "readings"),
  };
  const unit = asked === "count" || !data.tag.unit ? "" : ` ${data.tag.unit}`;
  const window = evidence.table?.rows[0]?.[0] ?? "";
  return line(`${evidence.title}, ${window} — ${names[asked]}: **${formatNumber(value)}${unit}**`, evidence);
}

/** How a machine is now: out-of-normal readings, recent alarms, open work. */
export const conditionPlaybook: Playbook = {
  agents: ["maintenance", "planner"],
  async run(turn) {
    const { understood, tools } = turn;
    const [machine] = understood.machines;
    if (!machine)
      return draft(
        [section(null, [line(turn.say("어느 설비의 상태입니까?", "The condition of which machine?"))])],
        true,
      );
    const machines = understood.machines.slice(0, 6);
    if (machines.length > 1) {
      const all = await Promise.all(
        machines.map((one) => tools.use("maintenance", "compare_with_normal", { equipment: one.id })),
      );
      return draft(all.map((used, index) => factsSection(machines[index]?.id ?? null, used.evidence, { limit: 3 })));
    }
    const span = understood.periods[0];
    const period = span
      ? { ...(span.from ? { from: span.from } : {}), ...(span.to ? { to: span.to } : {}) }
      : { period: "최근 7일" };
    const open = [
      { field: "equipment_id", op: "eq", value: machine.id },
      { field: "finished_at", op: "is_null" },
    ];
    const [state, alarms, orders, stops] = await Promise.all([
      machineState(turn),
      tools.use("maintenance", "list_alarms", { equipment: machine.id, ...period }),
      tools.use("planner", "query_records", { records: "work_orders", where: open, limit: 5 }),
      tools.use("planner", "list_downtime", { equipment: machine.id, ...period }),
    ]);
    return draft([
      section(null, [
        line(
          `**${machineTitle(turn)}**${machine.model ? ` · ${machine.model}` : ""}`,
          state.evidence[0] ?? alarms.evidence[0],
        ),
      ]),
      state.section,
      factsSection(turn.say("알람", "Alarms"), alarms.evidence, { limit: 4 }),
      factsSection(turn.say("열린 작업", "Open work"), orders.evidence, { limit: 2, details: true }),
      factsSection(turn.say("비가동", "Downtime"), stops.evidence, { limit: 2 }),
    ]);
  },
};
