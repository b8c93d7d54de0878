import type { GroupComparison } from "../../plant/analysis/operations/compare-groups.ts";
import type { BadBy } from "./judge-lots.ts";
import type { Feature } from "./lot-features.ts";

export type LotDifference = GroupComparison["differences"][number] & {
  label: string;
  unit: string | null;
  from: Feature["from"];
};
export type LotComparison = Omit<GroupComparison, "differences"> & {
  found: boolean;
  label: string;
  from: string;
  to: string;
  by: BadBy;
  scrapShare: number | null;
  badLots: string[];
  differences: LotDifference[];
  /** Lots whose sensors have no readings. */
  withoutSensors: number;
  left: number;
};
