import type { Evidence } from "../../core/evidence.ts";
import { formatNumber } from "../../core/format/format.ts";
import type { RecordsAnswer } from "../../tools/records/answer-records.ts";
import { draft, line, section, type Section } from "../compose/draft.ts";
import { factsSection, machineTitle, restOf, type Playbook, type PlaybookTurn } from "./playbook.ts";

type Answer = Pick<RecordsAnswer, "total" | "groups" | "groupCount"> & {
  found: boolean;
  evidence: Evidence | undefined;
};
type Ask = { records: "work_orders" | "events"; field: string; time: string };

const mostMaps = 3;

/**
 * What there was on a machine in a period: work orders by kind and code, events by family, code and day, beside the
 * equally long period before; which failures the frequent alerts point to; stops; sensors. Every figure is counted.
 */
export const reviewPlaybook: Playbook = {
  agents: ["planner", "maintenance"],
  async run(turn) {
    const { understood, tools } = turn;
    const [machine] = understood.machines;
    const [period] = understood.periods;
    if (!machine || !period)
      return draft(
        [section(null, [line(turn.say("어느 설비의 어느 기간을 볼까요?", "Which machine, and which period?"))])],
        true,
      );
    const span = { ...(period.from ? { from: period.from } : {}), ...(period.to ? { to: period.to } : {}) };
    const [kinds, codes, families, alerts, days, stops, sensors, before] = await Promise.all([
      count(turn, { records: "work_orders", field: "preventive", time: "finished_at" }),
      count(turn, { records: "work_orders", field: "primary_code", time: "finished_at" }),
      count(turn, { records: "events", field: "group", time: "started_at" }),
      count(turn, { records: "events", field: "code", time: "started_at" }),
      count(turn, { records: "events", field: "started_at", time: "started_at" }, "day"),
      tools.use("planner", "list_downtime", { equipment: machine.id, ...span, limit: 3 }),
      tools.use("maintenance", "read_sensors", { equipment: machine.id, ...span }),
      countBefore(turn),
    ]);
    const meant = await failuresMeant(turn, alerts);
    const stopped = stops.evidence.filter((one) => (one.data as { found?: boolean } | undefined)?.found !== false);
    const measured = sensors.evidence.filter((one) => (one.data as { found?: boolean } | undefined)?.found !== false);
    const nothing = !kinds.found && !families.found && stopped.length === 0 && measured.length === 0;
    return draft(
      [
        section(null, [line(`**${machineTitle(turn)}** · ${period.label}`, kinds.evidence ?? families.evidence)]),
        section(turn.say("작업지시", "Work orders"), [
          totalLine(turn, kinds, before.work_orders),
          kinds.found ? groupsLine(turn, kinds, turn.say("예방정비 여부", "preventive")) : null,
          codes.found ? groupsLine(turn, codes, turn.say("많은 순", "most frequent")) : null,
        ]),
        section(turn.say("알람과 이상 이벤트", "Alerts and events"), [
          totalLine(turn, families, before.events),
          families.found ? groupsLine(turn, families, turn.say("구분", "by group")) : null,
          alerts.found ? groupsLine(turn, alerts, turn.say("많은 순", "most frequent")) : null,
          days.found ? busiest(turn, days) : null,
        ]),
        meant,
        stopped.length > 0 ? factsSection(turn.say("비가동", "Downtime"), stopped, { limit: 1, details: true }) : null,
        measured.length > 0 ? factsSection(turn.say("측정값", "Readings"), measured, { limit: 8 }) : null,
      ],
      nothing,
    );
  },
};

function where(turn: PlaybookTurn, time: string, from: string | null, to: string | null): unknown[] {
  return [
    { field: "equipment_id", op: "eq", value: turn.understood.machines[0]?.id },
    ...(from ? [{ field: time, op: "gte", value: from }] : []),
    ...(to ? [{ field: time, op: "lt", value: to }] : []),
  ];
}

async function count(turn: PlaybookTurn, { records, field, time }: Ask, bucket?: "day"): Promise<Answer> {
  const [period] = turn.understood.periods;
  const used = await turn.tools.use("planner", "query_records", {
    records,
    where: where(turn, time, period?.from ?? null, period?.to ?? null),
    measure: { kind: "count" },
    groupBy: [{ field, ...(bucket ? { bucket } : {}) }],
  });
  const answer = used.output as Omit<RecordsAnswer, "evidence"> | null;
  const groups = [...(answer?.groups ?? [])].sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const { total = 0, groupCount = 0 } = answer ?? {};
  return { found: total > 0, total, groups, groupCount, evidence: used.evidence[0] };
}

