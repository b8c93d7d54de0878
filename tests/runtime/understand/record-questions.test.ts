import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../src/db/database.ts";
import type { Condition } from "../../../src/plant/records.ts";
import type { RecordsQuestion } from "../../../src/tools/records/query.ts";
import { openTestDatabase } from "../../support/database.ts";
import { createReader, type Reader } from "./reader.ts";

let database: Database;
let read: Reader;
beforeAll(async () => {
  database = await openTestDatabase();
  read = await createReader(database);
});
afterAll(() => database.close());

/** Midnight in Paris. */
const day = (date: string): Date => new Date(`${date}T00:00:00${/-(?:0[4-9]|10)-/.test(date) ? "+02:00" : "+01:00"}`);
const between = (field: string, from: string, to: string): Condition[] => [
  { field, op: "gte", value: day(from) },
  { field, op: "lt", value: day(to) },
];
const is = (field: string, value: string | boolean): Condition => ({ field, op: "eq", value });
const isIn = (field: string, ...value: string[]): Condition => ({ field, op: "in", value });
const year2025 = (field: string): Condition[] => between(field, "2025-01-01", "2026-01-01");
const march = (field: string): Condition[] => between(field, "2025-03-01", "2025-04-01");
const count = { kind: "count" } as const;
const ovens = isIn("equipment_id", "OV-01", "OV-02", "OV-03");

