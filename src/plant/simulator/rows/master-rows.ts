import type { Row } from "../../records.ts";
import type { PlantDescription } from "../description/plant-description.ts";
import { modelOf, named } from "../world.ts";

/** The hierarchy: site, areas, work centers, machines. */
export function equipmentRows(plant: PlantDescription): Row[] {
  const { site } = plant;
  return [
    { id: site.id, name: site.name, name_ko: site.name, aliases: [], level: "site", parent_id: null },
    ...plant.areas.map((area) => group(area, "area", site.id)),
    ...plant.work_centers.map((center) => group(center, "work_center", center.area)),
    ...plant.machines.map((machine): Row => {
      const model = modelOf(plant, machine.model);
      return {
        id: machine.id,
        name: machine.name.en,
        name_ko: machine.name.ko,
        aliases: machine.aliases,
        class: model.class,
        model: model.id,
        maker: model.maker,
        level: "work_unit",
        parent_id: machine.work_center,
        year: model.year,
        criticality: machine.criticality,
      };
    }),
  ];
}

function group(
  each: { id: string; name: { ko: string; en: string }; aliases: string[] },
  level: string,
  parent: string,
): Row {
  return { id: each.id, name: each.name.en, name_ko: each.name.ko, aliases: each.aliases, level, parent_id: parent };
}

export function tagRows(plant: PlantDescription): Row[] {
  return plant.machines.flatMap((machine) =>
    modelOf(plant, machine.model).tags.map((tag): Row => ({
      id: `${machine.id}.${tag.name}`,
      equipment_id: machine.id,
      name: tag.label.en,
      name_ko: tag.label.ko,
      aliases: [tag.name, ...tag.aliases],
      unit: tag.unit,
      normal_low: tag.normal[0],
      normal_high: tag.normal[1],
      alarm_low: tag.alarm.below ?? null,
      alarm_high: tag.alarm.above ?? null,
    })),
  );
}

export function partRows(plant: PlantDescription): Row[] {
  return plant.parts.map((part) => ({
    id: part.id,
    name: part.name.en,
    name_ko: part.name.ko,
    models: part.models,
    on_hand: part.on_hand,
    minimum: part.minimum,
    location: part.location,
    lead_time_days: part.lead_time_days,
    supplier: part.supplier,
  }));
}

export function peopleRows(plant: PlantDescription): Row[] {
  return plant.people.map((person) => ({
    id: person.id,
    name: person.name,
    role: person.role,
    skills: person.skills,
    phone: person.phone ?? null,
    leaves_at: person.leaves === undefined ? null : new Date(`${person.leaves}T00:00:00Z`),
  }));
}

export function failureCodeRows(plant: PlantDescription): Row[] {
  return plant.failure_codes.map((code) => ({
    id: code.id,
    description: code.description,
    parent_code: code.parent ?? null,
    category: code.category,
  }));
}

/** Which alarm of which model points to which failure code, as the faults and incidents have it. */
export function codeMapRows(plant: PlantDescription): Row[] {
  const rows = new Map<string, Row>();
  const add = (modelId: string, alarm: string, code: string): void => {
    const model = modelOf(plant, modelId);
    const id = `${model.id}/${alarm}/${code}`;
    rows.set(id, {
      id,
      from_code: alarm,
      from_description: model.alarms.find((each) => each.code === alarm)?.message.ko ?? null,
      condition: model.id,
      to_code: code,
      to_description: named(plant.failure_codes, code).description,
    });
  };
  for (const fault of plant.faults)
    for (const alarm of fault.alarms) add(named(plant.machines, fault.machine).model, alarm.code, fault.code);
  for (const incident of plant.incidents) add(incident.model, incident.alarm, incident.code);
  return [...rows.values()];
}
