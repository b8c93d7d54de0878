import type { Ctx, Language } from "../../core/context.ts";
import { detectLanguage, normalizeText } from "../../core/language/script.ts";
import { findWrongDates, parsePeriods } from "../../core/periods/parse-periods.ts";
import type { Period, Shift } from "../../core/periods/period.ts";
import { documentModels } from "../../knowledge/document-models.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { Translate } from "../../plant/directory/build-directory.ts";
import type { Directory } from "../../plant/directory/directory.ts";
import { resolveEquipment } from "../../plant/directory/resolve-equipment.ts";
import type { Equipment, MesStore } from "../../plant/mes-store.ts";
import type { SensorStore } from "../../plant/sensor-store.ts";
import { asksToDefeatSafeguard, mentionsSafeguard } from "../safety/detect-bypass.ts";
import { chooseIntent } from "./choose-intent.ts";
import { chooseMachines, machinesOfCodes, noteUnknownIds } from "./choose-machines.ts";
import { chooseRecords } from "./choose-records.ts";
import { describeReading } from "./describe-reading.ts";
import { greeting, help, thanks } from "./intent-rules.ts";
import { mostWords } from "./measure-words.ts";
import { linkValues } from "./link-values.ts";
import { contentWords, leftoverWords, maskKnownWords, settleLinks } from "./mask-words.ts";
import { readCodes } from "./read-codes.ts";
import { codeListed, readListQuestion } from "./read-list-question.ts";
import { findRecordIds } from "./read-record-ids.ts";
import { asksForPlace, readDocumentQuestion } from "./document-question.ts";
import { allTags, eventGroups } from "./plant-values.ts";
import { readModels } from "./read-models.ts";
import { readTags } from "./read-tags.ts";
import { readRecordQuestion, type RecordQuestionInput } from "./record-question.ts";
import type { Intent, Memory, Understanding } from "./understanding.ts";
import type { VocabularyItem } from "./vocabulary.ts";

export type UnderstandInput = {
  question: string;
  ctx: Ctx;
  directory: Directory;
  vocabulary: VocabularyItem[];
  knowledge: Knowledge;
  mes: MesStore;
  sensors: SensorStore;
  translate: Translate;
  shifts: Shift[];
  memory: Memory | null;
  equipmentHint: string | null;
};

const followUpStart =
  /^(?:그\s?중|이\s?중|그럼|그러면|그리고|그건|그거|거기|그\s?(?:설비|기계|장비|호기)|그때|그날|여기|이건|아니|and\b|then\b|what about|how about|of (?:these|those|them)|among (?:these|those|them)|it\b|its\b|that one|same\b|also\b|only\b)/i;
const pointing =
  /\b(?:it|its|this machine|that machine|the machine|them|these|those|there)\b|그\s?(?:설비|기계|장비|호기|놈)|이\s?(?:설비|기계|장비)|거기|여기|그거|이거|걔/i;

const anyMachine = /^(?:설비|기계|장비|머신|machines?|equipments?)(?:들|가|는|이|은|를|의|에서)?$/i;

