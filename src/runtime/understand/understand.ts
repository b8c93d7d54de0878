import type { Ctx } from "../../core/context.ts";
import { detectLanguage, normalizeText } from "../../core/language/script.ts";
import { parsePeriods } from "../../core/periods/parse-periods.ts";
import type { Period, Shift } from "../../core/periods/period.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { Translate } from "../../plant/directory/build-directory.ts";
import type { Directory, EquipmentResolution } from "../../plant/directory/directory.ts";
import { nearestEquipment, resolveEquipment } from "../../plant/directory/resolve-equipment.ts";
import type { Equipment, MesStore } from "../../plant/mes-store.ts";
import type { SensorStore } from "../../plant/sensor-store.ts";
import { asksToDefeatSafeguard, mentionsSafeguard } from "../safety/detect-bypass.ts";
import { chooseIntent } from "./choose-intent.ts";
import { chooseRecords } from "./choose-records.ts";
import { describeReading } from "./describe-reading.ts";
import { greeting, help, thanks } from "./intent-rules.ts";
import { mostWords } from "./measure-words.ts";
import { linkValues } from "./link-values.ts";
import { contentWords, leftoverWords, maskKnownWords, settleLinks } from "./mask-words.ts";
import { readCodes } from "./read-codes.ts";
import { findRecordIds } from "./read-record-ids.ts";
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

/** Reads a question by rules: machine, codes, period, sensors, records, intent. No model is asked. */
export async function understand(input: UnderstandInput): Promise<Understanding> {
  const question = normalizeText(input.question);
  const language = detectLanguage(question);
  const periods = parsePeriods(question, { now: input.ctx.now(), timeZone: input.ctx.timeZone, shifts: input.shifts });
  const unperioded = blank(
    question,
    periods.map((period) => period.span),
  );
  const equipment = resolveEquipment(unperioded, input.directory);
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

  let { machines, from } = chooseMachines(equipment, input);
  const recordIds = await findRecordIds(question, input.mes);
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
    ...idSpans,
  ];
  const { codes, leftover } = await readCodes(question, { ...input, language, machines, taken });
  const spelled = input.vocabulary
    .filter((item) => item.records === "failure_codes" && item.field === "id")
    .map((item) => item.value.toLowerCase());
  const unlisted = codes.filter(
    (code) => code.entries.length > 0 || !spelled.some((value) => code.raw.toLowerCase().includes(value)),
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
  const tagSource = (await Promise.all(units.slice(0, 8).map((id) => input.sensors.tags(id)))).flat();
  const ownTags = readTags(text, tagSource, input.translate);
  const anyTags =
    ownTags.tags.length === 0 && units.length > 0
      ? readTags(text, await input.sensors.tags(), input.translate)
      : ownTags;
  const recordsInput: RecordQuestionInput = {
    text,
    units,
    severalNamed:
      equipment.matches.length > 1 ||
      (equipment.matches.length === 0 && equipment.groups.length > 0 && mostWords.test(text)),
    periods,
    links,
    eventGroups: await eventGroups(input, units),
    codes: codes.map((code) => code.code),
    inherited: followUp ? (input.memory?.records ?? null) : null,
  };
  const listQuestion = readListQuestion(text, links);
  const records = listQuestion ?? readRecordQuestion(recordsInput);
  const compared =
    periods.length > 1 && records
      ? periods.map((period) => comparison(recordsInput, period)).filter((one) => one !== null)
      : [];
  const base = {
    question,
    language,
    equipment,
    machines,
    machinesFrom: from,
    codes,
    periods,
    tags: ownTags.tags,
    missingTag: ownTags.tags.length === 0 && anyTags.tags.length > 0 ? anyTags.words : null,
    records,
    compared,
    recordIds,
    listedCodes: links.filter((link) => link.share === 1 && link.words >= 10).flatMap((link) => link.values),
    followUp,
    contextCodes: followUp ? (input.memory?.codes ?? []) : [],
    safeguard:
      mentionsSafeguard(question) ||
      codes.some((code) => code.entries.some((entry) => mentionsSafeguard(entry.message))) ||
      (followUp && input.memory?.safeguard === true),
  };
  const read: Intent =
    chat ??
    (asksToDefeatSafeguard(question, base.safeguard)
      ? "defeat-safety"
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
          groupNamed: equipment.matches.length === 0 && equipment.groups.length > 0,
          codeListed: listQuestion !== null || codeListed(text, links, records?.records ?? null),
          recordId: recordIds.length > 0,
          leftover: leftoverWords(masked, links),
        }));
  // Whom to call about a safeguard stands in the plant's policy, not in who repaired most.
  const intent: Intent = read === "who-knows" && base.safeguard ? "knowledge" : read;
  return { ...base, intent, reading: describeReading({ ...base, intent }, input.directory, input.ctx.timeZone) };
}

/**
 * A question for an entry of the plant's own code lists: by description ("code of routine oil analysis"), by what lies
 * under a code, or by a map from one list to another ("Flow Efficiency high: which failure codes").
 */
