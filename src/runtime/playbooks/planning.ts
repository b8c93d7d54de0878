import { draft, line, section, type Section } from "../compose/draft.ts";
import { contentWords } from "../understand/mask-words.ts";
import { foldWord } from "../understand/vocabulary.ts";
import type { Used } from "../turn/turn-tools.ts";
import { factsSection, failureLine, machineTitle, type Playbook, type PlaybookTurn } from "./playbook.ts";
import { flat, partNumbers, partsInStock, veteranCards, workedBefore } from "./steps.ts";

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

/** "8시간", "2 hours", "30분", "하루", "two days" of outage, in minutes; null where none is said. */
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
    /(\d+(?:\.\d+)?|one|two|three|four|five|six|eight|ten|twelve|half|an?|한|두|세|네|다섯)\s*(?:an?\s)?(hours?|hrs?|h\b|minutes?|mins?|days?|shifts?|시간|분|일|교대)/i.exec(
      text,
    );
  if (!match) return day ? (words[day[1] ?? ""] ?? 1) * 1440 : null;
  const amount = words[(match[1] ?? "").toLowerCase()] ?? Number(match[1]);
  const unit = match[2] ?? "";
  const each = /^(?:m|분)/i.test(unit) ? 1 : /^(?:d|일)/i.test(unit) ? 1440 : /^(?:s|교대)/i.test(unit) ? 720 : 60;
  return Number.isFinite(amount) && amount > 0 ? Math.round(amount * each) : null;
}

/** Spare parts by number, name, machine or model. */
export const stockPlaybook: Playbook = {
  agents: ["planner"],
  async run(turn) {
    const { understood, tools } = turn;
    const [machine] = understood.machines;
    if (
      /\bbelow (?:the )?min|\brunning low\b|\bshort of\b|최소\s?(?:재고|수량)?\s?(?:미만|이하|보다)|부족한/i.test(
        understood.question,
      )
    )
      return draft([await partsBelowMinimum(turn)]);
    const number = understood.recordIds.find((one) => one.records === "parts")?.id;
    const query =
      number ??
      partWords(
        understood.question,
        understood.equipment.matches.map((one) => one.text),
      );
    const used = await tools.use("planner", "find_spare_parts", {
      ...(query === "" ? {} : { query }),
      ...(machine && !number ? { equipment: machine.id } : {}),
    });
    const asked = query === "" && understood.contextCodes.length > 0 ? await partsOfCodes(turn) : null;
    if (asked) return draft([asked]);
    const parts = used.evidence.filter((one) => one.kind === "part");
    const shown = parts.length > 0 ? parts : used.evidence;
    return draft(
      [
        shown.length === 0
          ? null
          : section(
              turn.say("재고", "Stock"),
              shown.slice(0, 8).map((one) => line(flat(one), one, "bullet")),
            ),
        used.error ? section(null, [failureLine(used)]) : null,
      ],
      parts.length === 0,
    );
  },
};

/** Parts that cards and earlier work orders name for the code talked about before. */
async function partsOfCodes(turn: PlaybookTurn): Promise<Section | null> {
  const [code] = turn.understood.contextCodes;
  const cards = await veteranCards(turn, { ...(code ? { alarmCode: code } : {}), limit: 3 });
  const worked = await workedBefore(turn, code ? { alarm: code } : {});
  return partsInStock(turn, partNumbers([...cards, ...worked.evidence]));
}

/** The words that name the part: the question without the machine and the words of asking. */
function partWords(question: string, machines: string[]): string {
  let out = question;
  for (const machine of machines) out = out.replace(machine, " ");
  return out
    .replace(
      /\b(?:is|are|do|does|have|has|we|i|the|a|an|any|some|there|in|on|of|for|stock|hand|spares?|parts?|how|many|much|left|got|available|where|what|which|please|number|it|its|still|store|storage|warehouse|level|check)\b|[?!.,]/gi,
      " ",
    )
    .replace(
      /(?:그럼|그러면|그건|예비품|재고|부품|스페어|창고|수량|품번)(?:은|는|이|가|을|를|에|도|의)?|있[가-힣]*|남[았은아][가-힣]*|몇\s?개[가-힣]*|얼마나|어디|알려\s?(?:줘|주세요)?|확인(?:해)?\s?(?:줘|주세요)?|뭐\s?|좀|지금|현재/g,
      " ",
    )
    .replace(/\s+/g, " ")
    .trim();
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
    const machine = ids.length > 0 && ids.length <= 8 ? { equipment: ids.join(", ") } : {};
    const only = ids.length > 0 ? [{ field: "equipment_id", op: "in", value: ids }] : [];
    const [alarms, stops, done, open, running] = await Promise.all([
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
    ]);
    const title = turn.say("교대 인수인계 (초안)", "Shift handover (draft)");
    const label = period?.label ?? turn.say("이번 근무조", "this shift");
    return draft([
      section(null, [
        line(
          `**${title}** — ${[label, ids.length > 0 ? machineTitle(turn) : ""].filter((part) => part !== "").join(" · ")}`,
        ),
      ]),
      factsSection(turn.say("알람", "Alarms"), alarms.evidence, { table: true, limit: 6 }),
      factsSection(turn.say("비가동", "Downtime"), stops.evidence, { table: true, limit: 6 }),
      factsSection(turn.say("끝낸 작업", "Work done"), done.evidence, { limit: 6 }),
      factsSection(turn.say("남은 작업", "Open work"), open.evidence, { details: true, limit: 3 }),
      factsSection(turn.say("진행 중 오더", "Orders running"), running.evidence, { details: true, limit: 3 }),
      section(null, [
        line(
          turn.say(
            "기록에 없는 것(구두 약속, 임시 조치)은 여기에 없습니다. 직접 덧붙이세요.",
            "What no record holds (verbal agreements, temporary fixes) is not here: add it yourself.",
          ),
        ),
      ]),
    ]);
  },
};

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

/** Parts with less on hand than their minimum. */
async function partsBelowMinimum(turn: PlaybookTurn): Promise<Section> {
  const { mes, ctx } = turn.tools.context;
  const { rows } = await mes.list({
    records: "parts",
    where: [{ field: "minimum", op: "not_null" }],
    timeZone: ctx.timeZone,
    limit: 5000,
  });
  const low = rows.filter((row) => Number(row["on_hand"] ?? 0) < Number(row["minimum"]));
  const name = (row: (typeof rows)[number]): string =>
    String((turn.understood.language === "ko" ? row["name_ko"] : row["name"]) ?? row["name"] ?? "");
  const text = turn.say(`최소 재고보다 적은 부품: ${low.length}종`, `Parts below their minimum: ${low.length}`);
  const table = {
    columns: [
      turn.say("품번", "part number"),
      turn.say("품명", "name"),
      turn.say("재고", "on hand"),
      turn.say("최소", "minimum"),
    ],
    rows: low.map((row) => [String(row["id"]), name(row), Number(row["on_hand"] ?? 0), Number(row["minimum"])]),
  };
  const [evidence] = turn.tools.book.add([
    {
      kind: "part",
      title: text,
      text: [text, ...table.rows.map((row) => row.join(" · "))].join("\n"),
      language: turn.understood.language,
      source: {
        label: turn.say("예비품", "spare parts"),
        store: "parts",
        records: low.map((row) => String(row["id"])),
      },
      trust: "record",
      table,
    },
  ]);
  return section(null, [line(text, evidence)], table);
}
