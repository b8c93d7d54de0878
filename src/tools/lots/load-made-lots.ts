import { isFailure } from "../../plant/analysis/operations/lot-quality.ts";
import { mean, standardDeviation } from "../../plant/analysis/mean.ts";
import type { Condition, Row } from "../../plant/records.ts";
import type { ToolContext } from "../tool.ts";
import { number, rowsOf, text } from "./load-lots.ts";

/** A lot that a finished job order made, with what is recorded about the making. */
export type MadeLot = {
  lotId: string;
  equipmentId: string;
  product: string | null;
  from: Date;
  to: Date;
  status: string | null;
  scrapShare: number | null;
  secondsPerPiece: number | null;
  failed: number;
  /** Mean and scatter of measured values by characteristic. */
  measured: Record<string, { mean: number; scatter: number | null }>;
  inspectors: string[];
  /** Material of the lots that went in → their numbers. */
  inputs: { lotId: string; material: string | null; supplier: string | null }[];
};

/** Sensors are summarized for each lot: beyond this many it would take too long. */
const mostLots = 300;

/** Lots of finished orders that meet the conditions, newest first; `left`: how many more there are. */
export async function loadMadeLots(
  where: Condition[],
  context: ToolContext,
): Promise<{ lots: MadeLot[]; left: number }> {
  const { rows, total } = await context.mes.list({
    records: "job_orders",
    where: [
      ...where,
      { field: "ended_at", op: "not_null" },
      { field: "started_at", op: "not_null" },
      { field: "lot_id", op: "not_null" },
    ],
    orderBy: [{ field: "ended_at", direction: "desc" }],
    limit: mostLots,
    timeZone: context.ctx.timeZone,
  });
  const ids = [...new Set(rows.map((row) => String(row["lot_id"])))];
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
  const made = rows.flatMap((row): MadeLot[] => {
    const [lotId, equipmentId, from, to] = [
      String(row["lot_id"]),
      text(row["equipment_id"]),
      row["started_at"],
      row["ended_at"],
    ];
    if (equipmentId === null || !(from instanceof Date) || !(to instanceof Date) || to <= from) return [];
    const [good, scrap] = [number(row["quantity_good"]), number(row["quantity_scrap"])];
    const pieces = (good ?? 0) + (scrap ?? 0);
    const checks = checksOf.get(lotId) ?? [];
    return [
      {
        lotId,
        equipmentId,
        product: text(row["product"]),
        from,
        to,
        status: statusOf.get(lotId) ?? null,
        scrapShare: scrap === null || pieces === 0 ? null : scrap / pieces,
        secondsPerPiece: pieces > 0 ? (to.getTime() - from.getTime()) / 1000 / pieces : null,
        failed: checks.filter((check) => isFailure(check["result"])).length,
        measured: measuredOf(checks),
        inspectors: [...new Set(checks.flatMap((check) => text(check["inspector"]) ?? []))],
        inputs: (inputsOf.get(lotId) ?? []).map((link) => {
          const id = String(link["parent_lot_id"]);
          const parent = parentOf.get(id) ?? {};
          return { lotId: id, material: text(parent["material"]), supplier: text(parent["supplier"]) };
        }),
      },
    ];
  });
  return { lots: made, left: total - rows.length };
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