type Case = { asked: string[]; means: RecordsQuestion };
const cases: Record<string, Case[]> = {
  counts: [
    {
      asked: [
        "How many work orders did OV-01 have in 2025?",
        "OV-01의 2025년 작업지시는 몇 건이야?",
        "number of work orders for oven 1 in 2025",
      ],
      means: {
        records: "work_orders",
        where: [is("equipment_id", "OV-01"), ...year2025("finished_at")],
        measure: count,
      },
    },
    {
      asked: ["How many of the work orders of oven 1 in 2025 were preventive?", "오븐 1호기 2025년 예방정비 몇 건?"],
      means: {
        records: "work_orders",
        where: [is("equipment_id", "OV-01"), ...year2025("finished_at"), is("preventive", true)],
        measure: count,
      },
    },
    {
      asked: ["how many corrective work orders in March 2025", "2025년 3월 사후정비 건수"],
      means: { records: "work_orders", where: [...march("finished_at"), is("preventive", false)], measure: count },
    },
    {
      asked: ["how many warnings did the ovens have last week"],
      means: {
        records: "events",
        where: [ovens, ...between("started_at", "2025-03-03", "2025-03-10"), is("group", "WARNING")],
        measure: count,
      },
    },
    {
      asked: ["how many events were there on 2025-03-10", "2025-03-10에 이벤트 몇 건 있었어?"],
      means: { records: "events", where: between("started_at", "2025-03-10", "2025-03-11"), measure: count },
    },
    {
      asked: ["제빵동 3월 알람 몇 건", "how many alarms did the baking hall have in March 2025"],
      means: { records: "events", where: [ovens, ...march("started_at"), is("group", "ALARM")], measure: count },
    },
  ],
  "days, sums and averages": [
    {
      asked: [
        "On how many days in March 2025 did oven 1 have an alarm?",
        "2025년 3월에 오븐 1호기에 알람이 있었던 날은 며칠이야?",
      ],
      means: {
        records: "events",
        where: [is("equipment_id", "OV-01"), ...march("started_at"), is("group", "ALARM")],
        measure: { kind: "distinct", field: "started_at", bucket: "day" },
      },
    },
    {
      asked: ["how long was OV-01 down in March 2025", "오븐 1호기 3월 비가동 시간 합계"],
      means: {
        records: "downtimes",
        where: [is("equipment_id", "OV-01"), ...march("started_at")],
        measure: { kind: "sum", field: "duration_minutes" },
      },
    },
    {
      asked: ["average repair time on OV-01", "오븐 1호기 평균 수리 시간"],
      means: {
        records: "work_orders",
        where: [is("equipment_id", "OV-01")],
        measure: { kind: "avg", field: "duration_minutes" },
      },
    },
    {
      asked: ["defects of Rye loaf in March 2025", "2025년 3월 Rye loaf 불량 몇 개야"],
      means: {
        records: "inspections",
        where: [...march("inspected_at"), is("product", "Rye loaf")],
        measure: { kind: "sum", field: "defects" },
      },
    },
  ],
  groupings: [
    {
      asked: [
        "Work orders of 2025 by primary code",
        "2025년 작업지시를 코드별로 보여줘",
        "2025년 작업지시 대분류 코드별 분포",
      ],
      means: {
        records: "work_orders",
        where: year2025("finished_at"),
        measure: count,
        groupBy: [{ field: "primary_code" }],
      },
    },
    {
      asked: ["work orders by machine", "설비별 작업지시 건수"],
      means: { records: "work_orders", where: [], measure: count, groupBy: [{ field: "equipment_id" }] },
    },
    {
      asked: ["alarms per month in 2025", "2025년 알람 월별 건수"],
      means: {
        records: "events",
        where: [...year2025("started_at"), is("group", "ALARM")],
        measure: count,
        groupBy: [{ field: "started_at", bucket: "month" }],
      },
    },
    {
      asked: ["events of OV-01 in March 2025 by group", "2025년 3월 오븐 1호기 이벤트를 종류별로"],
      means: {
        records: "events",
        where: [is("equipment_id", "OV-01"), ...march("started_at")],
        measure: count,
        groupBy: [{ field: "group" }],
      },
    },
    {
      asked: ["which machine had the most alarms in March 2025", "2025년 3월에 알람이 가장 많은 설비는?"],
      means: {
        records: "events",
        where: [...march("started_at"), is("group", "ALARM")],
        measure: count,
        groupBy: [{ field: "equipment_id" }],
      },
    },
    {
      asked: ["work orders by technician in 2025", "2025년에 작업지시를 가장 많이 처리한 사람은 누구야?"],
      means: {
        records: "work_orders",
        where: year2025("finished_at"),
        measure: count,
        groupBy: [{ field: "technician" }],
      },
    },
    {
      asked: ["work orders of mixer 11 and mixer 12 in 2025", "믹서 11호기와 12호기 2025년 작업지시 비교"],
      means: {
        records: "work_orders",
        where: [isIn("equipment_id", "MX-11", "MX-12"), ...year2025("finished_at")],
        measure: count,
        groupBy: [{ field: "equipment_id" }],
      },
    },
    {
      asked: ["preventive versus corrective in 2025", "예방 정비와 사후 정비 비율 2025년"],
      means: {
        records: "work_orders",
        where: year2025("finished_at"),
        measure: count,
        groupBy: [{ field: "preventive" }],
      },
    },
  ],
  "calendar units": [
    {
      asked: ["요일별 알람", "alarms by weekday"],
      means: {
        records: "events",
        where: [is("group", "ALARM")],
        measure: count,
        groupBy: [{ field: "started_at", bucket: "weekday" }],
      },
    },
    {
      asked: ["2025년 1분기 작업지시 수", "number of work orders in Q1 2025"],
      means: { records: "work_orders", where: between("finished_at", "2025-01-01", "2025-04-01"), measure: count },
    },
  ],
  "values of the plant's own records": [
    {
      asked: ["How many work orders about the drive belt?", "구동 벨트 작업지시 몇 건이야"],
      means: { records: "work_orders", where: [is("primary_code", "BL")], measure: count },
    },
    {
      asked: ["Which work orders did Marta Weiss do?", "Marta Weiss 작업지시 보여줘"],
      means: { records: "work_orders", where: [is("technician", "Marta Weiss")] },
    },
    {
      asked: ['how many times did "Deck too cold" occur'],
      means: { records: "events", where: [is("code", "E21")], measure: count },
    },
    {
      asked: ["how often did E21 come up in 2025 on OV-01", "OV-01에 2025년에 E21 몇 번 떴어"],
      means: {
        records: "events",
        where: [is("equipment_id", "OV-01"), ...year2025("started_at"), is("code", "E21")],
        measure: count,
      },
    },
    {
      asked: ["how many orders for Hotel Post", "Hotel Post 오더 몇 건"],
      means: { records: "job_orders", where: [is("customer", "Hotel Post")], measure: count },
    },
    {
      asked: ["orders due this week", "이번 주 납기 오더"],
      means: { records: "job_orders", where: between("due_at", "2025-03-10", "2025-03-17") },
    },
  ],
  "rows in an order": [
    {
      asked: ["list the last 3 work orders of OV-01"],
      means: {
        records: "work_orders",
        where: [is("equipment_id", "OV-01")],
        orderBy: { field: "finished_at", direction: "desc" },
        limit: 3,
      },
    },
    {
      asked: ["the longest work order on OV-01", "오븐 1호기에서 가장 오래 걸린 작업지시"],
      means: {
        records: "work_orders",
        where: [is("equipment_id", "OV-01")],
        orderBy: { field: "duration_minutes", direction: "desc" },
        limit: 3,
      },
    },
  ],
};

for (const [kind, list] of Object.entries(cases))
  describe(kind, () => {
    it.each(list.flatMap(({ asked, means }) => asked.map((text) => [text, means] as const)))(
      "%j",
      async (text, means) => {
        const understood = await read(text);
        expect({ intent: understood.intent, records: understood.records }).toEqual({
          intent: "records",
          records: means,
        });
      },
    );
  });
