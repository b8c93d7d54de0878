import type { Equipment } from "../../src/plant/mes-store.ts";
import type { MemoryPlant } from "../../src/plant/mes/memory-mes-store.ts";
import type { Row, Value } from "../../src/plant/records.ts";
import type { Tag } from "../../src/plant/sensor-store.ts";

// Another plant than the sample: a bakery with ovens, mixers and a packer, in both languages. Nothing in src knows it.

const source = "bakery-erp";
type Machine = {
  id: string;
  name: string;
  ko: string;
  parent: string;
  kind?: string;
  model?: string;
  aliases?: string[];
};

const machine = ({ id, name, ko, parent, kind, model, aliases }: Machine): Row => ({
  source,
  id,
  name,
  name_ko: ko,
  aliases: aliases ?? [],
  class: kind ?? null,
  model: model ?? null,
  level: "work_unit",
  parent_id: parent,
});
const area = (id: string, name: string, ko: string, level: string, parent: string | null): Row => ({
  ...{ source, id, name, name_ko: ko, aliases: [], level, parent_id: parent },
});

const oven = { parent: "BAKE", kind: "deck_oven", model: "DX-400" };
const mixer = { parent: "DOUGH", kind: "spiral_mixer", model: "SP-80" };
export const equipment: Row[] = [
  area("BREAD", "Bread works", "빵공장", "site", null),
  area("BAKE", "Baking hall", "제빵동", "area", "BREAD"),
  area("DOUGH", "Dough room", "반죽실", "area", "BREAD"),
  machine({ ...oven, id: "OV-01", name: "Oven 1", ko: "오븐 1호기", aliases: ["쌍둥이 오븐"] }),
  machine({ ...oven, id: "OV-02", name: "Oven 2", ko: "오븐 2호기", aliases: ["쌍둥이 오븐"] }),
  machine({ ...oven, id: "OV-03", name: "Oven 3", ko: "오븐 3호기", aliases: ["큰솥"] }),
  machine({ ...mixer, id: "MX-11", name: "Mixer 11", ko: "믹서 11호기" }),
  machine({ ...mixer, id: "MX-12", name: "Mixer 12", ko: "믹서 12호기" }),
  machine({
    id: "PACK-5",
    name: "Flow packer",
    ko: "플로우 포장기",
    parent: "BREAD",
    kind: "flow_packer",
    model: "FP-9",
  }),
];

const at = (text: string): Date => new Date(`${text}:00+01:00`);
const order = (id: string, on: string, more: Row): Row => ({
  ...{ source, id, equipment_id: "OV-01", preventive: false, status: "closed" },
  ...{ opened_at: at(`${on}T06:00`), finished_at: at(`${on}T08:00`), duration_minutes: 90, ...more },
});
const heat = { primary_code: "HT", primary_code_description: "Heating element", secondary_code: "HT2" };
const belt = { primary_code: "BL", primary_code_description: "Drive belt" };
const seal = { primary_code: "SL", primary_code_description: "Door seal" };
const workOrders: Row[] = [
  order("WO-501", "2025-02-03", { ...heat, technician: "Marta Weiss", description: "Lower deck cold" }),
  order("WO-502", "2025-03-11", { ...heat, technician: "Jonas Beck", duration_minutes: 30, description: "Fuse" }),
  order("WO-503", "2025-03-20", { ...seal, preventive: true, technician: "Marta Weiss", description: "Seal check" }),
  order("WO-504", "2025-04-02", { ...seal, equipment_id: "OV-02", preventive: true, description: "Seal check" }),
  order("WO-505", "2025-04-09", {
    ...belt,
    equipment_id: "MX-11",
    technician: "Jonas Beck",
    description: "Belt slips",
  }),
  order("WO-506", "2025-09-01", {
    ...belt,
    equipment_id: "MX-12",
    status: "open",
    finished_at: null,
    description: "Noise",
  }),
];
const event = (id: string, on: string, more: Row): Row => ({
  ...{
    source,
    id,
    equipment_id: "OV-01",
    started_at: at(on),
    group: "ALARM",
    code: "E21",
    description: "Deck too cold",
  },
  ...more,
});
const events: Row[] = [
  event("EV-1", "2025-03-10T05:10", {}),
  event("EV-2", "2025-03-10T09:00", { group: "WARNING", code: "W03", description: "Steam pressure low" }),
  event("EV-3", "2025-03-12T05:10", {}),
  event("EV-4", "2025-03-12T06:00", { equipment_id: "OV-02" }),
  event("EV-5", "2025-04-12T06:00", { equipment_id: "MX-11", code: "M07", description: "Bowl overload" }),
];

