import type { Evidence } from "../../../core/evidence.ts";
import { draft, line, section, type Line, type Section } from "../../compose/draft.ts";
import { gist, machineTitle, restOf, type Playbook, type PlaybookTurn } from "../playbook.ts";
import { columnsOf } from "../columns.ts";
import { flat } from "../steps.ts";
import { gatherFacts, scopeOf, type Facts, type Scope } from "./gather.ts";

// 8D: the eight disciplines of a corrective action report, D0 (preparing) to D8 (closing). Evidence fills what records
// and documents know; what only people know is left as a gap, marked ☐, and never made up.

const repairFields = ["id", "finished_at", "description", "cause", "remedy", "technician"];

/** A draft report from evidence. Causes and actions of records are candidates until somebody proves them. */
export const eightDPlaybook: Playbook = {
  agents: ["quality", "maintenance", "planner"],
  async run(turn) {
    const scope = scopeOf(turn);
    if (scope.machineId === null && scope.lot === null)
      return draft(
        [
          section(null, [
            line(
              turn.say(
                "어느 설비나 로트의 8D 보고서입니까? 예: “CNC 7호기 알람 2041 8D 써줘”처럼 설비, 알람이나 로트, 기간을 말해 주세요.",
                "Which machine or lot is the 8D report about? Name the machine, the alarm or lot, and the period.",
              ),
            ),
          ]),
        ],
        true,
      );
    const facts = await gatherFacts(turn, scope);
    const nothing = Object.values(facts).every((one) => one.length === 0);
    return draft([head(turn, scope, nothing), ...disciplines(turn, facts)], nothing);
  },
};

function head(turn: PlaybookTurn, { code, lot }: Scope, nothing: boolean): Section {
  const about = [
    machineTitle(turn),
    code,
    lot,
    turn.understood.periods[0]?.label ?? turn.say("최근 30일", "last 30 days"),
  ]
    .filter(Boolean)
    .join(" · ");
  return section(null, [
    line(`**${turn.say("8D 보고서 (초안)", "8D report (draft)")}** — ${about}`),
    line(
      nothing
        ? turn.say(
            "기록과 문서에서 찾은 것이 없습니다. 아래는 채워야 할 빈칸뿐입니다.",
            "Records and documents hold nothing on this. What follows are gaps to fill.",
          )
        : turn.say(
            "기록과 문서로 채운 초안입니다. ☐ 는 사람이 채울 빈칸이고, 원인과 대책은 확인되기 전까지 후보입니다.",
            "Filled from records and documents. ☐ is a gap for people to fill; causes and actions are candidates until proven.",
          ),
    ),
  ]);
}

