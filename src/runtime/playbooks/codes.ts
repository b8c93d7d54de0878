import { stripParticles } from "../../core/language/particles.ts";
import { quoted } from "../../tools/wording.ts";
import { draft, line, section, type Section } from "../compose/draft.ts";
import { gist, restOf, type Playbook, type PlaybookTurn } from "./playbook.ts";
import { flat } from "./steps.ts";

/** An entry of the plant's own code lists, or a record by its number. */
export const codePlaybook: Playbook = {
  agents: ["planner"],
  async run(turn) {
    const { understood, tools } = turn;
    const ofList = understood.records?.where.some((one) => ["parent_code", "from_code"].includes(one.field));
    if (ofList && understood.records && ["failure_codes", "code_maps"].includes(understood.records.records))
      return listPart(turn);
    const wanted = listedCodes(turn);
    const looked = await Promise.all(wanted.slice(0, 4).map((code) => tools.use("planner", "look_up_alarm", { code })));
    const codes = looked.flatMap((used) => used.evidence.filter((one) => one.kind === "code"));
    const records = await Promise.all(
      understood.recordIds
        .filter((one) => one.records !== "failure_codes")
        .slice(0, 3)
        .map((one) =>
          tools.use("planner", "query_records", {
            records: one.records,
            where: [{ field: "id", op: "eq", value: one.id }],
            limit: 1,
          }),
        ),
    );
    const rows = records.flatMap((used) => used.evidence);
    const sections: (Section | null)[] = [
      ...codes.map((one) =>
        section(null, [line(`**${gist(one)}**`, one), ...restOf(one).map((text) => line(text, one, "bullet"))]),
      ),
      rows.length > 0
        ? section(
            null,
            rows.flatMap((one) => [line(flat(one), one)]),
          )
        : null,
    ];
    if (codes.length + rows.length > 0) return draft(sections);
    return (await seenInEvents(turn)) ?? listPart(turn);
  },
};

/** Codes linked exactly, whether said by code or by description. */
function listedCodes(turn: PlaybookTurn): string[] {
  const { understood } = turn;
  const where =
    understood.records && ["failure_codes", "code_maps"].includes(understood.records.records)
      ? understood.records.where
      : [];
  const named = where.flatMap((one) =>
    "value" in one && ["id", "from_code"].includes(one.field)
      ? Array.isArray(one.value)
        ? one.value
        : [one.value]
      : [],
  );
  return [
    ...new Set([
      ...understood.listedCodes,
      ...understood.recordIds.filter((one) => one.records === "failure_codes").map((one) => one.id),
      ...named.map(String),
    ]),
  ];
}

/** A code that only the events know: what they say of it. */
async function seenInEvents(turn: PlaybookTurn): Promise<ReturnType<typeof draft> | null> {
  const codes = turn.understood.listedCodes;
  if (codes.length === 0) return null;
  const events = await turn.tools.use("planner", "query_records", {
    records: "events",
    where: [{ field: "code", op: "in", value: codes }],
    limit: 1,
  });
  const [seen] = events.evidence;
  return seen && (events.output as { total?: number } | null)?.total
    ? draft([section(null, [line(flat(seen), seen)])])
    : null;
}

