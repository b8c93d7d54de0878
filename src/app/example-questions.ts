import type { MesStore } from "../plant/mes-store.ts";
import type { Row } from "../plant/records.ts";
import type { ExampleQuestion } from "../http/backend.ts";

/** Questions that this plant's own data can answer, in both languages; none where there is no data. */
export async function exampleQuestions(mes: MesStore): Promise<ExampleQuestion[]> {
  const timeZone = "UTC";
  const [alarms, orders, parts] = await Promise.all([
    mes.list({
      records: "events",
      where: [
        { field: "code", op: "not_null" },
        { field: "equipment_id", op: "not_null" },
        { field: "group", op: "contains", value: "alarm" },
      ],
      timeZone,
      limit: 1,
    }),
    mes.aggregate({
      records: "work_orders",
      where: [{ field: "equipment_id", op: "not_null" }],
      measure: { kind: "count" },
      groupBy: [{ field: "equipment_id" }],
      timeZone,
      limit: 1,
    }),
    mes.list({ records: "parts", where: [{ field: "on_hand", op: "not_null" }], timeZone, limit: 1 }),
  ]);
  const busiest = orders.groups[0]?.key[0];
  return [
    ...aboutAlarm(alarms.rows[0]),
    ...(typeof busiest === "string" ? aboutOrders(busiest) : []),
    ...aboutPart(parts.rows[0]),
  ];
}

function aboutAlarm(row: Row | undefined): ExampleQuestion[] {
  if (!row) return [];
  const [machine, code] = [String(row["equipment_id"]), String(row["code"])];
  return [
    { language: "ko", question: `${machine} 알람 ${code} 떴는데 뭐부터 봐야 돼?` },
    { language: "en", question: `${machine} shows alarm ${code}. What should I check first?` },
  ];
}

function aboutOrders(machine: string): ExampleQuestion[] {
  return [
    { language: "ko", question: `올해 ${machine} 작업지시는 몇 건이야?` },
    { language: "en", question: `How many work orders did ${machine} have this year?` },
    { language: "ko", question: `${machine} 고장 간격(MTBF)이 얼마야?` },
    { language: "en", question: `What is the MTBF of ${machine}?` },
  ];
}

function aboutPart(row: Row | undefined): ExampleQuestion[] {
  if (!row) return [];
  const id = String(row["id"]);
  return [
    { language: "ko", question: `${id} 재고 있어?` },
    { language: "en", question: `Is ${id} in stock?` },
  ];
}
