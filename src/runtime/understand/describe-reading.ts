import type { Language } from "../../core/context.ts";
import { formatSpan } from "../../core/format/format.ts";
import type { Directory } from "../../plant/directory/directory.ts";
import { describeConditions, describeGrouping, recordsLabel } from "../../tools/records/describe-query.ts";
import type { Intent, Understanding } from "./understanding.ts";

const intentNames: Record<Intent, Record<Language, string>> = {
  greeting: { ko: "인사", en: "greeting" },
  thanks: { ko: "감사", en: "thanks" },
  help: { ko: "도움말", en: "help" },
  "off-topic": { ko: "공장 밖의 질문", en: "outside the plant" },
  "defeat-safety": { ko: "안전장치", en: "safeguard" },
  alarm: { ko: "알람", en: "alarm" },
  code: { ko: "코드", en: "code" },
  trouble: { ko: "고장 진단", en: "trouble" },
  "how-to": { ko: "방법", en: "how to" },
  "last-time": { ko: "지난 이력", en: "last time" },
  "who-knows": { ko: "아는 사람", en: "who knows" },
  records: { ko: "기록", en: "records" },
  affected: { ko: "영향받는 오더", en: "affected orders" },
  stock: { ko: "재고", en: "stock" },
  "in-control": { ko: "관리 상태", en: "control chart" },
  readings: { ko: "측정값", en: "readings" },
  condition: { ko: "상태", en: "condition" },
  control: { ko: "조작·변경 요청", en: "request to operate or change" },
  handover: { ko: "인수인계", en: "shift handover" },
  "eight-d": { ko: "8D 보고서 초안", en: "8D report draft" },
  bundle: { ko: "작업지시 묶기", en: "bundles of work orders" },
  review: { ko: "기간 검토", en: "review of a period" },
  drift: { ko: "정지·알람 전 변화", en: "drift before stops" },
  forecast: { ko: "한계 도달 예측", en: "forecast" },
  reliability: { ko: "신뢰성", en: "reliability" },
  "alarm-limit": { ko: "알람 기준값 검토", en: "review of an alarm limit" },
  oee: { ko: "OEE", en: "OEE" },
  "downtime-causes": { ko: "비가동 원인", en: "downtime causes" },
  "alarm-review": { ko: "알람 점검", en: "alarm review" },
  energy: { ko: "개당 에너지", en: "energy per part" },
  genealogy: { ko: "로트 계보", en: "lot genealogy" },
  "compare-lots": { ko: "로트 비교", en: "good and bad lots" },
  "draft-work-order": { ko: "작업지시 초안", en: "work order draft" },
  "draft-hold": { ko: "보류 초안", en: "hold draft" },
  equipment: { ko: "설비", en: "equipment" },
  document: { ko: "문서", en: "document" },
  knowledge: { ko: "문서 찾기", en: "documents" },
};

/** One line that says how the question was read: "알람 · CNC-07 · 2041". Shown before the answer. */
export function describeReading(
  understood: Omit<Understanding, "reading">,
  directory: Directory,
  timeZone: string,
): string {
  const { language } = understood;
  const equipmentName = (id: string): string => {
    const found = directory.byId.get(id);
    const name = language === "ko" ? (found?.nameKo ?? found?.name) : found?.name;
    return name && name !== id ? `${id} ${name}` : id;
  };
  const { records } = understood;
  if (understood.intent === "records" && records) {
    const grouping = (records.groupBy ?? []).map((one) => describeGrouping(records.records, one, language));
    const conditions = describeConditions(records, { language, timeZone, equipmentName });
    return [recordsLabel(records.records, language), conditions, ...grouping].filter((part) => part !== "").join(" · ");
  }
  const machines = understood.machines.map((machine) => equipmentName(machine.id));
  const period = understood.periods[0];
  return [
    intentNames[understood.intent][language],
    machines.length === 0 ? understood.models.join(", ") : "",
    machines.length > 3 ? `${machines.slice(0, 3).join(", ")} …` : machines.join(", "),
    understood.codes.map((code) => code.raw).join(", "),
    (["readings", "condition", "drift", "forecast", "alarm-limit"].includes(understood.intent) ? understood.tags : [])
      .slice(0, 3)
      .map((tag) => (language === "ko" ? (tag.nameKo ?? tag.name) : tag.name.replaceAll("_", " ")))
      .join(", "),
    period ? formatSpan(period.from, period.to, timeZone, language) : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}
