import type { RecordsQuestion } from "../../tools/records/query.ts";
import { analysisRules } from "./analysis-rules.ts";
import { changeLimit, changeRecords, control, intentRules, offTopic, symptom, type Feature } from "./intent-rules.ts";
import { averageWords, countWords, daysWords, distributionWords, mostWords, sumWords } from "./measure-words.ts";
import { mendSpelling } from "./spelling.ts";
import type { Intent } from "./understanding.ts";

export type IntentInput = {
  text: string;
  machine: boolean;
  code: boolean;
  tag: boolean;
  /** A word of a sensor's name was said, not the whole. */
  partOfTag: boolean;
  period: boolean;
  records: RecordsQuestion | null;
  /** A record set was named or a code list entry was linked exactly. */
  explicitRecords: boolean;
  /** A part number is named. */
  partNumber: boolean;
  /** A code of the plant's own lists is spelled out. */
  codeSpelled: boolean;
  /** The record set was named in words, not only by a value of it. */
  setNamed: boolean;
  codeListed: boolean;
  recordId: boolean;
  /** One of them is a lot. */
  lot: boolean;
  /** Two periods are set against each other. */
  compared: boolean;
  /** A kind of machine is named, no single one. */
  groupNamed: boolean;
  /** How many telling words there are besides the machines. */
  topics: number;
  /** Words that nothing explains yet. */
  leftover: string[];
};

const readingsWords =
  /\breadings?\b|\bvalues?\b|\bhow (?:high|hot|low|much|fast)\b|\bcurrent(?:ly)?\b|\bnow\b|\btrends?\b|\bhistory\b|\btelemetry\b|\bsensors?\b|값|수치|얼마|몇\s?(?:도|바|bar|rpm|암페어|퍼센트|%)|추이|추세|그래프|지금|현재|측정치|센서|평균|최대|최소|최고|최저|데이터|\b(?:average|mean|max\w*|min\w*|highest|lowest|peak)\b/i;
const strictList = /\b(?:list|show|give me|display|print)\b|목록|리스트|보여|나열|뽑아|내역|이력|조회/i;
const firstAid =
  /뭐부터|무엇부터|어디부터|어떻게\s?(?:해|하|조치|처리)|\bwhat (?:should|do) (?:i|we)|\bcheck first\b|\bdo first\b|조치|대처|왜\s?(?:떠|뜨|나|울)|\bwhat does\b|\bmean(?:s|ing)?\b|무슨\s?(?:뜻|의미|알람)|뜻|의미|뭐야|뭐에요|뭐죠|뭔가요|무엇인|뭐임|뭐지/i;

const statedValue =
  /정상\s?(?:값|범위|치)|한계(?:값|치|가|는|\s|$)|규정\s?값|기준\s?(?:값|치)|규격|주입량|유량은|용량|\bnormal (?:value|range|\w+ ?\w*)\b|\blimits?\b|\bspec(?:ification)?s?\b|\bamount of\b|\bcapacity\b|\bnoise level\b|\bcan i mix\b|\bhow (?:warm|hot|high|fast|low|far) (?:may|can|must|should)\b|허용\s?(?:값|치|범위|한도)?|까지\s?(?:괜찮|돼|되는|되나)/i;
const liveWords = /지금|현재|오늘|어제|최근|추이|\bnow\b|\bcurrent(?:ly)?\b|\btoday\b|\byesterday\b|\blast\b|\btrend/i;