const rows = (all: Record<string, Value>[]): Row[] => all.map((row) => ({ source, ...row }));
export const bakery: MemoryPlant = {
  records: {
    equipment,
    work_orders: workOrders,
    events,
    failure_codes: rows([
      { id: "HT", description: "Heating element", category: "electrical" },
      { id: "HT2", description: "Broken lower coil", parent_code: "HT", category: "electrical" },
      { id: "BL", description: "Drive belt", category: "mechanical" },
      { id: "SL", description: "Door seal", category: "mechanical" },
    ]),
    downtimes: rows([
      {
        id: "D-1",
        equipment_id: "OV-01",
        reason_code: "R1",
        reason: "No heat",
        planned: false,
        started_at: at("2025-03-11T05:00"),
        duration_minutes: 200,
      },
      {
        id: "D-2",
        equipment_id: "OV-01",
        reason_code: "R2",
        reason: "Cleaning",
        planned: true,
        started_at: at("2025-03-13T05:00"),
        duration_minutes: 45,
      },
    ]),
    job_orders: rows([
      {
        id: "JO-71",
        equipment_id: "OV-01",
        product: "Rye loaf",
        customer: "Corner Shop",
        status: "running",
        quantity_planned: 500,
        quantity_good: 120,
        quantity_scrap: 9,
        planned_start_at: at("2025-03-12T04:00"),
        started_at: at("2025-03-12T04:00"),
        due_at: at("2025-03-14T12:00"),
      },
      {
        id: "JO-72",
        equipment_id: "OV-02",
        product: "Baguette",
        customer: "Hotel Post",
        status: "planned",
        quantity_planned: 900,
        planned_start_at: at("2025-03-15T04:00"),
        due_at: at("2025-03-16T12:00"),
      },
    ]),
    inspections: rows([
      {
        id: "Q-1",
        equipment_id: "OV-01",
        product: "Rye loaf",
        defects: 4,
        defect_code: "BURNT",
        defect: "Burnt crust",
        inspected_at: at("2025-03-12T10:00"),
      },
      {
        id: "Q-2",
        equipment_id: "OV-01",
        product: "Rye loaf",
        defects: 1,
        defect_code: "FLAT",
        defect: "Collapsed loaf",
        inspected_at: at("2025-03-13T10:00"),
      },
    ]),
    parts: rows([
      {
        id: "DX-EL-20",
        name: "Lower heating coil",
        name_ko: "하부 히터",
        models: ["DX-400"],
        on_hand: 2,
        minimum: 1,
        location: "R2",
      },
    ]),
    people: rows([{ id: "P-9", name: "Marta Weiss" }]),
  },
};

const tag = (equipmentId: string, name: string, nameKo: string, unit: string): Tag => ({
  ...{ id: `${equipmentId}.${name.toLowerCase().replaceAll(" ", "_")}`, equipmentId, name, nameKo, aliases: [], unit },
  ...{ normalLow: null, normalHigh: null, alarmLow: null, alarmHigh: null, source },
});
export const tags: Tag[] = [
  ...["OV-01", "OV-02", "OV-03"].flatMap((id) => [
    tag(id, "Deck temperature", "데크 온도", "°C"),
    tag(id, "Steam pressure", "스팀 압력", "bar"),
  ]),
  tag("MX-11", "Bowl torque", "볼 토크", "Nm"),
];

const words: string[][] = [
  ["oven", "오븐"],
  ["deck oven", "데크 오븐"],
  ["mixer", "믹서", "반죽기"],
  ["spiral mixer", "스파이럴 믹서"],
  ["heating element", "히터"],
  ["drive belt", "구동 벨트"],
  ["door seal", "도어 패킹"],
];
/** The bakery's glossary. */
export function translate(term: string): string[] {
  const wanted = term.toLowerCase().trim();
  return words.filter((forms) => forms.includes(wanted)).flatMap((forms) => forms.filter((form) => form !== wanted));
}

export function asEquipment(all: Row[]): Equipment[] {
  return all.map((row) => ({
    id: row["id"] as string,
    name: row["name"] as string,
    nameKo: row["name_ko"] as string,
    aliases: row["aliases"] as string[],
    class: (row["class"] ?? null) as string | null,
    model: (row["model"] ?? null) as string | null,
    level: row["level"] as Equipment["level"],
    parentId: row["parent_id"] as string | null,
    source,
    sample: false,
  }));
}
