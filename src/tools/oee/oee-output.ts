import type { OeeChange, ReasonChange } from "../../plant/analysis/operations/oee-change.ts";
import type { OeeFigures, OeeLosses } from "../../plant/analysis/operations/oee.ts";

/** Where the planned busy time came from: the site file's planned time, its shifts, or the whole calendar. */
export type PlannedBasis = "planned_time" | "shifts" | "calendar";
export type OeeBy = "machine" | "day" | "week" | "month";

/** Ratios 0 to 1 (null: not known), minutes, pieces. Losses and `effective` add up to the planned busy time. */
export type OeeRow = OeeFigures & {
  key: string;
  label: string;
  plannedBusyMinutes: number;
  plannedStopMinutes: number;
  delayMinutes: number;
  productionMinutes: number;
  withoutOrderMinutes: number;
  good: number;
  scrap: number;
  losses: OeeLosses;
};

export type OeeReport = {
  found: boolean;
  label: string;
  from: string;
  to: string;
  basis: PlannedBasis;
  total: OeeRow | null;
  by: OeeBy;
  rows: OeeRow[];
  /** Unplanned stops by reason, overlaps once; they add up to the availability loss. */
  reasons: { reason: string; minutes: number; count: number; share: number; cumulative: number }[];
  /** Planned stops by reason: they are not in the planned busy time. */
  plannedStops: OeeReport["reasons"];
  /** Against the span before; null where it has no OEE or none was asked for. */
  change: OeeComparison | null;
  notes: string[];
};

export type OeeComparison = {
  from: string;
  to: string;
  before: OeeRow;
  factors: OeeChange;
  reasons: ReasonChange[];
  machines: { id: string; label: string; before: number; after: number; points: number }[];
  /** Scrap share of all pieces, and speed (performance while their orders ran; null where unknown), before and after. */
  products: {
    product: string;
    scrapBefore: number;
    scrapAfter: number;
    speedBefore: number | null;
    speedAfter: number | null;
    /** Minutes that a change of speed cost in the later span (negative: won). */
    lostMinutes: number;
  }[];
};