/** No single code was named: the entries that fit the words; without any condition only where a list was asked for. */
async function listPart(turn: PlaybookTurn): Promise<ReturnType<typeof draft>> {
  const { understood, tools } = turn;
  const question = understood.records ?? { records: "failure_codes" as const, where: [] };
  const where = question.where.filter((one) => !("value" in one && one.value instanceof Date));
  const none = draft(
    [
      section(null, [
        line(turn.say("그런 코드는 등록된 코드표에 없습니다.", "There is no such code in the code lists on record.")),
      ]),
    ],
    true,
  );
  if (where.length === 0 && !/\b(?:list|all|show|which codes)\b|목록|전체|보여|리스트/i.test(understood.question))
    return none;
  const used = await tools.use("planner", "query_records", { ...question, where, limit: 30 });
  const output = used.output as { rows?: { id?: unknown }[]; total?: number } | null;
  const ids = (output?.rows ?? []).map((row) => String(row.id));
  const byDescription = where.some((one) => one.field === "description");
  if (question.records === "failure_codes" && byDescription && ids.length > 0 && ids.length <= 4) {
    const looked = await Promise.all(ids.map((code) => tools.use("planner", "look_up_alarm", { code })));
    const codes = looked.flatMap((one) => one.evidence.filter((item) => item.kind === "code"));
    if (codes.length > 0)
      return draft(
        codes.map((one) =>
          section(null, [line(`**${gist(one)}**`, one), ...restOf(one).map((text) => line(text, one, "bullet"))]),
        ),
      );
  }
  const [evidence] = used.evidence;
  if (!evidence || !output?.total) return none;
  return draft([section(null, [line(gist(evidence), evidence)], evidence.table)]);
}

/** A machine that does not exist, or a word for several: said, with the nearest, and asked. */
export const unknownEquipmentPlaybook: Playbook = {
  agents: ["planner"],
  async run(turn) {
    const { equipment } = turn.understood;
    const [unknown] = equipment.unknown;
    const [ambiguous] = equipment.ambiguous;
    const candidates = unknown?.nearest ?? ambiguous?.candidates ?? [];
    const named = candidates.map((one) => {
      const name = turn.understood.language === "ko" ? (one.nameKo ?? one.name) : one.name;
      return name === one.id || name === "" ? one.id : `${one.id} ${name}`;
    });
    const directory = await turn.tools.context.directory.load();
    const units = directory.all.filter((one) => (one.level ?? "work_unit") === "work_unit");
    const [evidence] = turn.tools.book.add([
      {
        kind: "equipment",
        title: turn.say("설비 목록", "Equipment list"),
        text: turn.say(
          `등록된 설비 ${units.length}대: ${units
            .map((one) => one.id)
            .slice(0, 60)
            .join(", ")}`,
          `${units.length} machines on record: ${units
            .map((one) => one.id)
            .slice(0, 60)
            .join(", ")}`,
        ),
        language: turn.understood.language,
        source: {
          label: turn.say("설비 목록", "equipment list"),
          store: "equipment",
          sample: units.some((one) => one.sample),
        },
        trust: "record",
      },
    ]);
    const first = unknown
      ? turn.say(`“${unknown.text}”라는 설비는 없습니다.`, `There is no equipment “${unknown.text}”.`)
      : turn.say(
          `${quoted(ambiguous?.text ?? "", "은", "는")} 여러 설비를 뜻할 수 있습니다.`,
          `“${ambiguous?.text ?? ""}” may mean several machines.`,
        );
    return draft(
      [
        section(null, [
          line(first, evidence),
          named.length > 0
            ? line(turn.say(`비슷한 설비: ${named.join(", ")}.`, `The nearest: ${named.join(", ")}.`), evidence)
            : null,
          line(
            named.length > 0
              ? turn.say("이 가운데 어느 설비를 말씀하십니까?", "Which of these do you mean?")
              : turn.say("설비를 먼저 등록해 주세요: `sunbae import`.", "Register equipment first: `sunbae import`."),
          ),
        ]),
      ],
      true,
    );
  },
};

/** What machines there are. */
export const equipmentPlaybook: Playbook = {
  agents: ["planner"],
  async run(turn) {
    const { understood, tools } = turn;
    const ids = understood.machines.map((one) => one.id);
    const group = understood.equipment.groups[0];
    const query = ids.length === 1 ? ids[0] : group && stripParticles(group.text);
    const used = await tools.use("planner", "find_equipment", query ? { query } : {});
    const [evidence] = used.evidence;
    return draft(
      [
        section(
          null,
          evidence
            ? [
                line(gist(evidence), evidence),
                ...restOf(evidence)
                  .slice(0, 40)
                  .map((text) => line(text, evidence, "bullet")),
              ]
            : [line(turn.say("등록된 설비가 없습니다.", "No equipment is on record."))],
        ),
      ],
      !evidence,
    );
  },
};