function readListQuestion(text: string, links: ReturnType<typeof linkValues>): Understanding["records"] {
  if (!/\bcodes?\b|코드/i.test(text) || /\bwork\s?orders?\b|작업\s?지시|\bby\b|별로?|\bhow many\b|몇/i.test(text))
    return null;
  const exact = (records: string, field: string): string[] =>
    links
      .filter((link) => link.records === records && link.field === field && link.share === 1)
      .flatMap((link) => link.values);
  const from = exact("code_maps", "from_code");
  if (from.length > 0 && /\b(?:which|what)\b.{0,20}\bcodes?\b|어떤|무슨|고장\s?코드|failure/i.test(text)) {
    const condition = exact("code_maps", "condition");
    return {
      records: "code_maps",
      where: [
        { field: "from_code", op: "in", value: from },
        ...(condition.length > 0 ? [{ field: "condition", op: "in" as const, value: condition }] : []),
      ],
    };
  }
  const ids = exact("failure_codes", "id");
  if (ids.length > 0 && /\bunder\b|\bsub-?codes?\b|\bsecondary\b|\bchild|\bbelow\b|하위|세부|아래|소분류/i.test(text))
    return { records: "failure_codes", where: [{ field: "parent_code", op: "in", value: ids }] };
  const described = exact("failure_codes", "description");
  return ids.length === 0 && described.length > 0
    ? { records: "failure_codes", where: [{ field: "description", op: "in", value: described }] }
    : null;
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

/** A failure code, a rule or an entry of a code map is asked for, not rows that carry it. */
function codeListed(text: string, links: ReturnType<typeof linkValues>, records: string | null): boolean {
  const listed = links.some(
    (link) =>
      link.share === 1 && (link.records === "failure_codes" || link.records === "code_maps" || link.words >= 10),
  );
  if (!listed && records !== "failure_codes" && records !== "code_maps") return false;
  return (
    records === "failure_codes" ||
    records === "code_maps" ||
    /\bcodes?\b|\bmean|\brule\b|what is|코드|뜻|의미|뭐|무엇|규칙|룰/i.test(text)
  );
}

function chooseMachines(
  equipment: EquipmentResolution,
  input: UnderstandInput,
): { machines: Equipment[]; from: Understanding["machinesFrom"] } {
  const byIds = (ids: string[]): Equipment[] =>
    [...new Set(ids)].map((id) => input.directory.byId.get(id)).filter((one): one is Equipment => one !== undefined);
  if (equipment.matches.length > 0)
    return { machines: byIds(equipment.matches.flatMap((match) => match.units)), from: "question" };
  const hinted = input.equipmentHint === null ? [] : byIds(input.directory.unitsOf(input.equipmentHint));
  if (hinted.length > 0) return { machines: hinted, from: "hint" };
  const shared = equipment.ambiguous[0]?.candidates ?? [];
  const oneModel = shared.length > 0 && shared[0]?.model && shared.every((one) => one.model === shared[0]?.model);
  if (oneModel && equipment.unknown.length === 0) return { machines: shared, from: "question" };
  if (equipment.unknown.length > 0 || equipment.ambiguous.length > 0) return { machines: [], from: "none" };
  const grouped = byIds(equipment.groups.flatMap((group) => group.ids));
  return grouped.length > 0 ? { machines: grouped, from: "question" } : { machines: [], from: "none" };
}

/** One word for several machines is settled by the code's model; a code of one machine's model alone names the machine. */
function machinesOfCodes(
  machines: Equipment[],
  from: Understanding["machinesFrom"],
  codes: Understanding["codes"],
  directory: Directory,
  equipment: EquipmentResolution,
): { machines: Equipment[]; from: Understanding["machinesFrom"] } {
  const models = new Set(codes.flatMap((code) => code.entries.flatMap((entry) => entry.models)));
  const fitting = machines.filter((one) => one.model !== null && models.has(one.model));
  if (machines.length > 1 && fitting.length > 0) return { machines: fitting, from };
  if (machines.length > 0 || models.size === 0 || equipment.unknown.length > 0) return { machines, from };
  const candidates = equipment.ambiguous
    .flatMap((one) => one.candidates)
    .filter((one) => one.model !== null && models.has(one.model));
  const only =
    candidates.length > 0 ? candidates : directory.all.filter((one) => one.model !== null && models.has(one.model));
  if (only.length !== 1) return { machines, from };
  equipment.ambiguous.length = 0;
  return { machines: only, from: "code" };
}

/** An id-like token that is nothing known is taken for a machine that does not exist, unless a machine was found. */
function noteUnknownIds(
  equipment: EquipmentResolution,
  leftover: { raw: string; start: number; end: number }[],
  directory: Directory,
  machines: Equipment[],
): void {
  for (const mention of leftover) {
    if (!/^[A-Za-z]{1,8}[-_ ]?\d{1,7}[A-Za-z]?$/.test(mention.raw)) continue;
    if (machines.length > 0 && !/-/.test(mention.raw)) continue;
    equipment.unknown.push({
      text: mention.raw,
      nearest: nearestEquipment(mention.raw, directory),
      span: [mention.start, mention.end],
    });
  }
}

async function eventGroups(input: UnderstandInput, units: string[]): Promise<string[]> {
  const where = units.length > 0 ? [{ field: "equipment_id", op: "in" as const, value: units }] : [];
  const { groups } = await input.mes.aggregate({
    records: "events",
    where,
    timeZone: input.ctx.timeZone,
    measure: { kind: "count" },
    groupBy: [{ field: "group" }],
  });
  return groups.map((group) => String(group.key[0] ?? "")).filter((name) => name !== "");
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