/** Reads a question by rules: machine, codes, period, sensors, records, intent. No model is asked. */
export async function understand(input: UnderstandInput): Promise<Understanding> {
  const question = normalizeText(input.question);
  const language = detectLanguage(question);
  const clock = { now: input.ctx.now(), timeZone: input.ctx.timeZone, shifts: input.shifts };
  const periods = parsePeriods(question, clock);
  const unperioded = blank(
    question,
    periods.map((period) => period.span),
  );
  const equipment = resolveEquipment(unperioded, input.directory);
  // "Which machine" means every machine, though some alias begins with that word.
  equipment.groups = equipment.groups.filter((one) => !anyMachine.test(one.text));
  equipment.matches = equipment.matches.filter((one) => !anyMachine.test(one.text));
  equipment.ambiguous = equipment.ambiguous.filter((one) => !anyMachine.test(one.text));
  const chat = smallTalk(question);
  const bareNouns =
    input.memory?.records !== null &&
    equipment.matches.length + periods.length > 0 &&
    contentWords(question, [...equipment.matches.map((match) => match.span), ...periods.map((period) => period.span)])
      .length === 0;
  const followUp =
    input.memory !== null &&
    chat === null &&
    (followUpStart.test(question) ||
      pointing.test(question) ||
      bareNouns ||
      (question.length < 24 && equipment.matches.length + equipment.groups.length === 0));

  const spelled = new Set(
    input.vocabulary
      .filter((item) => item.records === "failure_codes" && item.field === "id" && item.value.length >= 3)
      .map((item) => item.value.toLowerCase()),
  );
  // A code of the plant's own list is no misspelt machine.
  equipment.matches = equipment.matches.filter(
    (match) => match.how !== "typo" || !spelled.has(match.text.toLowerCase()),
  );
  const models = readModels(question, await documentModels(input.ctx, input.knowledge));
  const isModel = ({ span }: { span: [number, number] }): boolean =>
    models.some((one) => one.span[0] < span[1] && span[0] < one.span[1]);
  equipment.unknown = equipment.unknown.filter((one) => !isModel(one));
  equipment.ambiguous = equipment.ambiguous.filter((one) => !isModel(one));
  let { machines, from } = chooseMachines(equipment, input);
  const recordIds = await findRecordIds(
    blank(
      question,
      equipment.matches.map((match) => match.span),
    ),
    input.mes,
  );
  const idSpans = spansOf(
    question,
    recordIds.map((one) => one.id),
  );
  const taken = [
    ...periods.map((period) => period.span),
    ...equipment.matches.map((match) => match.span),
    ...equipment.unknown.map((one) => one.span),
    ...equipment.ambiguous.map((one) => one.span),
    ...equipment.groups.map((one) => one.span),
    ...models.map((one) => one.span),
    ...idSpans,
  ];
  const named = models.map((one) => one.model);
  const { codes, leftover } = await readCodes(question, { ...input, language, machines, named, taken });
  const unlisted = codes.filter(
    (code) =>
      code.entries.some((entry) => entry.match === "exact") ||
      ![...spelled].some((value) => code.raw.toLowerCase().includes(value)),
  );
  codes.splice(0, codes.length, ...unlisted);
  ({ machines, from } = machinesOfCodes(machines, from, codes, input.directory, equipment));

  const text = blank(
    unperioded,
    [...equipment.matches, ...equipment.unknown].map((one) => one.span),
  );
  const ungrouped = blank(
    text,
    machines.length > 0 && equipment.matches.length === 0 ? equipment.groups.map((group) => group.span) : [],
  );
  const masked = maskKnownWords(ungrouped);
  const links = settleLinks(
    linkValues(ungrouped, input.vocabulary, input.translate),
    linkValues(masked, input.vocabulary, input.translate),
  );
  noteUnknownIds(
    equipment,
    leftover.filter(
      (mention) =>
        !recordIds.some((one) => sameText(one.id, mention.raw)) &&
        !links.some((link) => link.share === 1 && link.span[0] <= mention.start && mention.end <= link.span[1]),
    ),
    input.directory,
    machines,
  );

  const remembered =
    followUp && machines.length === 0 && equipment.unknown.length === 0
      ? (input.memory?.machineIds ?? [])
          .map((id) => input.directory.byId.get(id))
          .filter((one): one is Equipment => one !== undefined)
      : [];
  if (remembered.length > 0 && from === "none") ({ machines, from } = { machines: remembered, from: "memory" });

  const units = machines.map((machine) => machine.id);
  const tags = await allTags(input);
  const ownTags = readTags(
    text,
    tags.filter((tag) => units.includes(tag.equipmentId)),
    input.translate,
  );
  const anyTags = ownTags.tags.length === 0 && units.length > 0 ? readTags(text, tags, input.translate) : ownTags;
  const recordsInput: RecordQuestionInput = {
    text,
    units,
    severalNamed:
      equipment.matches.length > 1 ||
      (equipment.matches.length === 0 && equipment.groups.length > 0 && mostWords.test(text)),
    periods,
    links,
    eventGroups: await eventGroups({ ...input, timeZone: input.ctx.timeZone }, units),
    codes: codes.map((code) => code.code),
    inherited: followUp ? (input.memory?.records ?? null) : null,
  };
  const listQuestion = readListQuestion(text, links);
  const records = listQuestion ?? readRecordQuestion(recordsInput);
  const apart =
    periods.length > 1 && records
      ? periods.map((period) => comparison(recordsInput, period)).filter((one) => one !== null)
      : [];
  const lots = recordIds.filter((one) => one.records === "lots").map((one) => one.id);
  const compared = records?.records === "lot_links" && lots.length > 0 ? bothWays(lots, language) : apart;
  const document = readDocumentQuestion(question, {
    cited: (input.memory?.cited?.length ?? 0) > 0,
    models: named.length > 0,
    topics: leftoverWords(masked, links).length,
  });
  const base = {
    question,
    language,
    equipment,
    machines,
    machinesFrom: from,
    codes,
    models: named,
    document,
    cited: input.memory?.cited ?? [],
    periods,
    tags: ownTags.tags,
    missingTag: ownTags.tags.length === 0 && anyTags.whole ? anyTags.words : null,
    records,
    compared,
    recordIds,
    listedCodes: links.filter((link) => link.share === 1 && link.words >= 10).flatMap((link) => link.values),
    wrongDates: findWrongDates(question, clock),
    followUp,
    contextCodes: followUp ? (input.memory?.codes ?? []) : [],
    contextLots: input.memory?.lots ?? [],
    safeguard:
      mentionsSafeguard(question) ||
      codes.some((code) => code.entries.some((entry) => mentionsSafeguard(entry.message))) ||
      (followUp && input.memory?.safeguard === true),
  };
  const read: Intent =
    chat ??
    (asksToDefeatSafeguard(question, base.safeguard)
      ? "defeat-safety"
      : document !== null
        ? "document"
        : chooseIntent({
            text,
            machine: machines.length > 0 || equipment.unknown.length > 0,
            code: codes.length > 0,
            tag: (ownTags.tags.length > 0 && ownTags.whole) || base.missingTag !== null,
            partOfTag: ownTags.tags.length > 0 && !ownTags.whole,
            period: periods.length > 0,
            records,
            explicitRecords:
              chooseRecords(text, links, recordsInput.eventGroups) !== null ||
              (followUp && records !== null && input.memory?.intent === "records"),
            setNamed:
              chooseRecords(text, [], recordsInput.eventGroups) !== null ||
              (followUp && records !== null && input.memory?.intent === "records"),
            compared: compared.length > 1,
            groupNamed: equipment.matches.length === 0 && equipment.groups.length + equipment.ambiguous.length > 0,
            codeListed: listQuestion !== null || codeListed(text, links, records?.records ?? null),
            recordId: recordIds.length > 0,
            lot: lots.length > 0,
            partNumber: recordIds.some((one) => one.records === "parts"),
            codeSpelled: base.listedCodes.length > 0,
            topics: contentWords(
              question,
              [...equipment.matches, ...equipment.groups, ...equipment.ambiguous].map((one) => one.span),
            ).length,
            leftover: leftoverWords(masked, links),
          }));
  // Whom to call about a safeguard stands in the plant's policy, not in who repaired most.
  const looksUp = asksForPlace(question) && ["records", "condition", "readings"].includes(read);
  const intent: Intent = (read === "who-knows" && base.safeguard) || looksUp ? "knowledge" : read;
  return { ...base, intent, reading: describeReading({ ...base, intent }, input.directory, input.ctx.timeZone) };
}

