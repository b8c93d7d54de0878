import type { Evidence } from "../../core/evidence.ts";
import type { RecordSetName } from "../../plant/records.ts";
import { draft, line, section, type Section } from "../compose/draft.ts";
import { columnsOf } from "./columns.ts";
import { factsSection, failureLine, gist, machineTitle, type Playbook } from "./playbook.ts";

const orderFields = ["id", "equipment_id", "product", "status", "quantity_planned", "quantity_good", "quantity_scrap"];
const alarmFields = ["started_at", "equipment_id", "code", "description", "severity", "ended_at"];
const stopFields = ["started_at", "equipment_id", "reason", "planned", "duration_minutes"];

/** Orders that a stop delays. */
export const affectedPlaybook: Playbook = {
  agents: ["planner"],
  async run(turn) {
    const { understood, tools } = turn;
    const [machine] = understood.machines;
    if (!machine)
      return draft(
        [
          section(null, [
            line(
              turn.say(
                "어느 설비가 서면 어떤 오더가 밀리는지 보려면 설비를 알려 주세요.",
                "Which machine is down? Then I can say which orders it delays.",
              ),
            ),
          ]),
        ],
        true,
      );
    const minutes = outageMinutes(understood.question);
    const used = await tools.use("planner", "affected_orders", {
      equipment: machine.id,
      ...(minutes === null ? {} : { minutes }),
    });
    return draft(
      [
        factsSection(turn.say("영향받는 오더", "Affected orders"), used.evidence, {
          details: true,
          table: true,
          limit: 5,
        }),
        used.error ? section(null, [failureLine(used)]) : null,
      ],
      used.evidence.length === 0,
    );
  },
};

/** "8시간", "2 hours", "30분", "하루", "two days" of outage, in minutes; null where none is said. A date's day is none. */
export function outageMinutes(text: string): number | null {
  const words: Record<string, number> = {
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    eight: 8,
    ten: 10,
    twelve: 12,
    half: 0.5,
    a: 1,
    an: 1,
    한: 1,
    두: 2,
    세: 3,
    네: 4,
    다섯: 5,
    하루: 1,
    이틀: 2,
    사흘: 3,
  };
  const day = /(하루|이틀|사흘)/.exec(text);
  const match =
    /(?<!\d|월\s?)(\d+(?:\.\d+)?|one|two|three|four|five|six|eight|ten|twelve|half|an?|한|두|세|네|다섯)\s*(?:an?\s)?(hours?|hrs?|h\b|minutes?|mins?|days?|shifts?|시간|분|일|교대)/i.exec(
      text,
    );
  if (!match) return day ? (words[day[1] ?? ""] ?? 1) * 1440 : null;
  const amount = words[(match[1] ?? "").toLowerCase()] ?? Number(match[1]);
  const unit = match[2] ?? "";
  const each = /^(?:m|분)/i.test(unit) ? 1 : /^(?:d|일)/i.test(unit) ? 1440 : /^(?:s|교대)/i.test(unit) ? 720 : 60;
  return Number.isFinite(amount) && amount > 0 ? Math.round(amount * each) : null;
}

/** What the last shift leaves to the next: alarms, stops, open work, orders, out-of-normal machines. */
export const handoverPlaybook: Playbook = {
  agents: ["planner", "maintenance", "quality"],
  async run(turn) {
    const { understood, tools } = turn;
    const period = understood.periods[0];
    const span = period
      ? { ...(period.from ? { from: period.from } : {}), ...(period.to ? { to: period.to } : {}) }
      : { period: turn.say("이번 근무조", "this shift") };
    const ids = understood.machines.map((one) => one.id);
    const machine = ids.length > 0 ? { equipment: ids.join(", ") } : {};
    const only = ids.length > 0 ? [{ field: "equipment_id", op: "in", value: ids }] : [];
    const [alarms, stops, done, open, running, made, failed] = await Promise.all([
      tools.use("maintenance", "list_alarms", { ...machine, ...span }),
      tools.use("planner", "list_downtime", { ...machine, ...span }),
      tools.use("planner", "list_work_orders", { ...machine, ...span }),
      tools.use("planner", "query_records", {
        records: "work_orders",
        where: [...only, { field: "finished_at", op: "is_null" }],
        limit: 10,
      }),
      tools.use("planner", "query_records", {
        records: "job_orders",
        where: [...only, { field: "started_at", op: "not_null" }, { field: "ended_at", op: "is_null" }],
        limit: 10,
      }),
      tools.use("planner", "list_job_orders", { ...machine, ...span, limit: 20 }),
      tools.use("quality", "list_inspections", { ...machine, ...span, failed: true, limit: 5 }),
    ]);
    const title = turn.say("교대 인수인계 (초안)", "Shift handover (draft)");
    const label = period?.label ?? turn.say("이번 근무조", "this shift");
    const listed = (
      heading: string,
      evidence: Evidence[],
      records: RecordSetName,
      fields: string[],
    ): Section | null => {
      const [first] = evidence;
      const lines = evidence.slice(0, 6).map((one) => line(gist(one), one, "bullet"));
      return first ? section(heading, lines, columnsOf(first, records, fields, turn.understood.language)) : null;
    };
    const missing = (evidence: Evidence[], ko: string, en: string): Section | null =>
      evidence.some((one) => (one.data as { found?: boolean } | undefined)?.found !== false)
        ? null
        : section(null, [line(turn.say(`☐ ${ko}`, `☐ ${en}`), [], "bullet")]);
    return draft([
      section(null, [
        line(
          `**${title}** — ${[label, ids.length > 0 ? machineTitle(turn) : ""].filter((part) => part !== "").join(" · ")}`,
        ),
      ]),
      listed(turn.say("생산", "Production"), made.evidence, "job_orders", orderFields),
      missing(
        made.evidence,
        "생산 실적: 기록이 없습니다. 적으세요.",
        "Production: nothing is on record. Write it down.",
      ),
      listed(turn.say("진행 중 오더", "Orders running"), running.evidence, "job_orders", orderFields),
      listed(turn.say("알람", "Alarms"), alarms.evidence, "events", alarmFields),
      listed(turn.say("비가동", "Downtime"), stops.evidence, "downtimes", stopFields),
      factsSection(turn.say("품질", "Quality"), failed.evidence, { details: true, limit: 2 }),
      factsSection(turn.say("끝낸 작업", "Work done"), done.evidence, { limit: 6 }),
      factsSection(turn.say("남은 작업", "Open work"), open.evidence, { details: true, limit: 3 }),
      section(turn.say("사람이 채울 것", "For people to fill in"), [
        line(turn.say("☐ 임시 조치와 우회 운전", "☐ Temporary fixes and workarounds"), [], "bullet"),
        line(turn.say("☐ 안전: 잠금 중인 설비, 위험한 곳", "☐ Safety: machines locked out, hazards"), [], "bullet"),
        line(
          turn.say("☐ 다음 조에 부탁할 것, 구두 약속", "☐ What the next shift must do, verbal agreements"),
          [],
          "bullet",
        ),
        line(turn.say("☐ 인계자 / 인수자", "☐ Handed over by / taken over by"), [], "bullet"),
      ]),
    ]);
  },
};
