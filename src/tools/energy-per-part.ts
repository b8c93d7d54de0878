import { z } from "zod";
import { machineArgument } from "./arguments/equipment.ts";
import { periodFields } from "./arguments/period.ts";
import { tagsArgument } from "./arguments/tags.ts";
import { energyPerPartOf } from "./energy/energy-per-part-of.ts";
import { defineTool } from "./tool.ts";

export const energyPerPart = defineTool({
  name: "energy_per_part",
  title: { ko: "양품당 에너지", en: "Energy per good part" },
  description:
    "Energy (kWh) per good part of a machine by day or job order, against a baseline energy = base load + so much per part, with its interval: which days are above, and what the base load is. " +
    "Use it for “energy per part”, “kWh per piece”, “did we use too much power”, “원단위”, “전력 사용량”.",
  input: z.object({
    equipment: machineArgument,
    ...periodFields,
    by: z.enum(["day", "order"]).optional().describe("Rows by day (taken unless told) or by job order."),
    tag: tagsArgument.describe("The energy counter (kWh) or power (kW) sensor, where the machine has several."),
  }),
  agents: ["planner", "maintenance"],
  run: energyPerPartOf,
});
