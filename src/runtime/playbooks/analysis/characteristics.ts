import { foldName } from "../../../plant/directory/directory.ts";
import type { Equipment } from "../../../plant/mes-store.ts";
import type { Condition } from "../../../plant/records.ts";
import { attributeKinds } from "../../../tools/control/chart-input.ts";
import { tokenizeWords } from "../../understand/vocabulary.ts";
import type { PlaybookTurn } from "../playbook.ts";
import { chartWords } from "./chart-words.ts";
import { fitOf, nouns, subjectWords } from "./chart-subject.ts";

export type Charted = { characteristic: string | null; product: string | null };
export type Meant = {
  /** One for each chart asked for; null where it is any, both null where nothing is inspected there: the tool says so. */
  charted: Charted[];
  /** The question named a characteristic or product. */
  named: boolean;
  /** What was named where nothing of the inspections has that name, and what there is instead. */
  unknown: { named: string; instead: string[] } | null;
  /** The machines they are inspected on. */
  on: Equipment[];
};

/** What of the inspections is meant: what the question says in either language, else the characteristics with most records. */
export async function meantCharacteristics(turn: PlaybookTurn, most: number): Promise<Meant> {
  const { understood } = turn;
  const ids = understood.machines.map((one) => one.id);
  const where = ids.length > 0 ? [among("equipment_id", ids)] : [];
  const known = await inspectedBy(turn, "characteristic", where);
  const pairs = await inspectedPairs(turn, where);
  const kind = kindOf(chartWords(understood.question).chart);
  const ofKind = kind === null ? pairs : await inspectedPairs(turn, [...where, kind]);
  const words = subjectWords(turn);
  const linked = understood.records?.where.find((one) => one.field === "characteristic" && "value" in one);
  const value = linked && "value" in linked ? linked.value : [];
  const exact = (Array.isArray(value) ? value : [value]).map(String).filter((one) => known.includes(one));
  const whole = saidInFull(turn, known);
  const part = whole.length > 0 ? [] : saidInPart(turn, words, known);
  const names = [whole, part, exact].find((one) => one.length > 0) ?? [];
  const own = pairsSaid(turn, words, names, ofKind) ?? pairsSaid(turn, words, names, pairs);
  const others = own ?? (names.length > 0 ? pairsSaid(turn, words, [], pairs) : null);
  const clash = own === null && others !== null && whole.length > 0;
  // A product says more than a word that the characteristic of another has too.
  const charted = own ?? others ?? names.map((characteristic): Charted => ({ characteristic, product: null }));
  const asked = nouns(words);
  const nothing = charted.length === 0 && ids.length === 0 && !understood.followUp && asked.length > 0;
  const chosen =
    charted.length > 0 ? charted : known.slice(0, most).map((characteristic) => ({ characteristic, product: null }));
  const directory = await turn.tools.context.directory.load();
  const machines = await inspectedOn(turn, chosen);
  return {
    charted: chosen.length > 0 ? chosen : [{ characteristic: null, product: null }],
    named: charted.length > 0,
    unknown: pairs.length > 0 && (clash || nothing) ? { named: words.join(" "), instead: pairs.map(nameOf) } : null,
    on: machines.map((id) => directory.byId.get(id)).filter((one) => one !== undefined),
  };
}

const isOneOf = (names: string[], { characteristic }: Charted): boolean =>
  characteristic !== null && names.includes(characteristic);
const nameOf = ({ product, characteristic }: Charted): string =>
  [product, characteristic].filter((one) => one !== null).join(" · ");

const attributes: readonly string[] = attributeKinds;

/** What records must have for a chart of that kind. */
function kindOf(chart: string | undefined): Condition | null {
  return chart === undefined ? null : { field: attributes.includes(chart) ? "defects" : "value", op: "not_null" };
}

/** Of these characteristics, or of any: those of the products whose names were said most, and most fully; null without. */
function pairsSaid({ related }: PlaybookTurn, words: string[], names: string[], pairs: Charted[]): Charted[] | null {
  const among = names.length > 0 ? pairs.filter((one) => isOneOf(names, one)) : pairs;
  const products = [...new Set(among.flatMap(({ product }) => product ?? []))];
  const fits = products
    .map((product) => ({ product, ...fitOf(product, words, related) }))
    .filter(({ said }) => said > 0);
  const said = Math.max(...fits.map((one) => one.said));
  const most = fits.filter((one) => one.said === said);
  const share = Math.max(...most.map((one) => one.share));
  const chosen = most.filter((one) => one.share === share).map(({ product }) => product);
  if (chosen.length === 0) return null;
  if (names.length === 0) return chosen.map((product) => ({ characteristic: null, product }));
  return among.filter(({ product }) => product !== null && chosen.includes(product));
}

/** Conditions of the records that a chart is made of. */
export function conditionsOf({ characteristic, product }: Charted): Condition[] {
  return [
    ...(characteristic === null ? [] : [among("characteristic", [characteristic])]),
    ...(product === null ? [] : [among("product", [product])]),
  ];
}

async function inspectedOn(turn: PlaybookTurn, charted: Charted[]): Promise<string[]> {
  const each = await Promise.all(charted.map((one) => inspectedBy(turn, "equipment_id", conditionsOf(one))));
  return [...new Set(each.flat())];
}

async function inspectedPairs(turn: PlaybookTurn, where: Condition[]): Promise<Charted[]> {
  const { mes, ctx } = turn.tools.context;
  const { groups } = await mes.aggregate({
    records: "inspections",
    where,
    timeZone: ctx.timeZone,
    measure: { kind: "count" },
    groupBy: [{ field: "characteristic" }, { field: "product" }],
    orderBy: "value",
    limit: 500,
  });
  return groups
    .map(({ key: [characteristic, product] }) => ({
      characteristic: typeof characteristic === "string" ? characteristic : null,
      product: typeof product === "string" ? product : null,
    }))
    .filter((one) => nameOf(one) !== "");
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
      const forms = [name, ...related(name)].filter((form) => isSaid(form, understood.question, text)).map(foldName);
      return { name, length: Math.max(0, ...forms.map((form) => form.length)) };
    })
    .filter(({ length }) => length > 0);
  const within = (one: string, other: string): boolean => one !== other && foldName(other).includes(foldName(one));
  return found
    .filter((one) => !found.some((other) => within(one.name, other.name) && other.length > one.length))
    .sort((a, b) => b.length - a.length)
    .map(({ name }) => name);
}

/** Korean stands anywhere in the text; a Latin word stands by itself: "NG" is not said in "orange". */
function isSaid(form: string, question: string, folded: string): boolean {
  if (foldName(form).length < 2) return false;
  if (/[가-힣]/.test(form)) return folded.includes(foldName(form));
  const parts = form.match(/[\p{L}\p{N}]+/gu) ?? [];
  const apart = String.raw`[\s\-_.#/·()]*`;
  return new RegExp(String.raw`(?<![A-Za-z0-9])${parts.join(apart)}(?:e?s)?(?![A-Za-z0-9])`, "i").test(question);
}

/** Characteristics of whose name a telling word is said ("void" for 보이드율), those with the longest. */
function saidInPart({ related }: PlaybookTurn, subject: string[], known: string[]): string[] {
  const words = tokenizeWords(subject.join(" ")).flatMap(({ raw, word }) => [word, ...related(raw), ...related(word)]);
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
