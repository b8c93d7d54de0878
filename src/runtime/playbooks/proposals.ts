import type { Evidence } from "../../core/evidence.ts";
import type { AlarmEntryData } from "../../tools/evidence/alarm-entry.ts";
import { draft, line, section } from "../compose/draft.ts";
import { failureLine, gist, machineTitle, type Playbook, type PlaybookTurn } from "./playbook.ts";
import { flat } from "./steps.ts";

/** A work order as a draft: nothing is written until a person approves the exact text. */
export const draftWorkOrderPlaybook: Playbook = {
  agents: ["maintenance"],
  async run(turn) {
    const { understood, tools } = turn;
    const [machine] = understood.machines;
    if (!machine || understood.machines.length > 1)
      return draft(
        [section(null, [line(turn.say("어느 설비의 작업지시입니까?", "For which machine is the work order?"))])],
        true,
      );
    const [remembered] = understood.contextCodes;
    const raw = understood.codes[0]?.raw ?? remembered;
    const looked = raw ? await tools.use("maintenance", "look_up_alarm", { code: raw, equipment: machine.id }) : null;
    const found = looked?.evidence.find((one) => (one.data as { found?: boolean } | undefined)?.found === true);
    const entry = found?.kind === "alarm-entry" ? (found.data as AlarmEntryData).entry : null;
    const state = await tools.use("maintenance", "compare_with_normal", { equipment: machine.id });
    const wish = requestWords(
      understood.question,
      understood.equipment.matches.map((match) => match.text),
      understood.codes.map((code) => code.raw),
    );
    const measured = state.evidence
      .filter((one) => isOut(one))
      .map((one) => gist(one).replace(`${machineTitle(turn)} · `, ""))
      .slice(0, 2);
    const description = [entry ? `${entry.code} ${entry.message}` : "", wish, ...measured]
      .filter((part) => part !== "")
      .join(". ");
    const used = await tools.use("maintenance", "draft_work_order", {
      equipment: machine.id,
      description: (description === "" ? understood.question : description).slice(0, 500),
      ...(entry ? { alarm_code: entry.code } : {}),
    });
    return draft(
      [
        used.proposal
          ? section(turn.say("작업지시 초안 — 승인 대기", "Work order draft — waiting for approval"), [
              line(used.proposal.text, used.evidence[0] ?? state.evidence[0], "quote"),
            ])
          : section(null, [failureLine(used)]),
        looked?.evidence[0]
          ? section(turn.say("근거", "Based on"), [
              line(gist(looked.evidence[0]), looked.evidence[0], "bullet"),
              ...state.evidence.slice(0, 2).map((one) => line(gist(one), one, "bullet")),
            ])
          : null,
        used.proposal
          ? section(null, [
              line(
                turn.say(
                  "승인 버튼을 누르면 이 글 그대로 한 번만 기록됩니다. 아직 아무것도 기록되지 않았습니다.",
                  "Approving writes exactly this text, once. Nothing has been written yet.",
                ),
              ),
            ])
          : null,
      ],
      used.proposal === null,
    );
  },
};

/** The lot on the machine now, where the question says so. */
async function runningLots(turn: PlaybookTurn): Promise<string[]> {
  const [machine] = turn.understood.machines;
  if (!machine || !/지금|현재|돌고|생산\s?중|진행\s?중|\brunning\b|\bcurrent|\bnow\b/i.test(turn.understood.question))
    return [];
  const where = [
    { field: "equipment_id", op: "eq", value: machine.id },
    { field: "started_at", op: "not_null" },
    { field: "ended_at", op: "is_null" },
  ];
  const used = await turn.tools.use("planner", "query_records", { records: "job_orders", where, limit: 3 });
  const rows = (used.output as { rows?: { lot_id?: unknown }[] } | null)?.rows ?? [];
  return rows.map((row) => row.lot_id).filter((lot): lot is string => typeof lot === "string");
}

/** What is wished for: the question without the machine, the code and the words of asking. */
function requestWords(question: string, machines: string[], codes: string[]): string {
  let out = question;
  for (const word of [...machines, ...codes]) out = out.replace(word, " ");
  return out
    .replace(
      /\b(?:please|can you|could you|write|create|draft|make|open|raise|issue|prepare|file|submit|an?|the|me|work\s?order|wo|job ticket|for|on|to|about|it)\b|[?!.,]/gi,
      " ",
    )
    .replace(
      /(?:작업\s?지시서?|작업\s?오더|워크\s?오더|정비\s?(?:의뢰|요청)서?|수리\s?(?:의뢰|요청)서?|알람|초안)(?:을|를|은|는|로|으로)?|(?:써|작성해?|만들어|발행해?|끊어|올려|내려|등록해?|생성해?|넣어|띄워)\s?(?:줘|주세요|줄래|달라)?|부탁(?:해|드려)\S*|좀|하나/g,
      " ",
    )
    .replace(/\s+/g, " ")
    .replace(/^[\s:;,\-–]+/, "")
    .trim();
}

/** A reading that the comparison found out of normal. */
function isOut(evidence: Evidence): boolean {
  const verdict = (evidence.data as { verdict?: string } | undefined)?.verdict;
  return verdict !== undefined && !["normal", "unknown", "no-data"].includes(verdict);
}

export const draftHoldPlaybook: Playbook = {
  agents: ["quality"],
  async run(turn) {
    const { understood, tools } = turn;
    const named = understood.recordIds.filter((one) => one.records === "lots").map((one) => one.id);
    const lots = named.length > 0 ? named : await runningLots(turn);
    const [machine] = understood.machines;
    const period = understood.periods[0];
    if (lots.length === 0 && !machine)
      return draft(
        [
          section(null, [
            line(
              turn.say(
                "어느 로트를 보류합니까? 로트 번호나 설비와 기간을 알려 주세요.",
                "Which lots? Give lot numbers, or a machine and a period.",
              ),
            ),
          ]),
        ],
        true,
      );
    const used = await tools.use("quality", "draft_quality_hold", {
      ...(lots.length > 0 ? { lots } : {}),
      ...(machine && lots.length === 0 ? { equipment: machine.id } : {}),
      ...(period && lots.length === 0
        ? { ...(period.from ? { from: period.from } : {}), ...(period.to ? { to: period.to } : {}) }
        : {}),
      reason: understood.question.slice(0, 300),
    });
    return draft(
      [
        used.proposal
          ? section(turn.say("보류 초안 — 승인 대기", "Hold draft — waiting for approval"), [
              line(used.proposal.text, used.evidence[0], "quote"),
            ])
          : section(null, [failureLine(used), ...used.evidence.map((one) => line(flat(one), one))]),
        used.proposal && machine
          ? section(null, [
              line(
                turn.say(
                  `${machineTitle(turn)} 로트입니다. 승인 전에는 아무것도 바뀌지 않습니다.`,
                  `Lots of ${machineTitle(turn)}. Nothing changes before approval.`,
                ),
              ),
            ])
          : null,
      ],
      used.proposal === null,
    );
  },
};
