import { isBadStatus } from "../../plant/analysis/operations/lot-quality.ts";
import { median } from "../../plant/analysis/mean.ts";
import type { MadeLot } from "./load-made-lots.ts";

export type BadBy = "named" | "status" | "inspection" | "scrap" | "auto";
export type Judged = {
  bad: Set<string>;
  by: BadBy;
  /** With scrap: bad from this share on. */ scrapShare: number | null;
};

const fewestBad = 3;

/** Which lots are bad, and by what; `auto` takes status and inspections, and scrap where those name too few. */
export function judgeLots(
  lots: readonly MadeLot[],
  { by, named, scrapShare }: { by: BadBy; named: readonly string[]; scrapShare: number | null },
): Judged {
  const ids = (fits: (lot: MadeLot) => boolean): Set<string> => new Set(lots.filter(fits).map(({ lotId }) => lotId));
  if (by === "named") return { bad: new Set(named), by, scrapShare: null };
  if (by === "status") return { bad: ids(({ status }) => isBadStatus(status) === true), by, scrapShare: null };
  if (by === "inspection") return { bad: ids(({ failed }) => failed > 0), by, scrapShare: null };
  if (by === "auto") {
    const bad = ids(({ status, failed }) => isBadStatus(status) === true || failed > 0);
    if (bad.size >= fewestBad && bad.size <= lots.length / 2) return { bad, by, scrapShare: null };
  }
  const shares = lots.flatMap(({ scrapShare: share }) => (share === null ? [] : [share])).sort((a, b) => a - b);
  if (shares.length === 0) return { bad: ids(({ failed }) => failed > 0), by: "inspection", scrapShare: null };
  // Without a limit: the upper quarter, as long as it stands above the middle.
  const quarter = shares[Math.floor(shares.length * 0.75)] ?? 1;
  const limit = scrapShare ?? Math.max(quarter, (median(shares) ?? 0) + 1e-9);
  return { bad: ids(({ scrapShare: share }) => share !== null && share >= limit), by: "scrap", scrapShare: limit };
}
