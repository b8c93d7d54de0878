import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { explainByLimits, type MachineRule } from "../../src/plant/analysis/condition/explain-by-limits.ts";
import type { Measurement } from "./measurement.ts";
import { sharedData } from "./places.ts";

// AI4I 2020 (Matzka, 2020): 10,000 machining records. Its description documents the limits of the machine; they are
// declared here as a plant would declare its own, and every record's causes are named by them alone. TWF (worn out at
// a random time) and RNF (random) have no rule that readings could decide, and are not judged.

const path = join(sharedData, "sensors/ai4i2020.csv");

const rules: MachineRule[] = [
  {
    cause: "HDF", // heat dissipation
    when: [
      { quantity: { difference: ["Process temperature [K]", "Air temperature [K]"] }, below: 8.6, unit: "K" },
      { quantity: "Rotational speed [rpm]", below: 1380, unit: "rpm" },
    ],
  },
  {
    cause: "PWF", // power
    when: [
      {
        quantity: { power: { torque: "Torque [Nm]", speed: "Rotational speed [rpm]" } },
        above: 9000,
        below: 3500,
        unit: "W",
      },
    ],
  },
  {
    cause: "OSF", // overstrain
    when: [
      {
        quantity: { product: ["Tool wear [min]", "Torque [Nm]"] },
        above: { L: 11_000, M: 12_000, H: 13_000 },
        unit: "min·Nm",
      },
    ],
  },
];

export async function measureAi4i(say: (text: string) => void): Promise<Measurement[]> {
  if (!existsSync(path)) {
    say(`ai4i: left out, there is no ${path}`);
    return [];
  }
  const [head = "", ...lines] = readFileSync(path, "utf8")
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/);
  const names = head.split(",");
  const records = lines.map((line) => {
    const cells = line.split(",");
    return new Map(names.map((name, index) => [name, cells[index] ?? ""]));
  });
  const counts = rules.map(({ cause }) => ({ cause, named: 0, missed: 0, false: 0, onLimit: 0 }));
  const several = { all: 0, right: 0 };
  let whole = 0;
  for (const record of records) {
    const readings = Object.fromEntries(names.slice(3, 8).map((name) => [name, Number(record.get(name))]));
    const said = explainByLimits(readings, rules, record.get("Type") ?? null);
    const right = said.map(({ cause, holds, conditions }, index) => {
      const truth = record.get(cause) === "1";
      const count = counts[index];
      if (count) {
        if (holds === true) count[truth ? "named" : "false"]++;
        else if (truth) count.missed++;
        if (cause === "HDF" && Math.abs((conditions[0]?.value ?? 0) - 8.6) < 1e-9) count.onLimit++;
      }
      return (holds === true) === truth;
    });
    if (right.every(Boolean)) whole++;
    if (rules.filter(({ cause }) => record.get(cause) === "1").length > 1) {
      several.all++;
      if (right.every(Boolean)) several.right++;
    }
  }
  return [
    ...counts.map(({ cause, named, missed, false: wrong, onLimit }) => ({
      what: `AI4I 2020: ${cause} right`,
      budget: records.length,
      measured: records.length - missed - wrong,
      unit: "records",
      atLeast: true,
      note:
        `${named} of ${named + missed} named, ${missed} missed, ${wrong} named wrongly in ${records.length} records` +
        (onLimit > 0
          ? `; in ${onLimit} records the difference is 8.6 K but for binary rounding, which decides there`
          : ""),
    })),
    {
      what: "AI4I 2020: records with every cause right",
      budget: records.length,
      measured: whole,
      unit: "records",
      atLeast: true,
      note: `of ${records.length}; ${several.right} of ${several.all} with several causes; ${records.filter((one) => one.get("Machine failure") === "1").length} failures in all, TWF and RNF not judged`,
    },
  ];
}
