import type { RecordSet } from "../../records.ts";

export const lots: RecordSet = {
  name: "lots",
  label: { ko: "로트", en: "lots" },
  words: ["lot", "lots", "material lot", "batch", "batches", "로트", "자재 로트", "배치"],
  timeField: "produced_at",
  fields: [
    { name: "id", type: "id", label: { ko: "로트", en: "lot" } },
    { name: "material", type: "name", label: { ko: "자재", en: "material" }, words: ["product", "item", "품목"] },
    { name: "quantity", type: "number", label: { ko: "수량", en: "quantity" } },
    { name: "unit", type: "name", label: { ko: "단위", en: "unit" } },
    { name: "equipment_id", type: "equipment", label: { ko: "설비", en: "equipment" } },
    { name: "job_order_id", type: "code", label: { ko: "생산오더", en: "job order" } },
    { name: "supplier", type: "name", label: { ko: "공급처", en: "supplier" } },
    { name: "status", type: "name", label: { ko: "상태", en: "status" } },
    { name: "produced_at", type: "time", label: { ko: "생산", en: "produced" } },
  ],
};

/** One step of a genealogy: the parent lot went into the child lot. */
export const lotLinks: RecordSet = {
  name: "lot_links",
  label: { ko: "로트 계보", en: "lot genealogy" },
  words: ["genealogy", "계보", "투입"],
  fields: [
    { name: "id", type: "id", label: { ko: "번호", en: "number" } },
    { name: "parent_lot_id", type: "code", label: { ko: "투입 로트", en: "parent lot" } },
    { name: "child_lot_id", type: "code", label: { ko: "산출 로트", en: "child lot" } },
    { name: "quantity", type: "number", label: { ko: "수량", en: "quantity" } },
  ],
};

/**
 * A measurement (value and limits) or an attribute check (sample size, defects) of one characteristic. `defects` counts
 * defective units unless `unit` says nonconformities or 결점: then a unit may have several, and `sample_size` is how
 * many units (or metres, or areas) were inspected. A lot's id may be a phase label for control charts.
 */
export const inspections: RecordSet = {
  name: "inspections",
  label: { ko: "검사", en: "inspections" },
  words: [
    "inspection",
    "inspections",
    "measurement",
    "measurements",
    "quality check",
    "검사",
    "검사결과",
    "검사 결과",
    "측정",
    "측정값",
    "품질검사",
  ],
  timeField: "inspected_at",
  fields: [
    { name: "id", type: "id", label: { ko: "번호", en: "number" } },
    {
      name: "equipment_id",
      type: "equipment",
      label: { ko: "설비", en: "equipment" },
      words: ["machine", "기계", "호기", "장비"],
    },
    { name: "lot_id", type: "code", label: { ko: "로트", en: "lot" } },
    { name: "product", type: "name", label: { ko: "제품", en: "product" }, words: ["item", "품목"] },
    {
      name: "characteristic",
      type: "name",
      label: { ko: "특성", en: "characteristic" },
      words: ["dimension", "치수", "항목", "검사항목"],
    },
    { name: "subgroup", type: "code", label: { ko: "부분군", en: "subgroup" }, words: ["sample", "시료"] },
    { name: "value", type: "number", label: { ko: "측정값", en: "value" } },
    { name: "unit", type: "name", label: { ko: "단위", en: "unit" } },
    { name: "lsl", type: "number", label: { ko: "규격 하한", en: "LSL" } },
    { name: "usl", type: "number", label: { ko: "규격 상한", en: "USL" } },
    { name: "target", type: "number", label: { ko: "목표", en: "target" } },
    { name: "sample_size", type: "number", label: { ko: "시료 수", en: "sample size" } },
    {
      name: "defects",
      type: "number",
      label: { ko: "불량 수", en: "defects" },
      words: ["defect count", "defective", "rejects", "불량수", "불량"],
    },
    { name: "defect_code", type: "code", describedBy: "defect", label: { ko: "불량 코드", en: "defect code" } },
    {
      name: "defect",
      type: "name",
      label: { ko: "불량 유형", en: "defect" },
      words: ["defect type", "불량유형", "불량 종류"],
    },
    {
      name: "result",
      type: "name",
      label: { ko: "판정", en: "result" },
      words: ["pass", "fail", "합격", "불합격", "합부"],
    },
    { name: "inspector", type: "person", label: { ko: "검사자", en: "inspector" } },
    { name: "inspected_at", type: "time", label: { ko: "검사 시각", en: "inspected" } },
  ],
};
