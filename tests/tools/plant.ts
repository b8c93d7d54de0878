import type { Ctx, Language } from "../../src/core/context.ts";
import type { Proposal } from "../../src/core/run-event.ts";
import { defaultShifts } from "../../src/core/periods/period.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { createDirectoryCache } from "../../src/plant/directory/create-directory.ts";
import { createMemoryMesStore, type MemoryPlant } from "../../src/plant/mes/memory-mes-store.ts";
import type { Row } from "../../src/plant/records.ts";
import type { Tag } from "../../src/plant/sensor-store.ts";
import { createMemorySensorStore } from "../../src/plant/sensors/memory-sensor-store.ts";
import { createToolRegistry, runTool } from "../../src/tools/registry.ts";
import type { ProposalDraft, ToolContext } from "../../src/tools/tool.ts";

// A small plant of its own: two mills of one model, an old press without sensors.

/** 2026-11-21 10:00 in Seoul. */
export const now = new Date("2026-11-21T01:00:00Z");
export const hoursAgo = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
export const daysAgo = (days: number): Date => hoursAgo(days * 24);

const machine = (
  id: string,
  model: string | null,
  kind: string,
  name: string,
  nameKo: string,
  aliases: string[] = [],
): Row => ({
  source: "sample",
  id,
  name,
  name_ko: nameKo,
  aliases,
  class: kind,
  model,
  level: "work_unit",
  parent_id: "HALL",
});

const workOrder = (id: string, row: Row): Row => ({
  source: "sample",
  id,
  preventive: false,
  status: "closed",
  ...row,
});

