import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// A plant of two machines as an IT person would bring it: a mapping and its files, and a manual.

const mapping = `source: small
title: Small plant
time_zone: Asia/Seoul
files:
  - file: equipment.csv
    records: equipment
    columns: {id: id, name: name, name_ko: name_ko, model: model, class: class}
  - file: tags.csv
    records: tags
    columns: {id: id, equipment_id: machine, name: name, unit: unit, normal_high: normal, alarm_high: alarm}
  - file: alarms.csv
    records: events
    columns: {id: id, equipment_id: machine, group: group, code: code, description: text, started_at: at}
  - file: orders.csv
    records: work_orders
    columns: {id: id, equipment_id: machine, description: text, alarm_code: code, technician: who, cause: cause, remedy: remedy, status: status, finished_at: done}
  - file: parts.csv
    records: parts
    columns: {id: id, name: name, on_hand: stock}
  - file: readings.csv
    records: readings
    time: at
    tag: tag
    value: value
`;

const files: Record<string, string> = {
  "equipment.csv": `id,name,name_ko,model,class
MILL-01,Mill 1,밀링 1호기,VM-9,milling_machine
MILL-02,Mill 2,밀링 2호기,VM-9,milling_machine
`,
  "tags.csv": `id,machine,name,unit,normal,alarm
MILL-01.bearing_temperature,MILL-01,bearing temperature,°C,60,70
`,
  "alarms.csv": `id,machine,group,code,text,at
A1,MILL-01,alarm,2041,Bearing hot,2026-11-20 02:40
`,
  "orders.csv": `id,machine,text,code,who,cause,remedy,status,done
W1,MILL-01,Bearing temperature alarm,2041,Kim,Worn bearing,Replaced the bearing,closed,2026-05-04 11:00
`,
  "parts.csv": `id,name,stock
VM-SB-70,Spindle bearing,2
`,
  "readings.csv": `at,tag,value
2026-11-20 02:00,MILL-01.bearing_temperature,61.5
2026-11-20 02:20,MILL-01.bearing_temperature,66
2026-11-20 02:40,MILL-01.bearing_temperature,70.5
`,
};

export const manual = `---
title: VM-9 manual
kind: manual
language: en
models: [VM-9]
revision: A
date: 2025-01-01
approved: true
---
# VM-9 manual

## Alarms

| Alarm | Meaning | Cause | Remedy | Severity |
|---|---|---|---|---|
| 2041 | Bearing temperature high | Worn bearing; Little grease | 1) Stop the spindle 2) Measure vibration | major |
| 2042 | Vibration high | Worn bearing | 1) Measure without a tool | major |

## Lockout/tagout

**WARNING** Lock before you open a cover.

1. Stop the machine.
2. Turn the main switch off and lock it.
3. Verify that nothing moves.
`;

/** Writes the files and returns their paths. */
export function writeSmallPlant(folder: string): { mapping: string; manual: string; folder: string } {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const paths = { mapping: join(folder, "plant.yaml"), manual: join(folder, "vm-9.md"), folder };
  writeFileSync(paths.mapping, mapping);
  writeFileSync(paths.manual, manual);
  return paths;
}
