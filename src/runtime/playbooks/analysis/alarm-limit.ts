import { draft, line, section, type Draft } from "../../compose/draft.ts";
import { type Playbook, type PlaybookTurn } from "../playbook.ts";
import { quoteSafety, safetySection } from "../steps.ts";
import { askBack, computedDraft, spanOf, useEach } from "./computed.ts";
import { newestReading, spanBefore, staleLine } from "./newest-readings.ts";
import { byMachine, meantTags, tagNames } from "./meant-tags.ts";

const historyDays = 90;

/** Whether an alarm limit still fits, and which would: words for a person; nothing is ever set from here. */
export const alarmLimitPlaybook: Playbook = {
  agents: ["maintenance"],
  async run(turn) {
    const { understood } = turn;
    if (understood.safeguard && understood.tags.length === 0) return await ofSafeguard(turn);
    const meant = await meantTags(turn);
    const machines = understood.machines.map(({ id }) => ({ equipment: id }));
    const code = understood.codes.find((one) => !/\d\.\d/.test(one.code))?.code ?? understood.contextCodes[0];
    const limit = triedLimit(understood.question);
    const newest =
      understood.periods.length > 0 ? null : await newestReading(turn, meant.how === "none" ? meant.all : meant.tags);
    const asked = (meant.how === "none" ? machines : byMachine(meant.tags)).map((one) => ({
      ...one,
      ...(code === undefined ? {} : { code }),
      ...(limit === null ? {} : { limit }),
      ...spanOf(understood.periods[0]),
      ...spanBefore(newest, historyDays),
    }));
    if (asked.length === 0)
      return await whichAlarm(turn, meant.all.length === 0 ? null : tagNames(turn, limited(meant.all), 10));
    const used = await useEach(turn, "maintenance", "review_alarm_limit", asked, 3);
    return computedDraft(turn, used, {
      details: 10,
      others: 5,
      before: [
        section(null, [staleLine(turn, newest)]),
        asked.length > 3
          ? section(null, [
              line(
                turn.say(
                  `여러 설비에 그런 센서가 있습니다: ${tagNames(turn, meant.tags, 6)}. 세 대까지만 보았습니다.`,
                  `Several machines have such a sensor: ${tagNames(turn, meant.tags, 6)}. Three were looked at.`,
                ),
              ),
            ])
          : null,
      ],
    });
  },
};

/** An alarm of a safeguard has no limit to be tuned: that it rings often is a fault, and the plant's rule is quoted. */
async function ofSafeguard(turn: PlaybookTurn): Promise<Draft> {
  const evidence = await quoteSafety(turn, "safeguard");
  return draft([
    section(null, [
      line(
        turn.say(
          "**안전장치 알람의 기준은 제안하지 않습니다.** 자주 울리면 기준이 아니라 안전장치나 작업 방법의 문제로 보고 점검하세요.",
          "**I propose no limit for the alarm of a safeguard.** Where it rings often, the safeguard or the way of working is to be checked, not the limit.",
        ),
        evidence[0],
      ),
    ]),
    safetySection(turn, evidence),
  ]);
}

const limited = <T extends { alarmHigh: number | null; alarmLow: number | null }>(tags: T[]): T[] => {
  const own = tags.filter((tag) => tag.alarmHigh !== null || tag.alarmLow !== null);
  return own.length > 0 ? own : tags;
};

/** No alarm is named: which rings most is shown, and which is meant is asked. */
async function whichAlarm(turn: PlaybookTurn, sensors: string | null) {
  if (sensors === null)
    return askBack(
      turn,
      "기준값을 검토할 센서 데이터가 연결되어 있지 않습니다.",
      "There is no sensor data to review a limit by.",
    );
  const frequent = await turn.tools.use("planner", "query_records", {
    records: "events",
    where: [{ field: "group", op: "contains", value: "alarm" }],
    measure: { kind: "count" },
    groupBy: [{ field: "equipment_id" }, { field: "code" }],
    limit: 5,
  });
  const table = frequent.evidence[0]?.table;
  return draft(
    [
      section(null, [
        line(
          turn.say(
            "어느 설비의 어떤 알람(센서) 기준값입니까? 설비와 센서나 알람 코드를 알려 주시면 근거와 함께 제안하겠습니다. 기준값을 바꾸지는 않습니다.",
            "The limit of which machine's alarm or sensor? Name both and I propose one with its evidence. I change no limit.",
          ),
        ),
      ]),
      table
        ? section(
            turn.say("자주 울린 알람", "Alarms that ring often"),
            [line(frequent.evidence[0]?.title ?? "", frequent.evidence)],
            { columns: table.columns, rows: table.rows.slice(0, 5) },
          )
        : null,
      section(turn.say("알람 기준이 있는 센서", "Sensors with an alarm limit"), [line(sensors, [], "bullet")]),
    ],
    true,
  );
}

/** "기준을 5로 하면 어때", "what if the limit were 5": a value to try out. */
export function triedLimit(question: string): number | null {
  const match =
    /\b(?:if|what about|try|with)\b.{0,40}?(?:limit|threshold|it)?\s*(?:were|was|is|of|at|to)\s+(-?\d+(?:\.\d+)?)|(-?\d+(?:\.\d+)?)\s?\S{0,6}?(?:으로|로)\s?(?:하면|두면|올리면|낮추면|내리면|바꾸면|잡으면)/i.exec(
      question,
    );
  const value = Number(match?.[1] ?? match?.[2] ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}