/** The same counts in the equally long period before; null where they can't be seen. */
async function countBefore(turn: PlaybookTurn): Promise<Record<"work_orders" | "events", number | null>> {
  const [period] = turn.understood.periods;
  if (!period?.from || !period.to) return { work_orders: null, events: null };
  const [from, to] = [new Date(period.from), new Date(period.to)];
  const before = new Date(from.getTime() - (to.getTime() - from.getTime()));
  const { mes, ctx } = turn.tools.context;
  const total = async (records: "work_orders" | "events", field: string): Promise<number | null> => {
    const counted = mes.aggregate({
      records,
      where: [
        { field: "equipment_id", op: "eq", value: turn.understood.machines[0]?.id ?? "" },
        { field, op: "gte", value: before },
        { field, op: "lt", value: from },
      ],
      timeZone: ctx.timeZone,
      measure: { kind: "count" },
    });
    return await counted.then(({ groups }) => groups[0]?.value ?? null).catch(() => null);
  };
  const [orders, events] = await Promise.all([total("work_orders", "finished_at"), total("events", "started_at")]);
  return { work_orders: orders, events };
}

function totalLine(turn: PlaybookTurn, answer: Answer, before: number | null) {
  const earlier =
    before === null
      ? ""
      : turn.say(
          ` (바로 앞의 같은 길이 기간: ${formatNumber(before)}건)`,
          ` (the equally long period before: ${formatNumber(before)})`,
        );
  if (!answer.found)
    return line(
      [
        turn.say("기록이 없습니다", "None on record") + earlier,
        ...(answer.evidence ? restOf(answer.evidence) : []),
      ].join(". "),
      answer.evidence,
      "bullet",
    );
  return line(
    turn.say(
      `모두 **${formatNumber(answer.total)}건**${earlier}`,
      `**${formatNumber(answer.total)}** in all${earlier}`,
    ),
    answer.evidence,
    "bullet",
  );
}

function groupsLine(turn: PlaybookTurn, answer: Answer, label: string) {
  const shown = answer.groups.slice(0, 6).map((group) => `${group.label} ${formatNumber(group.value ?? 0)}`);
  const rest =
    answer.groupCount > 6 ? turn.say(` 외 ${answer.groupCount - 6}종`, ` and ${answer.groupCount - 6} more`) : "";
  return line(`${label}: ${shown.join(", ")}${rest}`, answer.evidence, "bullet");
}

function busiest(turn: PlaybookTurn, days: Answer) {
  const shown = days.groups.slice(0, 3).map((group) => `${group.label} (${formatNumber(group.value ?? 0)})`);
  return line(
    turn.say(
      `이벤트가 있던 날 ${days.groupCount}일, 가장 많은 날: ${shown.join(", ")}`,
      `events on ${days.groupCount} days, most on ${shown.join(", ")}`,
    ),
    days.evidence,
    "bullet",
  );
}

/** What the frequent codes point to in the plant's own code map. */
async function failuresMeant(turn: PlaybookTurn, alerts: Answer): Promise<Section | null> {
  const codes = alerts.groups
    .map((group) => group.key[0])
    .filter((key) => typeof key === "string")
    .slice(0, 5);
  if (codes.length === 0) return null;
  const used = await turn.tools.use("planner", "query_records", {
    records: "code_maps",
    where: [{ field: "from_code", op: "in", value: codes }],
    limit: 30,
  });
  const rows = (used.output as Omit<RecordsAnswer, "evidence"> | null)?.rows ?? [];
  const [evidence] = used.evidence;
  if (rows.length === 0 || !evidence) return null;
  const mapped = Map.groupBy(rows, (row) => String(row["from_code"]));
  const frequentFirst = codes.flatMap((code) => [...mapped].filter(([from]) => from === code));
  const lines = frequentFirst.slice(0, mostMaps).map(([from, own]) => {
    const name = String(own[0]?.["from_description"] ?? "")
      .replace(from, "")
      .trim();
    const to = own
      .map((row) =>
        [row["condition"] ? `(${String(row["condition"])})` : "", row["to_code"], row["to_description"]]
          .filter(Boolean)
          .join(" "),
      )
      .join(", ");
    return line(`${from} ${name} → ${to}`, evidence, "bullet");
  });
  return section(turn.say("알람이 가리키는 고장", "What these alerts may mean"), lines);
}
