import { SunbaeError } from "../../core/errors.ts";
import { compareKeys, compareValues } from "../mes/memory-measure.ts";
import type { MesStore } from "../mes-store.ts";
import type { AggregateQuery, Group } from "../records.ts";
import { saneTotal } from "./sane.ts";

type Aggregated = Awaited<ReturnType<MesStore["aggregate"]>>;

/** What is asked of each source so that its part can be added to the others'. */
type Part = { query: AggregateQuery; count: AggregateQuery | null };

/**
 * Sums, counts, minima and maxima of parts make those of the whole. A mean needs sum and count of the values; how many
 * different values there are needs the values.
 */
export function partOf(query: AggregateQuery): Part {
  const { limit: _limit, orderBy: _orderBy, ...whole } = query;
  const { measure } = query;
  if (measure.kind === "distinct") {
    const value = { field: measure.field, ...(measure.bucket && { bucket: measure.bucket }) };
    return { query: { ...whole, measure: { kind: "count" }, groupBy: [...(query.groupBy ?? []), value] }, count: null };
  }
  if (measure.kind !== "avg") return { query: whole, count: null };
  const present = { field: measure.field, op: "not_null" } as const;
  return {
    query: { ...whole, measure: { kind: "sum", field: measure.field } },
    count: { ...whole, where: [...query.where, present], measure: { kind: "count" } },
  };
}

type PartAnswer = { answer: Aggregated; count: Aggregated | null };

/** The query's part of one store. Throws `too_large` where it has so many groups that it gives only some of them. */
export async function askPart({ query, count }: Part, store: Pick<MesStore, "aggregate">): Promise<PartAnswer> {
  const [answer, counted] = await Promise.all([store.aggregate(query), count ? store.aggregate(count) : null]);
  for (const { groups, groupCount } of [answer, ...(counted ? [counted] : [])])
    if (groupCount > groups.length)
      throw new SunbaeError("too_large", `${groupCount} groups of ${query.records} are more than can be added up.`, {
        fix: "Ask for a shorter period or one machine, or group by something coarser.",
      });
  return { answer, count: counted };
}

export function mergeGroups(query: AggregateQuery, parts: PartAnswer[]): Aggregated {
  const { measure, limit, orderBy } = query;
  const groups =
    measure.kind === "distinct"
      ? distinctGroups(parts, query.groupBy?.length ?? 0)
      : addGroups(
          parts.map((part) => part.answer.groups),
          measure.kind === "avg" ? "sum" : measure.kind,
        );
  if (measure.kind === "avg") {
    const counts = new Map(
      addGroups(
        parts.map((part) => part.count?.groups ?? []),
        "count",
      ).map((group) => [nameOf(group), group.value]),
    );
    for (const group of groups) {
      const count = counts.get(nameOf(group)) ?? 0;
      group.value = group.value === null || !count ? null : group.value / count;
    }
  }
  groups.sort((a, b) => (orderBy === "key" ? 0 : compareValues(a.value, b.value, "desc")) || compareKeys(a.key, b.key));
  return {
    groups: groups.slice(0, limit ?? groups.length),
    groupCount: groups.length,
    total: parts.reduce((sum, part) => sum + saneTotal(part.answer.total), 0),
  };
}

const nameOf = (group: Group): string => JSON.stringify(group.key);

function addGroups(lists: Group[][], kind: "count" | "sum" | "min" | "max"): Group[] {
  const merged = new Map<string, Group>();
  for (const group of lists.flat()) {
    const value = Number.isFinite(group.value) ? group.value : null;
    const known = merged.get(nameOf(group));
    if (!known) merged.set(nameOf(group), { key: group.key, value });
    else if (known.value === null) known.value = value;
    else if (value !== null) known.value = together[kind](known.value, value);
  }
  return [...merged.values()];
}

const sum = (a: number, b: number): number => a + b;
const together = { count: sum, sum, min: Math.min, max: Math.max };

/** Groups by key and value → how many different values each key has; null is none. */
function distinctGroups(parts: PartAnswer[], keyLength: number): Group[] {
  const merged = new Map<string, { key: Group["key"]; values: Set<string> }>();
  // Without a grouping there is one group, also over nothing.
  if (keyLength === 0) merged.set("[]", { key: [], values: new Set() });
  for (const { key: whole } of parts.flatMap((part) => part.answer.groups)) {
    const key = whole.slice(0, keyLength);
    const value = whole.at(-1) ?? null;
    const group = merged.get(JSON.stringify(key)) ?? { key, values: new Set<string>() };
    merged.set(JSON.stringify(key), group);
    if (value !== null) group.values.add(JSON.stringify(value));
  }
  return [...merged.values()].map(({ key, values }) => ({ key, value: values.size }));
}
