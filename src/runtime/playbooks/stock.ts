import { draft, line, section, type Section } from "../compose/draft.ts";
import { failureLine, type Playbook, type PlaybookTurn } from "./playbook.ts";
import { flat, partNumbers, partsInStock, veteranCards, workedBefore } from "./steps.ts";

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
    const parts = used.evidence.filter((one) => one.kind === "part" && (one.source.records?.length ?? 0) > 0);
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
