import type { Evidence } from "../../core/evidence.ts";
import type { AlarmEntryData } from "../../tools/evidence/alarm-entry.ts";
import { knownCodes } from "../../knowledge/known-codes.ts";
import { draft, line, section, type Draft, type Line, type Section } from "../compose/draft.ts";
import type { CodeReading } from "../understand/understanding.ts";
import { doubtLines } from "./document-notes.ts";
import { failureLine, gist, machineTitle, restOf, type Playbook, type PlaybookTurn } from "./playbook.ts";
import {
  cardSection,
  machineState,
  partNumbers,
  partsInStock,
  quoteSafety,
  safetySection,
  veteranCards,
  workedBefore,
} from "./steps.ts";

/** An alarm, error or setting code: its meaning, then what to check first and why. */
export const alarmPlaybook: Playbook = {
  agents: ["maintenance", "planner"],
  async run(turn) {
    const readings = turn.understood.codes.slice(0, 3);
    const looked = await Promise.all(readings.map((reading) => lookUp(turn, reading)));
    const known = looked.filter((one) => one.entries.length > 0);
    const elsewhere = await absentFromList(turn, known);
    if (elsewhere) return elsewhere;
    if (known.length === 0)
      return draft(
        looked.flatMap((one, index) => {
          const elsewhere = one.evidence.filter(isEntry);
          return elsewhere.length > 0
            ? otherLists(turn, readings[index]?.raw ?? "", elsewhere)
            : [unknownSection(turn, one)];
        }),
        true,
      );
    const machineEntries = known.flatMap((one) => one.entries);
    const models = new Set(machineEntries.flatMap((one) => entryOf(one).models));
    if (turn.understood.machines.length === 0 && (models.size > 1 || areOfSeveralLists(known)))
      return await askWhichModel(turn, known);

    const main = machineEntries[0] as Evidence;
    const code = entryOf(main).code;
    const isAlarm = !["setting", "option"].includes(entryOf(main).kind);
    const onMachine = turn.understood.machines.length > 0 && isAlarm;
    const [state, worked] = await Promise.all([
      onMachine ? machineState(turn) : { section: null, evidence: [] },
      onMachine ? workedBefore(turn, { alarm: code }) : { section: null, evidence: [] },
    ]);
    const cards = isAlarm ? await veteranCards(turn, { alarmCode: code, limit: 3 }) : [];
    const safety = onMachine ? await quoteSafety(turn, "lockout") : [];
    const parts = onMachine ? await partsInStock(turn, partNumbers([...cards, ...worked.evidence.slice(0, 2)])) : null;
    return draft([
      meaningSection(
        turn,
        known.map((one) => one.entries[0] as Evidence),
      ),
      ...looked.filter((one) => one.entries.length === 0).map((one) => unknownSection(turn, one)),
      state.section,
      ...(onMachine
        ? [
            checkSection(turn, main, cards),
            cardSection(turn, cards),
            worked.section,
            parts,
            safetySection(turn, safety),
          ]
        : known.length === 1
          ? [checkSection(turn, main, cards), cardSection(turn, cards)]
          : []),
      askMachine(turn),
    ]);
  },
};

type LookedUp = { entries: Evidence[]; evidence: Evidence[]; failure: Line | null };

async function lookUp(turn: PlaybookTurn, reading: CodeReading): Promise<LookedUp> {
  const [machine] = turn.understood.machines;
  const [first] = reading.entries;
  const used = await turn.tools.use("maintenance", "look_up_alarm", {
    code: reading.code,
    ...(first ? { kind: first.kind } : {}),
    ...(machine ? { equipment: machine.id } : {}),
  });
  // What the question's own words rule out (another list, another machine) is no answer to it.
  const read = new Set(reading.entries.map((entry) => entry.documentId));
  const entries = used.evidence.filter(
    (one) => isEntry(one) && (one.data as AlarmEntryData).applies && read.has(entryOf(one).documentId),
  );
  const exact = entries.filter((one) => entryOf(one).match === "exact");
  const chosen = [...(exact.length > 0 ? exact : entries)].sort(
    (a, b) => Number(entryOf(b).cause !== null) - Number(entryOf(a).cause !== null),
  );
  return { entries: chosen, evidence: used.evidence, failure: failureLine(used) };
}