/** The kind of answer that is wanted; see intent-rules.ts for the words. */
export function chooseIntent(input: IntentInput): Intent {
  const { text, records } = input;
  const measured =
    records !== null &&
    input.explicitRecords &&
    (countWords.test(text) ||
      daysWords.test(text) ||
      sumWords.test(text) ||
      averageWords.test(text) ||
      mostWords.test(text) ||
      distributionWords.test(text) ||
      records.groupBy !== undefined ||
      input.compared ||
      strictList.test(text));
  const has: Record<Feature, boolean> = {
    machine: input.machine,
    code: input.code,
    tag: input.tag,
    period: input.period,
    records: records !== null,
    measure: measured,
    symptom: symptom.test(text),
    recordId: input.recordId,
    lot: input.lot,
    linked: input.explicitRecords,
  };
  if (input.groupNamed && /몇\s?대|\bhow many\b/i.test(text) && !input.setNamed && input.topics === 0)
    return "equipment";
  if (input.partNumber && /몇\s?개|남았|있[어냐나]|\bhow many\b|\bdo we have\b|\bleft\b|\bany\b/i.test(text))
    return "stock";
  if (changeRecords.test(text) || changeLimit.test(text)) return "control";
  if (!input.machine && !input.code && !input.tag && !input.recordId && offTopic.test(text)) return "off-topic";
  const analysis = analysisIntent(text, has);
  if (analysis) return analysis;
  if (
    (input.machine || input.code) &&
    control.test(text.trim()) &&
    !/작업\s?(?:지시|오더)|오더|의뢰|요청서|보류|묶어|work\s?order|\brequest\b|\bticket\b/i.test(text)
  )
    return "control";
  const partCount = /부품|예비품|재고|\bspares?\b|\bin stock\b|품번/i.test(text);
  const asks = countWords.test(text) || strictList.test(text) || /\bare there\b/i.test(text);
  const valueOfManual = statedValue.test(text) && !liveWords.test(text) && !input.tag && !measured;
  for (const rule of intentRules) {
    if (!rule.pattern.test(text)) continue;
    if (valueOfManual && rule.intent === "condition") continue;
    if (rule.intent === "draft-work-order" && asks) continue;
    if (rule.needs?.some((feature) => !has[feature]) || rule.without?.some((feature) => has[feature])) continue;
    if (
      measured &&
      !["handover", "eight-d", "bundle", "draft-hold", "draft-work-order", "affected", "in-control"].includes(
        rule.intent,
      ) &&
      !(rule.intent === "stock" && (partCount || input.partNumber))
    )
      continue;
    if (rule.intent === "how-to" && input.code && firstAid.test(text)) continue;
    if (
      rule.intent === "last-time" &&
      records?.orderBy &&
      input.setNamed &&
      !input.code &&
      !/언제|\bwhen\b/i.test(text)
    )
      continue;
    if (rule.intent === "condition" && input.code) continue;
    if (rule.intent === "condition" && input.tag && input.period) return "readings";
    return rule.intent;
  }
  // What is normal or allowed stands in the manual, unless a sensor of that name is read.
  if (valueOfManual && !input.code && !input.setNamed && !input.recordId) return "knowledge";
  if (records?.records === "equipment" && !records.measure && !records.groupBy) return "equipment";
  if (input.recordId && !input.compared && !countWords.test(text) && records?.groupBy === undefined) return "code";
  if (measured && !(input.code && firstAid.test(text) && !countWords.test(text)))
    return input.tag && !input.setNamed && !countWords.test(text) ? "readings" : "records";
  if (input.codeListed && !input.code && !(input.tag && input.period)) return "code";
  if (input.code) return input.period && input.explicitRecords && !firstAid.test(text) ? "records" : "alarm";
  if (input.recordId && !measured) return "code";
  if (input.partOfTag && !has.symptom && readingsWords.test(text)) return "readings";
  if (input.tag && (readingsWords.test(text) || input.period || !has.symptom)) return "readings";
  if (/\breadings?\b|\btelemetry\b|\bsensor (?:data|values?)|센서\s?(?:값|데이터)|측정치|계측/i.test(text))
    return "readings";
  const conditioned = records?.where.some((one) => one.field !== "equipment_id") ?? false;
  if (records && input.setNamed && (input.period || records.orderBy || (conditioned && !has.symptom) || !has.symptom))
    return "records";
  if (records && input.explicitRecords && input.period) return "records";
  if (input.codeSpelled && !input.tag && !input.setNamed) return "code";
  if (has.symptom) return "trouble";
  if (input.machine && input.period && input.leftover.length > 0 && readingsWords.test(text)) return "readings";
  if (input.machine && input.leftover.length > 0) return input.period ? "readings" : "knowledge";
  return input.machine ? "condition" : "knowledge";
}

const drafts = intentRules.filter(({ intent }) => intent === "draft-work-order" || intent === "draft-hold");

/** Something computed is asked for, and no draft about it; see analysis-rules.ts. */
function analysisIntent(written: string, has: Record<Feature, boolean>): Intent | null {
  if (drafts.some(({ pattern }) => pattern.test(written))) return null;
  const text = mendSpelling(written);
  const rule = analysisRules.find(
    ({ pattern, unless, needs, without }) =>
      pattern.test(text) &&
      !unless?.test(text) &&
      !needs?.some((feature) => !has[feature]) &&
      !without?.some((feature) => has[feature]),
  );
  return rule?.intent ?? null;
}
