import type { Fault } from "./fault-schema.ts";
import type { PlantDescription } from "./plant-description.ts";

export type BrokenReference = { place: (string | number)[]; message: string };

/** What the shapes alone can't tell: every id that is named exists, and drifts and alarms belong to the machine's model. */
export function findBrokenReferences(plant: PlantDescription): BrokenReference[] {
  const found: BrokenReference[] = [];
  const models = new Map(plant.models.map((model) => [model.id, model]));
  const machines = new Map(plant.machines.map((machine) => [machine.id, machine]));
  const products = new Map(plant.products.map((product) => [product.id, product]));
  const known = {
    area: ids(plant.areas),
    "work center": ids(plant.work_centers),
    model: ids(plant.models),
    machine: ids(plant.machines),
    person: ids(plant.people),
    part: ids(plant.parts),
    product: ids(plant.products),
    input: new Set([...ids(plant.products), ...ids(plant.materials)]),
    "failure code": ids(plant.failure_codes),
  };
  const expect = (kind: keyof typeof known, value: string, ...place: (string | number)[]): void => {
    if (!known[kind].has(value)) found.push({ place, message: `there is no ${kind} "${value}"` });
  };
  const expectAlarm = (modelId: string | undefined, code: string, ...place: (string | number)[]): void => {
    const model = models.get(modelId ?? "");
    if (model && !model.alarms.some((alarm) => alarm.code === code))
      found.push({ place, message: `${model.id} has no alarm "${code}"` });
  };

  plant.work_centers.forEach((each, at) => expect("area", each.area, "work_centers", at, "area"));
  plant.machines.forEach((each, at) => {
    expect("model", each.model, "machines", at, "model");
    expect("work center", each.work_center, "machines", at, "work_center");
    each.products.forEach((product, index) => expect("product", product, "machines", at, "products", index));
  });
  plant.people.forEach((each, at) =>
    each.skills.forEach((skill, index) => expect("model", skill, "people", at, "skills", index)),
  );
  plant.parts.forEach((each, at) =>
    each.models.forEach((model, index) => expect("model", model, "parts", at, "models", index)),
  );
  plant.products.forEach((each, at) =>
    each.inputs.forEach((input, index) => expect("input", input.of, "products", at, "inputs", index, "of")),
  );
  plant.failure_codes.forEach((each, at) => {
    if (each.parent !== undefined) expect("failure code", each.parent, "failure_codes", at, "parent");
  });
  for (const [key, entries] of [["routines", plant.routines] as const, ["incidents", plant.incidents] as const])
    entries.forEach((each, at) => {
      expect("model", each.model, key, at, "model");
      expect("failure code", each.code, key, at, "code");
      each.people.forEach((person, index) => expect("person", person, key, at, "people", index));
    });
  plant.routines.forEach((each, at) =>
    each.parts.forEach((part, index) => expect("part", part, "routines", at, "parts", index)),
  );
  plant.incidents.forEach((each, at) => expectAlarm(each.model, each.alarm, "incidents", at, "alarm"));
  plant.faults.forEach((fault, at) => {
    expect("machine", fault.machine, "faults", at, "machine");
    expect("failure code", fault.code, "faults", at, "code");
    fault.elsewhere.forEach((machine, index) => expect("machine", machine, "faults", at, "elsewhere", index));
    fault.parts.forEach((part, index) => expect("part", part, "faults", at, "parts", index));
    [...fault.solvers, ...fault.missteps].forEach((each) => expect("person", each.person, "faults", at, "solvers"));
    const machine = machines.get(fault.machine);
    fault.alarms.forEach((alarm, index) =>
      expectAlarm(machine?.model, alarm.code, "faults", at, "alarms", index, "code"),
    );
    if (fault.ongoing && !fault.limps)
      found.push({ place: ["faults", at, "ongoing"], message: "a fault under way must limp: give limps" });
    const tags = new Set(models.get(machine?.model ?? "")?.tags.map((tag) => tag.name));
    const made = (machine?.products ?? []).flatMap((id) => products.get(id) ?? []);
    found.push(...checkTraces(fault, at, tags, made));
  });
  return found;
}

type Made = { characteristics: { name: string }[]; defects: { code: string }[] }[];

function checkTraces(fault: Fault, at: number, tags: Set<string>, made: Made): BrokenReference[] {
  const found: BrokenReference[] = [];
  const drifting = new Set(fault.drifts.map((drift) => drift.tag));
  fault.drifts.forEach((drift, index) => {
    if (!tags.has(drift.tag))
      found.push({
        place: ["faults", at, "drifts", index, "tag"],
        message: `${fault.machine} has no tag "${drift.tag}"`,
      });
  });
  fault.alarms.forEach((alarm, index) => {
    if (alarm.tag !== undefined && !drifting.has(alarm.tag))
      found.push({
        place: ["faults", at, "alarms", index, "tag"],
        message: `no drift of this fault moves "${alarm.tag}"`,
      });
  });
  fault.quality.forEach((effect, index) => {
    const place = ["faults", at, "quality", index];
    const { characteristic, defect } = effect;
    if (
      characteristic !== undefined &&
      !made.some((each) => each.characteristics.some((c) => c.name === characteristic))
    )
      found.push({ place, message: `nothing that ${fault.machine} makes has the characteristic "${characteristic}"` });
    if (defect !== undefined && !made.some((each) => each.defects.some((d) => d.code === defect)))
      found.push({ place, message: `nothing that ${fault.machine} makes has the defect "${defect}"` });
  });
  return found;
}

function ids(list: { id: string }[]): Set<string> {
  return new Set(list.map((each) => each.id));
}
