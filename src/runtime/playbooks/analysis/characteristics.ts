import { foldName } from "../../../plant/directory/directory.ts";
import type { Equipment } from "../../../plant/mes-store.ts";
import type { Condition } from "../../../plant/records.ts";
import { tokenizeWords } from "../../understand/vocabulary.ts";
import type { PlaybookTurn } from "../playbook.ts";

export type MeantCharacteristics = {
  /** Null where nothing is inspected there: the tool says so. */
  names: (string | null)[];
  /** The question named them. */
  named: boolean;
  /** The machines they are inspected on. */
  on: Equipment[];
};

/** What of the inspections is meant: what the question says in either language, else the characteristics with most records. */
export async function meantCharacteristics(turn: PlaybookTurn, most: number): Promise<MeantCharacteristics> {
  const { understood } = turn;
  const ids = understood.machines.map((one) => one.id);
  const known = await inspectedBy(turn, "characteristic", ids.length > 0 ? [among("equipment_id", ids)] : []);
  const linked = understood.records?.where.find((one) => one.field === "characteristic" && "value" in one);
  const value = linked && "value" in linked ? linked.value : [];
  const exact = (Array.isArray(value) ? value : [value]).map(String).filter((one) => known.includes(one));
  const whole = saidInFull(turn, known);
  const part = whole.length > 0 ? [] : saidInPart(turn, known);
  const named = [whole, part, exact].find((one) => one.length > 0) ?? [];
  const names = named.length > 0 ? named : known.slice(0, most);
  const directory = await turn.tools.context.directory.load();
  const machines = names.length === 0 ? [] : await inspectedBy(turn, "equipment_id", [among("characteristic", names)]);
  return {
    names: names.length > 0 ? names : [null],
    named: named.length > 0,
    on: machines.map((id) => directory.byId.get(id)).filter((one) => one !== undefined),
  };
}

const among = (field: string, value: string[]): Condition => ({ field, op: "in", value });

async function inspectedBy(turn: PlaybookTurn, field: string, where: Condition[]): Promise<string[]> {
  const { mes, ctx } = turn.tools.context;
  const { groups } = await mes.aggregate({
    records: "inspections",
    where,
    timeZone: ctx.timeZone,
    measure: { kind: "count" },
    groupBy: [{ field }],
    orderBy: "value",
    limit: 100,
  });
  return groups.map((group) => group.key[0]).filter((key): key is string => typeof key === "string");
}

/** Characteristics whose whole name the question says; the longest name wins ("내경 위치도" over "내경"). */
function saidInFull({ understood, related }: PlaybookTurn, known: string[]): string[] {
  const text = foldName(understood.question);
  const found = known
    .map((name) => {
      const forms = [name, ...related(name)].map(foldName).filter((form) => form.length > 1 && text.includes(form));
      return { name, length: Math.max(0, ...forms.map((form) => form.length)) };
    })
    .filter(({ length }) => length > 0);
  const within = (one: string, other: string): boolean => one !== other && foldName(other).includes(foldName(one));
  return found
    .filter((one) => !found.some((other) => within(one.name, other.name) && other.length > one.length))
    .sort((a, b) => b.length - a.length)
    .map(({ name }) => name);
}

/** Characteristics of whose name a telling word is said ("void" for 보이드율), those with the longest. */
function saidInPart({ understood, related }: PlaybookTurn, known: string[]): string[] {
  const words = tokenizeWords(understood.question).flatMap(({ raw, word }) => [
    word,
    ...related(raw),
    ...related(word),
  ]);
  const telling = [...new Set(words.map(foldName))].filter((word) => word.length >= (/[가-힣]/.test(word) ? 2 : 4));
  const scored = known.map((name) => {
    const hits = telling.filter((word) => foldName(name).includes(word));
    return { name, length: Math.max(0, ...hits.map((word) => word.length)) };
  });
  const best = Math.max(0, ...scored.map(({ length }) => length));
  return best === 0 ? [] : scored.filter(({ length }) => length === best).map(({ name }) => name);
}

/** "line 2", "2라인", "2호기": of these machines those with that number; none where no number is said. */
export function numbered(question: string, machines: Equipment[]): { number: string | null; machines: Equipment[] } {
  const match =
    /\b(?:line|machine|unit|cell|press|no\.?)\s*#?(\d{1,3})\b|(?<![\d-])(\d{1,3})\s?(?:번\s?)?(?:라인|호기|호|번기)/i.exec(
      question,
    );
  const number = match?.[1] ?? match?.[2] ?? null;
  if (number === null) return { number, machines: [] };
  const own = new RegExp(`(?:^|\\D)0*${Number(number)}(?:\\D|$)`);
  return { number, machines: machines.filter((one) => own.test(one.id) || own.test(one.name)) };
}
