import { draft, line, section } from "../compose/draft.ts";
import { covers } from "./covers.ts";
import { gist, machineTitle, type Playbook } from "./playbook.ts";
import { cardSection } from "./steps.ts";

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