/** Genealogy of a lot: what went into it, and what it went into. */
function bothWays(lots: string[], language: Language): Understanding["compared"] {
  const question = (field: string): NonNullable<Understanding["records"]> => ({
    records: "lot_links",
    where: [{ field, op: "in", value: lots }],
  });
  return [
    { label: language === "ko" ? "들어간 로트" : "What went into it", question: question("child_lot_id") },
    { label: language === "ko" ? "쓰인 곳" : "Where it went", question: question("parent_lot_id") },
  ];
}

function comparison(
  input: RecordQuestionInput,
  period: Period,
): { label: string; question: NonNullable<Understanding["records"]> } | null {
  const question = readRecordQuestion({ ...input, periods: [period] });
  return question ? { label: period.label, question } : null;
}

function smallTalk(text: string): Intent | null {
  if (greeting.test(text)) return "greeting";
  if (thanks.test(text)) return "thanks";
  return help.test(text) ? "help" : null;
}

function spansOf(text: string, ids: string[]): [number, number][] {
  const lower = text.toLowerCase();
  return ids
    .map((id) => lower.indexOf(id.toLowerCase()))
    .flatMap((at, index): [number, number][] => (at < 0 ? [] : [[at, at + (ids[index]?.length ?? 0)]]));
}

function blank(text: string, spans: [number, number][]): string {
  let out = text;
  for (const [start, end] of spans) out = out.slice(0, start) + " ".repeat(end - start) + out.slice(end);
  return out;
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase().replace(/[\s-]/g, "") === b.toLowerCase().replace(/[\s-]/g, "");
}
