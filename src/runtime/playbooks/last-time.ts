import { draft, line, section } from "../compose/draft.ts";
import { contentWords } from "../understand/mask-words.ts";
import { foldWord } from "../understand/vocabulary.ts";
import type { Used } from "../turn/turn-tools.ts";
import { factsSection, type Playbook, type PlaybookTurn } from "./playbook.ts";

/** Past work and events like this: when it last happened and what was done. */
export const lastTimePlaybook: Playbook = {
  agents: ["maintenance"],
  async run(turn) {
    const { understood, tools } = turn;
    const code = understood.codes[0]?.entries[0]?.code ?? understood.codes[0]?.code ?? understood.contextCodes[0];
    const ids = understood.machines.map((one) => one.id);
    const only = ids.length > 0 ? [{ field: "equipment_id", op: "in", value: ids }] : [];
    const linked = (understood.records?.where ?? []).filter(
      (one) =>
        !["equipment_id", "code", "alarm_code"].includes(one.field) &&
        understood.records?.records === "work_orders" &&
        !("value" in one && one.value instanceof Date),
    );
    const newest = { orderBy: { field: "started_at", direction: "desc" }, limit: 3 };
    const [events, orders] = await Promise.all([
      code
        ? tools.use("maintenance", "query_records", {
            records: "events",
            where: [...only, { field: "code", op: "eq", value: code }],
            ...newest,
          })
        : null,
      code || linked.length > 0
        ? tools.use("maintenance", "query_records", {
            records: "work_orders",
            where: [
              ...only,
              ...(code ? [{ field: "alarm_code", op: "eq", value: code }] : linked),
              { field: "finished_at", op: "not_null" },
            ],
            orderBy: { field: "finished_at", direction: "desc" },
            limit: 3,
          })
        : ids[0]
          ? lastByWords(turn, only).then(
              (worded) =>
                worded ??
                tools.use("maintenance", "similar_work_orders", {
                  equipment: ids[0],
                  symptom: understood.question.slice(0, 300),
                }),
            )
          : null,
    ]);
    const found = [...(events?.evidence ?? []), ...(orders?.evidence ?? [])];
    return draft(
      [
        factsSection(turn.say("마지막 발생", "Last occurrences"), events?.evidence ?? [], { details: true, limit: 2 }),
        factsSection(turn.say("그때 한 일", "What was done"), orders?.evidence ?? [], { details: true, limit: 3 }),
        found.length === 0
          ? section(null, [
              line(
                turn.say(
                  "무엇이 언제 마지막이었는지 찾으려면 설비와 알람 코드나 증상을 알려 주세요.",
                  "Tell me the machine and the alarm code or symptom, and I look for the last time.",
                ),
              ),
            ])
          : null,
      ],
      found.length === 0,
    );
  },
};

const askedWords =
  /^(?:마지막|언제|지난번|저번|갈|갈았|바꿨|교체|교환|했|고쳤|last|time|when|replaced|changed|did|was|were|happen\w*)/i;

/** The newest finished work orders whose text holds a telling word of the question, or its translation. */
async function lastByWords(turn: PlaybookTurn, only: object[]): Promise<Used | null> {
  const spans = turn.understood.equipment.matches.map((match) => match.span);
  const words = contentWords(turn.understood.question, spans).filter((word) => !askedWords.test(word));
  const phrases = words.slice(0, -1).map((word, index) => `${word} ${words[index + 1] ?? ""}`);
  for (const word of [...phrases, ...words].slice(0, 6)) {
    for (const text of [
      /\s/.test(word) ? word : foldWord(word),
      ...turn.related(word),
      ...turn.related(foldWord(word)),
    ].slice(0, 4)) {
      for (const field of ["remedy", "description"]) {
        const used = await turn.tools.use("maintenance", "query_records", {
          records: "work_orders",
          where: [...only, { field, op: "contains", value: text }, { field: "finished_at", op: "not_null" }],
          orderBy: { field: "finished_at", direction: "desc" },
          limit: 2,
        });
        if (((used.output as { total?: number } | null)?.total ?? 0) > 0) return used;
      }
    }
  }
  return null;
}
