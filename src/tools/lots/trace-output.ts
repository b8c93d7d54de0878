import type { Genealogy } from "../../plant/analysis/operations/genealogy.ts";
import type { LotView } from "./load-lots.ts";

export type TracedRow = LotView & { step: number; via: { lotId: string; quantity: number | null }[] };
export type Trace = Pick<Genealogy, "links" | "cycles" | "ends" | "cut"> & {
  direction: "forward" | "back";
  lots: TracedRow[];
  steps: number;
  /** Orders and customers that are reached, with the number of lots. */
  orders: string[];
  customers: { customer: string; lots: number }[];
  materials: { material: string; lots: number }[];
  suppliers: { supplier: string; lots: number }[];
  bad: number;
};
export type TraceReport = { found: boolean; roots: LotView[]; traces: Trace[] };
