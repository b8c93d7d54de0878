import { traceGenealogy } from "../../plant/analysis/operations/genealogy.ts";
import type { ToolContext, ToolResult } from "../tool.ts";
import { linksOf, loadLots } from "./load-lots.ts";
import { resolveLots } from "./resolve-lots.ts";
import { traceEvidence } from "./trace-evidence.ts";
import type { Trace, TracedRow, TraceReport } from "./trace-output.ts";

type Input = {
  lot: string | string[];
  direction?: "forward" | "back" | "both" | undefined;
  depth?: number | undefined;
};

export async function traceLotsOf(input: Input, context: ToolContext): Promise<ToolResult<TraceReport>> {
  const roots = await resolveLots(input.lot, context);
  const wanted = input.direction ?? "both";
  const directions = wanted === "both" ? (["forward", "back"] as const) : [wanted];
  const traces: Trace[] = [];
  for (const direction of directions) {
    const found = await traceGenealogy(
      roots,
      direction,
      (ids) => linksOf(ids, direction, context),
      input.depth === undefined ? {} : { depth: input.depth },
    );
    const views = await loadLots(
      found.lots.map(({ lotId }) => lotId),
      context,
    );
    const lots = found.lots.flatMap(({ lotId, step, via }) => {
      const view = views.get(lotId);
      return view ? [{ ...view, step, via }] : [];
    });
    const { links, cycles, ends, cut } = found;
    traces.push({ direction, lots, links, cycles, ends, cut, ...reached(lots) });
  }
  const ownViews = [...(await loadLots(roots, context)).values()];
  const report: TraceReport = { found: traces.some(({ lots }) => lots.length > 0), roots: ownViews, traces };
  const evidence = await traceEvidence(report, context);
  return { output: report, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };
}

function reached(lots: TracedRow[]) {
  const count = (of: (lot: TracedRow) => string | null): [string, number][] => {
    const out = new Map<string, number>();
    for (const lot of lots) {
      const key = of(lot);
      if (key !== null) out.set(key, (out.get(key) ?? 0) + 1);
    }
    return [...out].sort((a, b) => b[1] - a[1]);
  };
  return {
    steps: lots.reduce((most, { step }) => Math.max(most, step), 0),
    orders: count(({ jobOrderId }) => jobOrderId).map(([id]) => id),
    customers: count(({ customer }) => customer).map(([customer, n]) => ({ customer, lots: n })),
    materials: count(({ material }) => material).map(([material, n]) => ({ material, lots: n })),
    suppliers: count(({ supplier }) => supplier).map(([supplier, n]) => ({ supplier, lots: n })),
    bad: lots.filter(({ bad }) => bad === true).length,
  };
}
