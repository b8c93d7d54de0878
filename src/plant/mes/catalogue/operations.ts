import type { RecordSet } from "../../records.ts";

export const equipment: RecordSet = {
  name: "equipment",
  label: { ko: "설비", en: "equipment" },
  words: ["equipment", "machine", "machines", "asset", "assets", "설비", "기계", "장비"],
  fields: [
    { name: "id", type: "id", label: { ko: "설비번호", en: "id" } },
    { name: "name", type: "name", label: { ko: "이름(영)", en: "name" } },
    { name: "name_ko", type: "name", label: { ko: "이름", en: "Korean name" } },
    { name: "aliases", type: "list", label: { ko: "별명", en: "aliases" } },
    { name: "class", type: "name", label: { ko: "종류", en: "kind" }, words: ["class", "type"] },
    { name: "model", type: "name", label: { ko: "기종", en: "model" } },
    { name: "maker", type: "name", label: { ko: "제조사", en: "maker" } },
    { name: "level", type: "name", label: { ko: "계층", en: "level" } },
    { name: "parent_id", type: "equipment", label: { ko: "상위", en: "parent" } },
    { name: "year", type: "number", label: { ko: "도입 연도", en: "year" } },
    { name: "criticality", type: "name", label: { ko: "중요도", en: "criticality" } },
  ],
};

export const tags: RecordSet = {
  name: "tags",
  label: { ko: "센서 태그", en: "sensor tags" },
  words: ["tag", "tags", "sensor", "sensors", "센서", "태그"],
  fields: [
    { name: "id", type: "id", label: { ko: "태그", en: "tag" } },
    { name: "equipment_id", type: "equipment", label: { ko: "설비", en: "equipment" } },
    { name: "name", type: "name", label: { ko: "이름(영)", en: "name" } },
    { name: "name_ko", type: "name", label: { ko: "이름", en: "Korean name" } },
    { name: "aliases", type: "list", label: { ko: "별명", en: "aliases" } },
    { name: "unit", type: "name", label: { ko: "단위", en: "unit" } },
    { name: "normal_low", type: "number", label: { ko: "정상 하한", en: "normal low" } },
    { name: "normal_high", type: "number", label: { ko: "정상 상한", en: "normal high" } },
    { name: "alarm_low", type: "number", label: { ko: "알람 하한", en: "alarm low" } },
    { name: "alarm_high", type: "number", label: { ko: "알람 상한", en: "alarm high" } },
  ],
};

export const events: RecordSet = {
  name: "events",
  label: { ko: "이벤트", en: "events" },
  words: ["event", "events", "이벤트", "발생 이력", "사건"],
  timeField: "started_at",
  fields: [
    { name: "id", type: "id", label: { ko: "번호", en: "number" } },
    { name: "equipment_id", type: "equipment", label: { ko: "설비", en: "equipment" }, words: ["machine", "asset", "unit", "기계", "호기", "장비"] },
    { name: "group", type: "name", label: { ko: "구분", en: "group" }, words: ["event group", "kind", "그룹", "종류", "유형"] },
    { name: "category", type: "name", label: { ko: "분류", en: "category" }, words: ["event category", "카테고리"] },
    { name: "code", type: "code", describedBy: "description", label: { ko: "코드", en: "code" }, words: ["rule", "alarm code", "event type", "rule id", "룰", "규칙", "알람코드", "알람 코드"] },
    { name: "description", type: "name", label: { ko: "내용", en: "description" }, words: ["message", "메시지"] },
    { name: "severity", type: "name", label: { ko: "등급", en: "severity" }, words: ["심각도"] },
    { name: "value", type: "number", label: { ko: "값", en: "value" } },
    { name: "lower_bound", type: "number", label: { ko: "하한", en: "lower bound" } },
    { name: "upper_bound", type: "number", label: { ko: "상한", en: "upper bound" } },
    { name: "score", type: "number", label: { ko: "점수", en: "score" }, words: ["anomaly score"] },
    { name: "started_at", type: "time", label: { ko: "발생", en: "started" } },
    { name: "ended_at", type: "time", label: { ko: "해제", en: "ended" } },
    { name: "duration_minutes", type: "minutes", label: { ko: "지속 시간", en: "duration" }, words: ["how long", "지속시간"] },
  ],
};

export const downtimes: RecordSet = {
  name: "downtimes",
  label: { ko: "비가동", en: "downtime" },
  words: ["downtime", "downtimes", "stop", "stops", "stoppage", "stoppages", "비가동", "비가동시간", "정지", "멈춤", "다운타임", "고장 시간", "데마찌"],
  timeField: "started_at",
  fields: [
    { name: "id", type: "id", label: { ko: "번호", en: "number" } },
    { name: "equipment_id", type: "equipment", label: { ko: "설비", en: "equipment" }, words: ["machine", "기계", "호기", "장비"] },
    { name: "reason_code", type: "code", describedBy: "reason", label: { ko: "사유 코드", en: "reason code" } },
    { name: "reason", type: "name", label: { ko: "사유", en: "reason" }, words: ["cause", "원인"] },
    { name: "planned", type: "boolean", label: { ko: "계획", en: "planned" } },
    { name: "started_at", type: "time", label: { ko: "시작", en: "started" } },
    { name: "ended_at", type: "time", label: { ko: "끝", en: "ended" } },
    { name: "duration_minutes", type: "minutes", label: { ko: "시간", en: "duration" }, words: ["how long", "length"] },
  ],
};

export const jobOrders: RecordSet = {
  name: "job_orders",
  label: { ko: "생산오더", en: "job orders" },
  words: ["job order", "job orders", "production order", "production orders", "order", "orders", "생산오더", "생산 오더", "생산지시", "생산 지시", "수주", "주문"],
  timeField: "planned_start_at",
  fields: [
    { name: "id", type: "id", label: { ko: "오더 번호", en: "order" } },
    { name: "equipment_id", type: "equipment", label: { ko: "설비", en: "equipment" }, words: ["machine", "기계", "호기", "장비"] },
    { name: "product", type: "name", label: { ko: "제품", en: "product" }, words: ["item", "품목"] },
    { name: "customer", type: "name", label: { ko: "고객", en: "customer" }, words: ["고객사", "거래처"] },
    { name: "lot_id", type: "code", label: { ko: "로트", en: "lot" } },
    { name: "status", type: "name", label: { ko: "상태", en: "status" } },
    { name: "quantity_planned", type: "number", label: { ko: "계획 수량", en: "planned" } },
    { name: "quantity_good", type: "number", label: { ko: "양품", en: "good" }, words: ["good parts", "output", "생산량", "양품수"] },
    { name: "quantity_scrap", type: "number", label: { ko: "불량", en: "scrap" }, words: ["scrap", "불량수", "폐기"] },
    { name: "cycle_time_seconds", type: "number", label: { ko: "표준 사이클(초)", en: "ideal cycle (s)" } },
    { name: "planned_start_at", type: "time", label: { ko: "계획 시작", en: "planned start" } },
    { name: "planned_end_at", type: "time", label: { ko: "계획 끝", en: "planned end" } },
    { name: "started_at", type: "time", label: { ko: "시작", en: "started" } },
    { name: "ended_at", type: "time", label: { ko: "끝", en: "ended" } },
    { name: "due_at", type: "time", label: { ko: "납기", en: "due" }, words: ["due date", "납기일"] },
  ],
};