export function plantRecords(): MemoryPlant {
  return {
    samples: ["sample"],
    records: {
      equipment: [
        { source: "sample", id: "SITE", name: "Works", name_ko: "공장", aliases: [], level: "site", parent_id: null },
        {
          source: "sample",
          id: "HALL",
          name: "Milling hall",
          name_ko: "밀링동",
          aliases: [],
          level: "area",
          parent_id: "SITE",
        },
        machine("MILL-01", "VM-9", "milling_machine", "Mill 1", "밀링 1호기", ["일호 밀링", "쌍둥이"]),
        machine("MILL-02", "VM-9", "milling_machine", "Mill 2", "밀링 2호기", ["쌍둥이"]),
        machine("HPR-01", "HX-2", "hydraulic_press", "Old press", "구형 프레스"),
      ],
      people: [{ source: "sample", id: "P-1", name: "김선배" }],
      failure_codes: [
        { source: "sample", id: "VIB", description: "진동 과다", parent_code: null },
        { source: "sample", id: "VIB-1", description: "베어링 마모", parent_code: "VIB" },
      ],
      work_orders: [
        workOrder("WO-1", {
          equipment_id: "MILL-01",
          description: "주축 진동 알람 2042",
          alarm_code: "2042",
          primary_code: "VIB",
          secondary_code: "VIB-1",
          technician: "P-1",
          cause: "전방 베어링 마모",
          remedy: "베어링 교체",
          parts: ["VM-SB-70"],
          opened_at: daysAgo(200),
          finished_at: daysAgo(200),
          duration_minutes: 180,
        }),
        workOrder("WO-2", {
          equipment_id: "MILL-02",
          description: "진동 알람",
          alarm_code: "2042",
          primary_code: "VIB",
          technician: "이초보",
          cause: "원인 모름",
          remedy: "재가동",
          opened_at: daysAgo(20),
          finished_at: daysAgo(20),
          duration_minutes: 480,
        }),
        workOrder("WO-3", {
          equipment_id: "MILL-01",
          description: "절삭유 보충",
          technician: "P-1",
          remedy: "보충",
          opened_at: daysAgo(10),
          finished_at: daysAgo(10),
          duration_minutes: 20,
        }),
        workOrder("WO-4", {
          equipment_id: "MILL-01",
          preventive: true,
          description: "월 점검, 진동 확인",
          technician: "P-1",
          opened_at: daysAgo(30),
          finished_at: daysAgo(30),
          duration_minutes: 60,
        }),
        workOrder("WO-5", {
          equipment_id: "MILL-01",
          status: "open",
          description: "도어 스위치 점검",
          opened_at: hoursAgo(5),
        }),
      ],
      events: [
        {
          source: "sample",
          id: "E1",
          equipment_id: "MILL-01",
          group: "alarm",
          code: "2042",
          description: "주축 진동 높음",
          started_at: hoursAgo(3),
          ended_at: hoursAgo(2),
        },
        {
          source: "sample",
          id: "E2",
          equipment_id: "MILL-01",
          group: "alarm",
          code: "2042",
          description: "주축 진동 높음",
          started_at: hoursAgo(1),
          ended_at: null,
        },
        {
          source: "sample",
          id: "E3",
          equipment_id: "MILL-02",
          group: "warning",
          code: "3010",
          description: "절삭유 부족",
          started_at: daysAgo(3),
          ended_at: daysAgo(3),
        },
        {
          source: "sample",
          id: "E4",
          equipment_id: "MILL-01",
          group: "WORK_ORDER",
          code: "MT1",
          description: "routine",
          started_at: hoursAgo(4),
          ended_at: null,
        },
      ],
      downtimes: [
        {
          source: "sample",
          id: "D1",
          equipment_id: "MILL-01",
          reason_code: "BRK",
          reason: "설비 고장",
          planned: false,
          started_at: hoursAgo(6),
          ended_at: hoursAgo(4),
          duration_minutes: 120,
        },
        {
          source: "sample",
          id: "D2",
          equipment_id: "MILL-01",
          reason_code: "SET",
          reason: "셋업",
          planned: true,
          started_at: hoursAgo(9),
          ended_at: hoursAgo(8.5),
          duration_minutes: 30,
        },
        {
          source: "sample",
          id: "D3",
          equipment_id: "HPR-01",
          reason_code: "BRK",
          reason: "설비 고장",
          planned: false,
          started_at: daysAgo(2),
          ended_at: null,
          duration_minutes: null,
        },
      ],
      job_orders: [
        {
          source: "sample",
          id: "JO-1",
          equipment_id: "MILL-01",
          product: "하우징",
          customer: "가나전자",
          status: "running",
          quantity_planned: 100,
          quantity_good: 50,
          cycle_time_seconds: 144,
          started_at: hoursAgo(2),
          planned_start_at: hoursAgo(2),
          planned_end_at: hoursAgo(-2),
          due_at: hoursAgo(-5),
        },
        {
          source: "sample",
          id: "JO-2",
          equipment_id: "MILL-01",
          product: "하우징",
          customer: "다라모터",
          status: "planned",
          quantity_planned: 50,
          cycle_time_seconds: 144,
          planned_start_at: hoursAgo(-3),
          planned_end_at: hoursAgo(-5),
          due_at: hoursAgo(-6),
        },
        {
          source: "sample",
          id: "JO-3",
          equipment_id: "MILL-02",
          product: "블록",
          status: "running",
          quantity_planned: 10,
          quantity_good: 5,
          cycle_time_seconds: 720,
          started_at: hoursAgo(1),
          planned_start_at: hoursAgo(1),
          planned_end_at: hoursAgo(-1),
          due_at: hoursAgo(-20),
        },
        {
          source: "sample",
          id: "JO-0",
          equipment_id: "MILL-01",
          product: "블록",
          status: "completed",
          started_at: daysAgo(2),
          ended_at: daysAgo(1),
          planned_start_at: daysAgo(2),
          planned_end_at: daysAgo(1),
          due_at: daysAgo(0.5),
        },
      ],
      lots: [
        {
          source: "sample",
          id: "HS-260",
          material: "하우징",
          quantity: 100,
          unit: "EA",
          equipment_id: "MILL-01",
          produced_at: hoursAgo(20),
        },
        {
          source: "sample",
          id: "HS-261",
          material: "하우징",
          quantity: 80,
          unit: "EA",
          equipment_id: "MILL-01",
          produced_at: hoursAgo(4),
        },
      ],
      inspections: [
        {
          source: "sample",
          id: "I1",
          equipment_id: "MILL-01",
          product: "하우징",
          defects: 6,
          defect_code: "NG-1",
          defect: "버 잔류",
          sample_size: 100,
          result: "fail",
          inspected_at: hoursAgo(5),
        },
        {
          source: "sample",
          id: "I2",
          equipment_id: "MILL-01",
          product: "하우징",
          defects: 3,
          defect_code: "NG-2",
          defect: "찍힘",
          sample_size: 100,
          result: "fail",
          inspected_at: hoursAgo(4),
        },
        {
          source: "sample",
          id: "I3",
          equipment_id: "MILL-02",
          product: "블록",
          defects: 1,
          defect_code: "NG-1",
          defect: "버 잔류",
          sample_size: 50,
          result: "pass",
          inspected_at: daysAgo(4),
        },
      ],
      parts: [
        {
          source: "sample",
          id: "VM-SB-70",
          name: "Spindle bearing set",
          name_ko: "주축 베어링 세트",
          models: ["VM-9"],
          on_hand: 1,
          minimum: 2,
          location: "A-3",
          lead_time_days: 21,
          supplier: "부품상회",
        },
        {
          source: "sample",
          id: "VM-SB-72",
          name: "Rear bearing",
          name_ko: "후방 베어링",
          models: ["VM-9"],
          on_hand: 3,
          minimum: 1,
          location: "A-4",
          lead_time_days: 21,
        },
        {
          source: "sample",
          id: "HX-PK-1",
          name: "Packing",
          name_ko: "패킹",
          models: ["HX-2"],
          on_hand: 0,
          minimum: 1,
          location: "C-1",
          lead_time_days: 5,
        },
      ],
    },
  };
}

