import { line } from "../../compose/draft.ts";
import { foldName } from "../../../plant/directory/directory.ts";
import type { Playbook, PlaybookTurn } from "../playbook.ts";
import { computedDraft, equipmentOf, spanOf, useEach } from "./computed.ts";
import { chartWords } from "./chart-words.ts";

const mostCharts = 3;

/** A control chart's verdict and capability in words; the chart itself travels as the evidence's data. */
export const inControlPlaybook: Playbook = {
  agents: ["quality"],
  async run(turn) {
    const { understood } = turn;
    const asked = await askedFor(turn);
    const used = await useEach(
      turn,
      "quality",
      "check_control_limits",
      asked.characteristics.map((name) => ({
        ...equipmentOf(turn),
        ...(name === null ? {} : { characteristic: name }),
        ...(asked.product === null ? {} : { product: asked.product }),
        ...(asked.lot === null ? {} : { lot: asked.lot }),
        ...chartWords(understood.question),
        ...spanOf(understood.periods[0]),
      })),
      mostCharts,
    );
    const unstable = used.some(({ evidence }) =>
      evidence.some((one) => (one.data as { inControl?: boolean } | undefined)?.inControl === false),
    );
    return computedDraft(turn, used, {
      basis: turn.say("한계와 근거", "Limits and what they rest on"),
      details: 14,
      others: 6,
      next: [
        unstable
          ? line(
              turn.say(
                "규칙을 어긴 점의 시각에 있던 알람·교체·자재 로트를 보세요. 안정되기 전의 공정능력은 약속이 아닙니다.",
                "Look at alarms, changes and material lots at the hours of those points. Capability before stability is no promise.",
              ),
              [],
              "bullet",
            )
          : null,
      ],
    });
  },
};

type Asked = { characteristics: (string | null)[]; product: string | null; lot: string | null };

/** What of the inspections is meant: values that the question links to, else the characteristics with most records. */
async function askedFor(turn: PlaybookTurn): Promise<Asked> {
  const { understood } = turn;
  const linked = (field: string): string[] => {
    const found = understood.records?.where.find((one) => one.field === field && "value" in one);
    const value = found && "value" in found ? found.value : [];
    return (Array.isArray(value) ? value : [value]).map(String);
  };
  const known = await inspected(turn);
  const spoken = said(turn, known);
  const exact = linked("characteristic").filter((one) => known.includes(one));
  const named = spoken.length > 0 ? spoken : exact;
  return {
    characteristics: named.length > 0 ? named : known.length > 0 ? known.slice(0, mostCharts) : [null],
    product: linked("product")[0] ?? null,
    lot: understood.recordIds.find((one) => one.records === "lots")?.id ?? null,
  };
}

/** Characteristics inspected on the machines, those with most records first. */
async function inspected(turn: PlaybookTurn): Promise<string[]> {
  const { mes, ctx } = turn.tools.context;
  const ids = turn.understood.machines.map((one) => one.id);
  const { groups } = await mes.aggregate({
    records: "inspections",
    where: ids.length > 0 ? [{ field: "equipment_id", op: "in" as const, value: ids }] : [],
    timeZone: ctx.timeZone,
    measure: { kind: "count" },
    groupBy: [{ field: "characteristic" }],
    orderBy: "value",
    limit: 100,
  });
  return groups.map((group) => group.key[0]).filter((key): key is string => typeof key === "string");
}

/** The characteristics whose whole name, in either language, the question says; the longest name wins ("내경 위치도" over "내경"). */
function said({ understood, related }: PlaybookTurn, known: string[]): string[] {
  const text = foldName(understood.question);
  const found = known
    .map((name) => {
      const forms = [name, ...related(name)].map(foldName).filter((form) => form.length > 1 && text.includes(form));
      return { name, length: Math.max(0, ...forms.map((form) => form.length)) };
    })
    .filter(({ length }) => length > 0);
  return found
    .filter(
      (one) =>
        !found.some(
          (other) => other !== one && foldName(other.name).includes(foldName(one.name)) && other.length > one.length,
        ),
    )
    .sort((a, b) => b.length - a.length)
    .map(({ name }) => name);
}
