import { draft, line, section } from "../compose/draft.ts";
import { covers } from "./covers.ts";
import { gist, machineTitle, type Playbook } from "./playbook.ts";
import { passageSections, rankForSteps } from "./passages.ts";
import { cardSection, quoteSafety, safetySection } from "./steps.ts";

/** What the documents and cards say; nothing where they say nothing. */
export const knowledgePlaybook: Playbook = {
  agents: ["maintenance"],
  async run(turn) {
    const { understood, tools } = turn;
    const [machine] = understood.machines;
    const used = await tools.use("maintenance", "search_knowledge", {
      query: understood.question.slice(0, 400),
      ...(machine ? { equipment: machine.id } : {}),
      limit: understood.intent === "how-to" ? 12 : 6,
    });
    const found = used.evidence.filter((one) => covers(turn, one));
    const cards = found.filter(
      (one) => one.kind === "card" && one.data !== undefined && "card" in (one.data as object),
    );
    const passages = found.filter((one) => one.source.documentId !== undefined && !cards.includes(one));
    const aboutLockout = asksLockout.test(understood.question);
    const lockout = aboutLockout ? await quoteSafety(turn, "lockout") : [];
    if (lockout.length > 0) return draft([safetySection(turn, lockout), ...passageSections(turn, passages, 1)]);
    if (cards.length === 0 && passages.length === 0) {
      const nothing = used.evidence.find((one) => one.source.documentId === undefined);
      return draft(
        [
          section(null, [
            line(
              turn.say(
                "등록된 문서와 기록에서 답을 찾지 못했습니다. 모르는 것은 지어내지 않습니다.",
                "I found no answer in the plant's documents and records, and I don't make one up.",
              ),
              nothing,
            ),
            line(
              turn.say(
                "설비 번호, 알람 코드, 증상 가운데 하나를 넣어 다시 물어봐 주세요.",
                "Ask again with a machine id, an alarm code or a symptom.",
              ),
            ),
          ]),
        ],
        true,
      );
    }
    const howTo = understood.intent === "how-to";
    const safety =
      howTo && machine && needsHands(passages.map((one) => one.text).join("\n"))
        ? await quoteSafety(turn, "lockout")
        : [];
    return draft([
      howTo ? safetySection(turn, safety) : null,
      ...(howTo ? passageSections(turn, rankForSteps(turn, passages), 2, { whole: true }) : []),
      cardSection(turn, cards.slice(0, 2)),
      ...(howTo ? [] : passageSections(turn, passages, 3)),
      machine
        ? null
        : howTo && passages.length > 0
          ? section(null, [
              line(
                turn.say(
                  "설비를 알려 주면 그 설비의 문서와 잠금 절차만 보여 줍니다.",
                  "Name the machine and I show its own document and lockout steps.",
                ),
              ),
            ])
          : null,
    ]);
  },
};

const asksLockout = /lock-?out|tag-?out|\bloto\b|잠금\s?(?:·|과|및)?\s?표지|잠금\s?(?:절차|순서|방법)|로토/i;

/** Work on the machine itself, not at the panel: replaced, opened, tightened, cleaned. */
function needsHands(text: string): boolean {
  return /교체|교환|분해|풀|조이|조인|청소|커버|덮개|잠금|볼트|replace|remove|open|tighten|clean|cover|bolt|guard|lockout|drain|disconnect/i.test(
    text,
  );
}

/** Who has solved this before, and which colleague wrote it down. */
export const whoKnowsPlaybook: Playbook = {
  agents: ["planner", "maintenance"],
  async run(turn) {
    const { understood, tools } = turn;
    const [machine] = understood.machines;
    const where = [
      ...(understood.machines.length > 0
        ? [{ field: "equipment_id", op: "in", value: understood.machines.map((one) => one.id) }]
        : []),
      ...(understood.codes[0]?.entries[0]
        ? [{ field: "alarm_code", op: "eq", value: understood.codes[0].entries[0].code }]
        : []),
      { field: "technician", op: "not_null" },
    ];
    const [counts, times, search] = await Promise.all([
      tools.use("planner", "query_records", {
        records: "work_orders",
        where,
        measure: { kind: "count" },
        groupBy: [{ field: "technician" }],
      }),
      tools.use("planner", "query_records", {
        records: "work_orders",
        where,
        measure: { kind: "avg", field: "duration_minutes" },
        groupBy: [{ field: "technician" }],
      }),
      tools.use("maintenance", "search_knowledge", {
        query: understood.question.slice(0, 400),
        ...(machine && understood.machines.length === 1 ? { equipment: machine.id } : {}),
        limit: 6,
      }),
    ]);
    const cards = search.evidence.filter((one) => one.kind === "card" && one.source.expert !== undefined);
    const count = counts.evidence[0];
    const empty = count?.table?.rows.length === 0;
    const telling = cards.filter((one) => covers(turn, one));
    const expert = mostFrequent((telling.length > 0 ? telling : cards).map((one) => one.source.expert ?? ""));
    const first = (counts.output as { groups?: { label: string; value: number | null }[] } | null)?.groups?.[0];
    const best = section(null, [
      expert === null
        ? null
        : line(
            turn.say(`이 일의 노하우를 남긴 사람: **${expert}**.`, `Who wrote down how to do this: **${expert}**.`),
            telling[0] ?? cards[0],
          ),
      count && first
        ? line(
            turn.say(
              `작업 기록은 ${first.label} ${first.value}건이 가장 많습니다.`,
              `Most work orders: ${first.label} (${first.value}).`,
            ),
            count,
          )
        : null,
    ]);
    const about = understood.machines.length > 0 ? machineTitle(turn) : turn.say("공장 전체", "the plant");
    return draft(
      [
        best,
        count && !empty
          ? section(
              turn.say(`${about} 작업을 해 본 사람`, `Who has worked on ${about}`),
              [line(gist(count), count)],
              count.table,
            )
          : null,
        times.evidence[0] && !empty
          ? section(
              turn.say("평균 소요 시간", "Mean time taken"),
              [line(gist(times.evidence[0]), times.evidence[0])],
              times.evidence[0].table,
            )
          : null,
        cardSection(turn, cards.slice(0, 3)),
        empty && cards.length === 0
          ? section(null, [
              line(
                turn.say(
                  "이 일을 한 사람의 기록이 없습니다. 작업지시에 작업자 이름이 없을 수 있습니다.",
                  "No record says who did this: the work orders may carry no names.",
                ),
                count,
              ),
            ])
          : null,
      ],
      empty && cards.length === 0,
    );
  },
};

function mostFrequent(names: string[]): string | null {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== "") counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