function isEntry(evidence: Evidence): boolean {
  return evidence.kind === "alarm-entry" && (evidence.data as { found?: boolean } | undefined)?.found === true;
}

function entryOf(evidence: Evidence): AlarmEntryData["entry"] {
  return (evidence.data as AlarmEntryData).entry;
}

function meaningSection(turn: PlaybookTurn, entries: Evidence[]): Section {
  return section(
    null,
    entries.flatMap((one) => {
      const entry = entryOf(one);
      const where =
        turn.understood.machines.length === 1 ? machineTitle(turn) : entry.models.join(", ") || one.source.label;
      const facts = [
        entry.severity && turn.say(`등급 ${entry.severity}`, `severity ${entry.severity}`),
        entry.unit && turn.say(`단위 ${entry.unit}`, `unit ${entry.unit}`),
        entry.language !== turn.understood.language && turn.say("원문 영어", "original in Korean"),
      ].filter(Boolean);
      return [
        line(`**${shownCode(turn, entry)} — ${entry.message}** (${[where, ...facts].join(" · ")})`, one),
        ...doubtLines(turn, one),
      ];
    }),
  );
}

/** A bare number gets the word it is known by: "$110", "error 9", "알람 3". */
function shownCode(turn: PlaybookTurn, entry: AlarmEntryData["entry"]): string {
  if (!/^\d{1,3}$/.test(entry.code)) return entry.code;
  if (entry.kind === "setting") return `$${entry.code}`;
  const words: Partial<Record<typeof entry.kind, string>> = {
    error: turn.say("에러", "error"),
    alarm: turn.say("알람", "alarm"),
    fault: turn.say("고장", "fault"),
    warning: turn.say("경고", "warning"),
    lamp: turn.say("램프", "lamp"),
  };
  return `${words[entry.kind] ?? ""} ${entry.code}`.trim();
}

/** Causes in the manual's order with its remedy; a card that corrects the manual is told apart below. */
function checkSection(turn: PlaybookTurn, main: Evidence, cards: Evidence[]): Section | null {
  const entry = entryOf(main);
  const causes = splitList(entry.cause, /;\s*/);
  const remedies = splitList(entry.remedy, /(?:^|\s)\d{1,2}\)\s+/);
  const [first] = cards;
  const lines = [
    ...(first && causes.length > 0
      ? [line(turn.say(`선배가 먼저 보는 것: ${gist(first)}`, `A veteran looks here first: ${gist(first)}`), first)]
      : []),
    ...(causes.length > 1
      ? [line(turn.say("원인 (설명서가 적은 순서):", "Causes (in the manual's order):"), main)]
      : []),
    ...causes.map((cause) => line(cause, main, "step")),
  ];
  const fixes =
    remedies.length > 0
      ? [line(turn.say("조치:", "Remedy:"), main), ...remedies.map((remedy) => line(remedy, main, "step"))]
      : [];
  const all = [...lines, ...fixes];
  return all.length === 0 ? null : section(turn.say("확인 순서", "Check in this order"), all);
}

