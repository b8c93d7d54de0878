export type LotLink = { parent: string; child: string; quantity: number | null };
export type TracedLot = {
  lotId: string;
  /** Steps from the nearest root; the roots themselves are not in the list. */
  step: number;
  /** The lots one step nearer to the root, with the quantity of that link where it is given. */
  via: { lotId: string; quantity: number | null }[];
};
export type Genealogy = {
  lots: TracedLot[];
  links: LotLink[];
  /** Links that lead back to a lot on their own way: an error in the records. */
  cycles: LotLink[];
  /** Lots at the end of their ways: nothing further is linked. */
  ends: string[];
  /** True where more lots or steps would follow than were wanted. */
  cut: boolean;
};

/**
 * All lots that the roots went into ("forward", parent to child) or were made from ("back"), breadth first, each once
 * however many ways lead to it. `linksOf` is asked once for each lot: with those whose children (or parents) are
 * wanted; it may give the same link twice. Ends with cycles in the records.
 */
export async function traceGenealogy(
  roots: readonly string[],
  direction: "forward" | "back",
  linksOf: (lotIds: string[]) => Promise<LotLink[]>,
  { depth = Infinity, mostLots = 2_000 }: { depth?: number; mostLots?: number } = {},
): Promise<Genealogy> {
  const near = ({ parent, child }: LotLink): string => (direction === "forward" ? parent : child);
  const far = ({ parent, child }: LotLink): string => (direction === "forward" ? child : parent);
  const lots = new Map<string, TracedLot>();
  const links = new Map<string, LotLink>();
  const seen = new Set(roots);
  let cut = false;
  let frontier = [...seen];
  for (let step = 1; frontier.length > 0; step++) {
    const found = await linksOf(frontier);
    if (step > depth) {
      cut = found.some((link) => !seen.has(far(link)));
      break;
    }
    const next: string[] = [];
    for (const link of found) {
      const key = `${link.parent}\n${link.child}`;
      const id = far(link);
      if (links.has(key)) continue;
      if (!seen.has(id) && lots.size >= mostLots) {
        cut = true;
        continue;
      }
      links.set(key, link);
      const lot = lots.get(id) ?? { lotId: id, step, via: [] };
      lot.via.push({ lotId: near(link), quantity: link.quantity });
      if (!seen.has(id)) {
        seen.add(id);
        lots.set(id, lot);
        next.push(id);
      }
    }
    frontier = next;
  }
  const all = [...links.values()];
  const continued = new Set(all.map(near));
  return {
    lots: [...lots.values()],
    links: all,
    cycles: findCycles(all, near, far),
    ends: [...lots.keys()].filter((id) => !continued.has(id)),
    cut,
  };
}

/** Links that close a ring, by depth-first search without recursion: genealogies may be deep. */
function findCycles(links: LotLink[], near: (link: LotLink) => string, far: (link: LotLink) => string): LotLink[] {
  const from = Map.groupBy(links, near);
  const state = new Map<string, "open" | "done">();
  const out: LotLink[] = [];
  for (const start of from.keys()) {
    if (state.has(start)) continue;
    const way = [{ id: start, next: 0 }];
    state.set(start, "open");
    for (let top = way.at(-1); top; top = way.at(-1)) {
      const link = from.get(top.id)?.[top.next++];
      if (!link) {
        state.set(top.id, "done");
        way.pop();
        continue;
      }
      const id = far(link);
      if (state.get(id) === "open") out.push(link);
      else if (!state.has(id)) {
        state.set(id, "open");
        way.push({ id, next: 0 });
      }
    }
  }
  return out;
}
