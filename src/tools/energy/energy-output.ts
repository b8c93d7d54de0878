import type { EnergyBaseline } from "../../plant/analysis/operations/energy-baseline.ts";

export type EnergyRow = {
  key: string;
  label: string;
  kWh: number;
  parts: number;
  /** kWh per good part; null without parts. */
  perPart: number | null;
  expected: number | null;
  low: number | null;
  high: number | null;
  /** Against the baseline's 95 % interval; unknown where there is none or too little was metered. */
  verdict: "above" | "within" | "below" | "unknown";
  covered: number;
};
export type EnergyReport = {
  found: boolean;
  equipmentId: string;
  tagId: string;
  unit: string;
  by: "day" | "order";
  from: string;
  to: string;
  kWh: number;
  parts: number;
  perPart: number | null;
  /** Of the rows that could be compared, in all. */
  expected: number | null;
  compared: number | null;
  baseline: EnergyBaseline | null;
  /** What the baseline was made from: the time before, or, where that is too short, the period itself. */
  baselineFrom: { kind: "before" | "itself"; from: string; to: string } | null;
  rows: EnergyRow[];
  resets: number;
};