function splitList(text: string | null, separator: RegExp): string[] {
  return (text ?? "")
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function unknownSection(turn: PlaybookTurn, { evidence, failure }: LookedUp): Section {
  if (failure) return section(null, [failure]);
  const [one] = evidence;
  return section(
    null,
    one
      ? [line(gist(one), one), ...restOf(one).map((text) => line(text, one))]
      : [line(turn.say("그런 코드는 등록된 문서에 없습니다.", "No document on record has that code."))],
  );
}

/** Four digits mean one thing on a machine, be it called alarm or error. */
const hasOwnNumber = ({ code, match }: AlarmEntryData["entry"]): boolean => match === "exact" && /\d{4}/.test(code);

/** The named list ("error 18") has no such code; other lists have the number. Said first, then asked. */
async function absentFromList(turn: PlaybookTurn, known: LookedUp[]): Promise<ReturnType<typeof draft> | null> {
  const [reading] = turn.understood.codes;
  const entries = known.flatMap((one) => one.entries);
  const kind = reading?.kind;
  if (!reading || !kind || turn.understood.machinesFrom === "question" || turn.understood.machinesFrom === "hint")
    return null;
  if (entries.length === 0 || entries.some((one) => entryOf(one).kind === kind || hasOwnNumber(entryOf(one))))
    return null;
  const { ctx, knowledge } = turn.tools.context;
  const list = await knownCodes(ctx, knowledge, { kind, limit: 3, near: reading.raw });
  if (list.length === 0 || list[0]?.kind !== kind) return null;
  return draft(otherLists(turn, reading.raw, entries), true);
}

/** The list that was meant has no such code; what the number means elsewhere, and a question. */
function otherLists(turn: PlaybookTurn, raw: string, entries: Evidence[]): Section[] {
  const place = (entry: AlarmEntryData["entry"]): string => entry.models.join(", ") || entry.title;
  return [
    section(null, [
      line(turn.say(`${raw}: 그 목록에는 없는 코드입니다.`, `${raw}: there is no such code in that list.`), entries[0]),
    ]),
    section(
      turn.say("다른 목록에 있는 같은 번호", "The same number in other lists"),
      entries
        .slice(0, 4)
        .map((one) =>
          line(`${shownCode(turn, entryOf(one))} (${place(entryOf(one))}): ${entryOf(one).message}`, one, "bullet"),
        ),
    ),
    section(null, [line(turn.say("어느 설비의 코드입니까?", "Which machine shows it?"))]),
  ];
}

/** One code that lists of no known model give different meanings. */
function areOfSeveralLists(known: LookedUp[]): boolean {
  return known.some(({ entries }) => {
    const found = entries.map(entryOf);
    const [first] = found;
    return found.some(
      (one) =>
        one.documentId !== first?.documentId && one.language === first?.language && one.message !== first.message,
    );
  });
}

/** The same code on several makers' machines: each told apart by its model, and one question. */
async function askWhichModel(turn: PlaybookTurn, known: LookedUp[]): Promise<Draft> {
  const all = known.flatMap((one) => one.entries);
  const meaning = (one: Evidence): string => `${entryOf(one).models.join()}/${entryOf(one).message}`;
  const entries = all.filter((one, index) => all.findIndex((other) => meaning(other) === meaning(one)) === index);
  const models = [...new Set(entries.flatMap((one) => entryOf(one).models))];
  const directory = await turn.tools.context.directory.load();
  const asks = models.map((model) => ({
    model,
    machineIds: directory.all.filter((one) => one.model === model).map((one) => one.id),
  }));
  const lists = entries.filter((one) => entryOf(one).models.length === 0).map((one) => entryOf(one).title);
  const names = [
    ...asks.map(({ model, machineIds }) =>
      machineIds.length > 0 ? `${model} (${machineIds.slice(0, 4).join(", ")})` : model,
    ),
    ...new Set(lists),
  ];
  const which = `${names.slice(0, -1).join(", ")} ${turn.say("아니면", "or")} ${names.at(-1) ?? ""}`;
  return {
    ...draft([
      section(
        turn.say("같은 코드가 여러 기종에 있습니다", "Several models have this code"),
        entries.map((one) =>
          line(
            `**${entryOf(one).models.join(", ") || one.source.label}** — ${entryOf(one).code}: ${entryOf(one).message}`,
            one,
            "bullet",
          ),
        ),
      ),
      section(null, [line(turn.say(`어느 설비입니까: ${which}?`, `Which machine is it: ${which}?`))]),
    ]),
    asks,
  };
}

function askMachine(turn: PlaybookTurn): Section | null {
  const { machines, equipment } = turn.understood;
  const several = machines.length > 1 ? machines : (equipment.ambiguous[0]?.candidates ?? []);
  if (several.length < 2) return null;
  const names = several
    .slice(0, 6)
    .map((one) => one.id)
    .join(", ");
  return section(null, [
    line(
      turn.say(
        `${names} 중 어느 설비입니까? 말해 주면 지금 상태와 지난 조치도 보여 줍니다.`,
        `Which one is it: ${names}? Then I can show its live state and what worked before.`,
      ),
    ),
  ]);
}
