import { isFailure } from "../../plant/analysis/operations/lot-quality.ts";
import { mean, standardDeviation } from "../../plant/analysis/mean.ts";
import type { Row } from "../../plant/records.ts";
import type { ToolContext } from "../tool.ts";
import { findMakings, type MadeWhere, type MadeWhich, type Making } from "./find-makings.ts";
import { rowsOf, text } from "./load-lots.ts";

/** A lot with what is recorded about its making. */
export type MadeLot = Making & {
  status: string | null;
  scrapShare: number | null;
  secondsPerPiece: number | null;
  failed: number;
  /** Mean and scatter of measured values by characteristic. */
  measured: Record<string, { mean: number; scatter: number | null }>;
  inspectors: string[];
  /** The lots that went in. */
  inputs: { lotId: string; material: string | null; supplier: string | null }[];
};

/** The lots as they were found, with status, inspections and inputs; `left`: how many more there are. */
export async function loadMadeLots(
  where: MadeWhere,
  which: MadeWhich,
  context: ToolContext,
): Promise<{ lots: MadeLot[]; left: number }> {
  const { makings, left } = await findMakings(where, which, context);
  const ids = makings.map(({ lotId }) => lotId);
  const [lots, inspections, links] = await Promise.all([
    rowsOf("lots", "id", ids, context),
    rowsOf("inspections", "lot_id", ids, context),
    rowsOf("lot_links", "child_lot_id", ids, context),
  ]);
  const parents = await rowsOf("lots", "id", [...new Set(links.map((row) => String(row["parent_lot_id"])))], context);
  const parentOf = new Map(parents.map((row) => [String(row["id"]), row]));
  const statusOf = new Map(lots.map((row) => [String(row["id"]), text(row["status"])]));
  const checksOf = Map.groupBy(inspections, (row) => String(row["lot_id"]));
  const inputsOf = Map.groupBy(links, (row) => String(row["child_lot_id"]));
  const made = makings.map((making): MadeLot => {
    const { lotId, from, to, good, scrap } = making;
    const pieces = (good ?? 0) + (scrap ?? 0);
    const checks = checksOf.get(lotId) ?? [];
    return {
      ...making,
      status: statusOf.get(lotId) ?? null,
      scrapShare: scrap === null || pieces === 0 ? null : scrap / pieces,
      secondsPerPiece: pieces > 0 && from && to ? (to.getTime() - from.getTime()) / 1000 / pieces : null,
      failed: checks.filter((check) => isFailure(check["result"])).length,
      measured: measuredOf(checks),
      inspectors: [...new Set(checks.flatMap((check) => text(check["inspector"]) ?? []))],
      inputs: (inputsOf.get(lotId) ?? []).map((link) => {
        const id = String(link["parent_lot_id"]);
        const parent = parentOf.get(id) ?? {};
        return { lotId: id, material: text(parent["material"]), supplier: text(parent["supplier"]) };
      }),
    };
  });
  return { lots: made, left };
}

function measuredOf(checks: Row[]): MadeLot["measured"] {
  const values = checks.filter((check) => typeof check["value"] === "number" && text(check["characteristic"]) !== null);
  return Object.fromEntries(
    [...Map.groupBy(values, (check) => String(check["characteristic"]))].map(([name, own]) => {
      const numbers = own.map((check) => Number(check["value"]));
      return [name, { mean: mean(numbers), scatter: numbers.length >= 3 ? standardDeviation(numbers) : null }];
    }),
  );
}