export const tags: Tag[] = [
  {
    id: "MILL-01.spindle_vibration",
    equipmentId: "MILL-01",
    name: "Spindle vibration",
    nameKo: "주축 진동",
    aliases: ["진동"],
    unit: "mm/s",
    normalLow: 0.8,
    normalHigh: 2.2,
    alarmLow: null,
    alarmHigh: 4.5,
    source: "sample",
  },
  {
    id: "MILL-01.coolant_level",
    equipmentId: "MILL-01",
    name: "Coolant level",
    nameKo: "절삭유 레벨",
    aliases: [],
    unit: "%",
    normalLow: 45,
    normalHigh: 95,
    alarmLow: 15,
    alarmHigh: null,
    source: "sample",
  },
  {
    id: "MILL-02.spindle_vibration",
    equipmentId: "MILL-02",
    name: "Spindle vibration",
    nameKo: "주축 진동",
    aliases: [],
    unit: "mm/s",
    normalLow: 0.8,
    normalHigh: 2.2,
    alarmLow: null,
    alarmHigh: 4.5,
    source: "sample",
  },
];

export type TestPlant = {
  context: ToolContext;
  drafts: ProposalDraft[];
  run: (name: string, input: unknown) => ReturnType<typeof runTool>;
  sensors: ReturnType<typeof createMemorySensorStore>;
};

/** No knowledge unless given: a tool that would reach for it fails loudly. */
export function openPlant(
  options: { language?: Language; knowledge?: Knowledge; records?: MemoryPlant } = {},
): TestPlant {
  const mes = createMemoryMesStore(options.records ?? plantRecords());
  const sensors = createMemorySensorStore(tags);
  const ctx: Ctx = {
    actor: { id: "u1", name: "박기사", roles: ["technician"], door: "test" },
    timeZone: "Asia/Seoul",
    now: () => now,
  };
  const drafts: ProposalDraft[] = [];
  const context: ToolContext = {
    ctx,
    language: options.language ?? "ko",
    mes,
    sensors,
    directory: createDirectoryCache({ mes, translate: () => [] }),
    knowledge: options.knowledge ?? (null as unknown as Knowledge), // see above
    shifts: defaultShifts,
    propose: async (draft) => {
      drafts.push(draft);
      const proposal: Proposal = {
        id: `PR-${drafts.length}`,
        kind: draft.kind,
        text: draft.text,
        status: "pending",
        runId: null,
        equipmentId: draft.equipmentId,
      };
      return proposal;
    },
  };
  const registry = createToolRegistry();
  return { context, drafts, sensors, run: (name, input) => runTool(registry, name, input, context) };
}

/** The error that a promise rejects with. */
export async function failure(
  promise: Promise<unknown>,
): Promise<{ code: string; message: string; fix?: string; details: { path?: string; message: string }[] }> {
  return await promise.then(
    () => {
      throw new Error("It did not reject.");
    },
    (thrown) => thrown,
  );
}
