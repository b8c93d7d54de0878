import type { RecordSetName, Row } from "../../src/plant/records.ts";

export type MesRecords = Partial<Record<RecordSetName, Row[]>>;

export const at = (iso: string) => new Date(iso);

/** Rows of source "plant", which is a sample; chosen for null fields, zones, repeats and odd characters. */
export const records: MesRecords = {
  equipment: [
    { id: "M-2", name: "Second machine", class: "press", level: "work_unit", parent_id: "LINE" },
    {
      id: "M-1",
      name: "First machine",
      name_ko: "일호기",
      aliases: ["one", '큰 "놈"', "a,b\\c"],
      class: "lathe",
      model: "L-1",
    },
    { id: "LINE", name_ko: "라인", level: "work_center" },
  ],
  failure_codes: [{ id: "C1", description: "Cracked" }],
  work_orders: [
    {
      id: "W1",
      equipment_id: "M-1",
      preventive: true,
      priority: 3,
      primary_code: "C1",
      primary_code_description: "Cracked",
      parts: ["P1", "P2"],
      finished_at: at("2020-06-30T15:30:00Z"),
      duration_minutes: 30,
    },
    {
      id: "W2",
      equipment_id: "M-1",
      preventive: false,
      priority: 1,
      primary_code: "C2",
      primary_code_description: "Leak",
      parts: ["P2"],
      finished_at: at("2020-06-30T14:30:00Z"),
      duration_minutes: 90,
    },
    {
      id: "W3",
      equipment_id: "M-2",
      preventive: true,
      priority: 2,
      primary_code: "C1",
      description: "Öl 100% gewechselt, Filter_neu",
      parts: [],
      finished_at: at("2021-01-03T12:00:00Z"),
    },
    {
      id: "W4",
      equipment_id: "M-2",
      description: "오일 교환",
      primary_code: "C1",
      primary_code_description: "Cracking",
      opened_at: at("2021-01-01T00:00:00Z"),
    },
    {
      id: "W5",
      equipment_id: "M-1",
      preventive: true,
      priority: 2.5,
      technician: "Kim",
      finished_at: at("2020-12-31T23:59:59.999Z"),
      duration_minutes: 0.5,
    },
  ],
  events: [
    // New York: clocks go back on 2020-11-01 06:00 UTC, forward on 2020-03-08 07:00 UTC.
    { id: "E1", equipment_id: "M-1", group: "ALERT", code: "9", started_at: at("2020-11-01T05:30:00Z") },
    { id: "E2", equipment_id: "M-1", group: "ALERT", code: "9", started_at: at("2020-11-01T06:30:00Z") },
    {
      id: "E3",
      equipment_id: "M-1",
      group: "ALERT",
      code: "10",
      description: "Low flow",
      started_at: at("2020-11-02T04:59:00Z"),
    },
    {
      id: "E4",
      equipment_id: "M-1",
      group: "ANOMALY",
      code: "10",
      started_at: at("2020-03-08T06:59:00Z"),
      ended_at: at("2020-03-08T07:01:30Z"),
    },
    {
      id: "E5",
      equipment_id: "M-2",
      group: "ANOMALY",
      started_at: at("2020-03-08T07:00:00Z"),
      ended_at: at("2020-03-08T08:00:00Z"),
      duration_minutes: 7,
    },
    { id: "E6", equipment_id: "M-2" },
  ],
};
