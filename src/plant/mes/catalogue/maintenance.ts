import type { RecordSet } from "../../records.ts";

export const workOrders: RecordSet = {
  name: "work_orders",
  label: { ko: "작업지시", en: "work orders" },
  words: [
    "work order", "work orders", "wo", "wos", "workorder", "workorders", "maintenance record", "maintenance records",
    "repair", "repairs", "maintenance job", "maintenance jobs",
    "작업지시", "작업 지시", "작업지시서", "작업오더", "워크오더", "정비", "정비이력", "정비 이력", "정비건", "수리", "수리이력", "수리 이력", "보전", "오더",
  ],
  timeField: "finished_at",
  fields: [
    { name: "id", type: "id", label: { ko: "번호", en: "number" } },
    { name: "equipment_id", type: "equipment", label: { ko: "설비", en: "equipment" }, words: ["machine", "asset", "unit", "설비별", "기계", "호기", "장비"] },
    { name: "description", type: "text", label: { ko: "내용", en: "description" }, words: ["설명"] },
    { name: "preventive", type: "boolean", label: { ko: "예방정비", en: "preventive" }, words: ["type", "preventive or corrective", "예방", "예방보전", "유형", "종류"] },
    { name: "status", type: "name", label: { ko: "상태", en: "status" }, words: ["state"] },
    { name: "priority", type: "number", label: { ko: "우선순위", en: "priority" }, words: ["work priority", "urgency"] },
    { name: "primary_code", type: "code", describedBy: "primary_code_description", label: { ko: "대분류 코드", en: "primary code" }, words: ["code", "failure code", "primary failure code", "maintenance code", "코드", "고장코드", "고장 코드", "1차 코드", "주 코드", "주코드", "기본 코드", "프라이머리 코드"] },
    { name: "primary_code_description", type: "name", label: { ko: "대분류", en: "primary description" } },
    { name: "secondary_code", type: "code", describedBy: "secondary_code_description", label: { ko: "소분류 코드", en: "secondary code" }, words: ["secondary failure code", "sub code", "subcode", "2차 코드", "세부 코드", "세부코드", "보조 코드"] },
    { name: "secondary_code_description", type: "name", label: { ko: "소분류", en: "secondary description" } },
    { name: "component", type: "name", label: { ko: "부위", en: "component" }, words: ["part of the machine", "collection", "subsystem", "부품별", "부위별", "컴포넌트", "구성품"] },
    { name: "alarm_code", type: "code", label: { ko: "알람", en: "alarm" } },
    { name: "technician", type: "person", label: { ko: "작업자", en: "technician" }, words: ["person", "who", "mechanic", "engineer", "담당자", "정비자", "사람", "누가", "기술자"] },
    { name: "cause", type: "text", label: { ko: "원인", en: "cause" } },
    { name: "remedy", type: "text", label: { ko: "조치", en: "remedy" } },
    { name: "parts", type: "list", label: { ko: "사용 부품", en: "parts used" } },
    { name: "opened_at", type: "time", label: { ko: "발행", en: "opened" } },
    { name: "finished_at", type: "time", label: { ko: "완료", en: "finished" }, words: ["completed", "closed", "actual finish"] },
    { name: "duration_minutes", type: "minutes", label: { ko: "소요 시간", en: "duration" }, words: ["repair time", "time taken", "how long", "수리 시간", "걸린 시간", "작업시간", "작업 시간"] },
    { name: "labor_minutes", type: "minutes", label: { ko: "공수", en: "labour" }, words: ["labor hours", "labour hours", "man hours", "인시", "공수"] },
  ],
};

export const failureCodes: RecordSet = {
  name: "failure_codes",
  label: { ko: "고장 코드", en: "failure codes" },
  words: ["failure code", "failure codes", "code list", "maintenance code", "고장 코드", "고장코드", "코드 목록", "코드표"],
  fields: [
    { name: "id", type: "id", label: { ko: "코드", en: "code" } },
    { name: "description", type: "name", label: { ko: "뜻", en: "meaning" } },
    { name: "parent_code", type: "code", label: { ko: "상위 코드", en: "parent code" }, words: ["primary code", "상위코드", "대분류"] },
    { name: "category", type: "name", label: { ko: "분류", en: "category" }, words: ["class", "group", "카테고리"] },
  ],
};

/** Which code of one list points to which of another: an alert rule to the failure codes it may mean. */
export const codeMaps: RecordSet = {
  name: "code_maps",
  label: { ko: "코드 대응표", en: "code map" },
  words: ["mapping", "code map", "대응표", "매핑"],
  fields: [
    { name: "id", type: "id", label: { ko: "번호", en: "number" } },
    { name: "from_code", type: "code", describedBy: "from_description", label: { ko: "원 코드", en: "from code" } },
    { name: "from_description", type: "name", label: { ko: "원 코드의 뜻", en: "from" } },
    { name: "condition", type: "name", label: { ko: "조건", en: "condition" } },
    { name: "to_code", type: "code", describedBy: "to_description", label: { ko: "대응 코드", en: "to code" } },
    { name: "to_description", type: "name", label: { ko: "대응 코드의 뜻", en: "to" } },
  ],
};

export const parts: RecordSet = {
  name: "parts",
  label: { ko: "예비품", en: "spare parts" },
  words: ["spare part", "spare parts", "parts", "part", "stock", "inventory", "예비품", "부품", "재고", "자재", "스페어", "스페어파트"],
  fields: [
    { name: "id", type: "id", label: { ko: "품번", en: "part number" } },
    { name: "name", type: "name", label: { ko: "품명(영)", en: "name" } },
    { name: "name_ko", type: "name", label: { ko: "품명", en: "Korean name" } },
    { name: "models", type: "list", label: { ko: "적용 기종", en: "fits models" } },
    { name: "on_hand", type: "number", label: { ko: "재고", en: "on hand" }, words: ["stock", "quantity", "수량"] },
    { name: "minimum", type: "number", label: { ko: "최소 재고", en: "minimum" } },
    { name: "location", type: "name", label: { ko: "위치", en: "location" }, words: ["shelf", "창고", "선반"] },
    { name: "lead_time_days", type: "number", label: { ko: "납기(일)", en: "lead time (days)" } },
    { name: "supplier", type: "name", label: { ko: "공급처", en: "supplier" } },
  ],
};

export const people: RecordSet = {
  name: "people",
  label: { ko: "사람", en: "people" },
  words: ["people", "technicians", "staff", "작업자", "직원", "사람"],
  fields: [
    { name: "id", type: "id", label: { ko: "사번", en: "id" } },
    { name: "name", type: "name", label: { ko: "이름", en: "name" } },
    { name: "role", type: "name", label: { ko: "역할", en: "role" } },
    { name: "skills", type: "list", label: { ko: "담당 기종", en: "skills" } },
    { name: "phone", type: "text", label: { ko: "연락처", en: "phone" } },
    { name: "leaves_at", type: "time", label: { ko: "퇴직 예정", en: "leaves" } },
  ],
};