function disciplines(turn: PlaybookTurn, facts: Facts): Section[] {
  const { say } = turn;
  const gap = (ko: string, en: string): Line => line(`☐ ${say(ko, en)}`, [], "bullet");
  const told = (evidence: Evidence[], limit: number, details = 0): Line[] =>
    evidence.slice(0, limit).flatMap((one) => [
      line(gist(one), one, "bullet"),
      ...restOf(one)
        .slice(0, details)
        .map((text) => line(text.replace(/^-\s+/, ""), one, "bullet")),
    ]);
  const people = facts.worked.slice(0, 1).flatMap((one) =>
    restOf(one)
      .filter((text) => /^(?:한 사람|Done by)/.test(text))
      .map((text) => line(text, one, "bullet")),
  );
  const orders = facts.worked.filter((one) => one.kind === "work-order");
  const or = (lines: Line[], missing: Line): Line[] => (lines.length > 0 ? lines : [missing]);
  return [
    section(say("D0 현상과 응급 조치", "D0 Symptom and emergency response"), [
      ...or(
        [...told(facts.entry, 1), ...told(facts.alarms, 2), ...told(facts.failed, 1)],
        gap(
          "현상: 무엇이 어떻게 잘못되었는지 적으세요. 기록에 없습니다.",
          "Symptom: say what is wrong and how. No record holds it.",
        ),
      ),
      gap("응급 조치: 누가 언제 무엇을 했는지", "Emergency response: who did what, and when"),
    ]),
    section(say("D1 팀", "D1 Team"), [
      ...people,
      gap(
        "팀장과 팀원(생산, 정비, 품질)을 정해 적으세요.",
        "Name the leader and members (production, maintenance, quality).",
      ),
    ]),
    section(say("D2 문제 기술", "D2 Problem description"), [
      ...or(
        [...told(facts.stops, 1, 3), ...told(facts.defects, 1, 4), ...told(facts.lots, 1, 4)],
        gap(
          "언제, 어디서, 얼마나: 기록에 정지도 불량도 없습니다.",
          "When, where, how many: neither stops nor defects are on record.",
        ),
      ),
      gap(
        "고객이 본 것과, 같은 조건인데 문제가 없는 곳(Is / Is not)",
        "What the customer saw, and where it is not though it could be (is / is not)",
      ),
    ]),
    section(say("D3 임시 봉쇄", "D3 Interim containment"), [
      ...told(facts.lots, 1),
      ...told(facts.affected, 2, 2),
      gap(
        "봉쇄 범위(재공, 창고, 운송 중, 고객)와 선별 결과, 유효성 확인",
        "Extent (in process, in store, in transit, at the customer), result of sorting, and proof that it holds",
      ),
    ]),
    section(say("D4 근본 원인", "D4 Root cause"), [
      ...candidates(turn, facts, orders, told),
      gap(
        "발생 원인과 유출 원인을 5 Why로, 재현 시험으로 확인",
        "Cause of occurrence and of escape: five whys, confirmed by switching the problem on and off",
      ),
    ]),
    section(say("D5 영구 대책 선정", "D5 Chosen permanent corrective actions"), [
      ...remedies(facts.entry),
      ...told(facts.cards, 2, 2),
      ...orders.slice(0, 2).map((one) => line(flat(one), one, "bullet")),
      gap("고른 대책과 고른 까닭, 부작용 검토", "The action chosen, why, and its side effects"),
    ]),
    section(
      say("D6 대책 실시와 효과", "D6 Implemented actions and their effect"),
      [
        ...told(facts.repairs, 1),
        gap("실시일, 책임자, 실시 전후의 수치", "Date, owner, and the figures before and after"),
      ],
      columnsOf(facts.repairs[0], "work_orders", repairFields, turn.understood.language),
    ),
    section(say("D7 재발 방지", "D7 Prevention"), [
      ...told(facts.preventive, 1),
      gap(
        "예방정비, 작업표준, FMEA, 관리계획서, 같은 기종 설비로의 수평 전개",
        "Preventive maintenance, work instructions, FMEA, control plan, and sister machines",
      ),
    ]),
    section(say("D8 마무리", "D8 Closure"), [
      gap(
        "종결 확인(고객, 품질), 팀 인정, 배운 점을 지식 카드로",
        "Closure (customer, quality), recognition of the team, lessons kept as a knowledge card",
      ),
    ]),
  ];
}

function candidates(
  turn: PlaybookTurn,
  facts: Facts,
  orders: Evidence[],
  told: (evidence: Evidence[], limit: number, details?: number) => Line[],
): Line[] {
  const found = [
    ...linesOf(facts.entry, /^(?:원인|Cause)/),
    ...told(facts.cards, 2),
    ...orders.slice(0, 3).map((one) => line(flat(one), one, "bullet")),
    ...told(facts.drift, 2, 3),
    ...told(facts.differ, 1, 3),
    ...told(facts.chart, 1, 1),
  ];
  const note = line(
    turn.say(
      "아래는 문서와 과거 기록이 말하는 후보이며 확인된 원인이 아닙니다.",
      "These are candidates from documents and past records, not proven causes.",
    ),
  );
  return found.length > 0
    ? [note, ...found]
    : [
        line(
          `☐ ${turn.say("원인 후보: 기록과 문서에 없습니다.", "Candidate causes: records and documents hold none.")}`,
          [],
          "bullet",
        ),
      ];
}

const linesOf = (evidence: Evidence[], pattern: RegExp): Line[] =>
  evidence.slice(0, 1).flatMap((one) =>
    restOf(one)
      .filter((text) => pattern.test(text))
      .map((text) => line(text, one, "bullet")),
  );
const remedies = (entry: Evidence[]): Line[] => linesOf(entry, /^(?:조치|Remedy|Action)/);
