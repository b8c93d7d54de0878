import { compareGroups } from "../../plant/analysis/operations/compare-groups.ts";
import { machinesCondition, resolveMachines } from "../arguments/equipment.ts";
import { latestSpan } from "../arguments/latest-span.ts";
import { isSample } from "../sample.ts";
import type { ToolContext, ToolResult } from "../tool.ts";
import { compareEvidence } from "./compare-evidence.ts";
import type { LotComparison } from "./compare-output.ts";
import { judgeLots, type BadBy } from "./judge-lots.ts";
import { loadMadeLots } from "./load-made-lots.ts";
import { lotFeatures } from "./lot-features.ts";
import { resolveLots } from "./resolve-lots.ts";

type Input = {
  equipment?: string | undefined;
  product?: string | undefined;
  bad_lots?: string[] | undefined;
  bad_by?: BadBy | undefined;
  scrap_percent?: number | undefined;
  period?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

const usualDays = 60;

export async function compareLotsOf(input: Input, context: ToolContext): Promise<ToolResult<LotComparison>> {
  const machines = input.equipment === undefined ? null : await resolveMachines(input.equipment, context);
  const named = input.bad_lots ? await resolveLots(input.bad_lots, context) : [];
  const where = { machines, product: input.product };
  const records = {
    records: "job_orders",
    field: "ended_at",
    where: machinesCondition(machines),
    days: usualDays,
  } as const;
  const span = await latestSpan(input, records, context);
  const [from, to] = [new Date(span.from), new Date(span.to)];
  const loaded = await loadMadeLots(where, { from, to }, context);
  const missing = named.filter((id) => !loaded.lots.some(({ lotId }) => lotId === id));
  if (missing.length > 0) loaded.lots.push(...(await loadMadeLots(where, { lotIds: missing }, context)).lots);
  const lots = alike(loaded.lots, named);
  const share = input.scrap_percent === undefined ? null : input.scrap_percent / 100;
  const by: BadBy = named.length > 0 ? "named" : (input.bad_by ?? (share === null ? "auto" : "scrap"));
  const judged = judgeLots(lots, { by, named, scrapShare: share });
  const { items, features, withoutSensors } = await lotFeatures(lots, judged.bad, context);
  const compared = compareGroups(items);
  const report: LotComparison = {
    ...compared,
    found: compared.refusal === null && compared.compared > 0,
    label: [machines?.label, input.product].filter(Boolean).join(" · "),
    from: from.toISOString(),
    to: to.toISOString(),
    by: judged.by,
    scrapShare: judged.scrapShare,
    badLots: lots.filter(({ lotId }) => judged.bad.has(lotId)).map(({ lotId }) => lotId),
    differences: compared.differences.map((one) => {
      const feature = features.get(one.key);
      return { ...one, label: feature?.label ?? one.key, unit: feature?.unit ?? null, from: feature?.from ?? "record" };
    }),
    withoutSensors,
    left: loaded.left,
  };
  const evidence = [compareEvidence(report, machines, lots.length, context)];
  const sample = await isSample(machines, context);
  for (const one of evidence) one.source.sample = sample;
  return { output: report, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };
}

/** Where the bad lots are named, only lots of their products and machines are fit to be compared with them. */
function alike<T extends { lotId: string; product: string | null }>(lots: T[], named: string[]): T[] {
  const products = new Set(lots.filter(({ lotId }) => named.includes(lotId)).map(({ product }) => product));
  return products.size === 0 ? lots : lots.filter(({ product }) => products.has(product));
}
