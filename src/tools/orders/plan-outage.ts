// What an outage does to the orders of one machine. Orders run one after the other in their planned sequence; an
// order begins when it was planned, or later when the one before it is not done or the machine stands. Idle time
// between orders absorbs delay. Times in epoch milliseconds.

export type PlannedOrder = {
  id: string;
  running: boolean;
  plannedStart: number;
  /** Work still to do. */
  remaining: number;
  due: number | null;
};
export type Slot = { id: string; start: number; end: number };
export type Effect = {
  id: string;
  /** When it would end without and with the outage. */
  endBefore: number;
  endAfter: number;
  delay: number;
  /** By how much it misses its due time with the outage; 0 where it doesn't, null without a due time. */
  late: number | null;
  lateBefore: boolean;
  /** The longest outage from now that would not make it late; null without a due time, 0 where it is late anyway. */
  tolerance: number | null;
};

const minute = 60_000;
const longest = 60 * 24 * 60 * minute;

/** When each order runs if the machine stands until `standsUntil`. */
export function schedule(orders: PlannedOrder[], now: number, standsUntil: number): Slot[] {
  const running = orders.filter((order) => order.running);
  const coming = orders
    .filter((order) => !order.running)
    .sort((a, b) => a.plannedStart - b.plannedStart || (a.id < b.id ? -1 : 1));
  const back = Math.max(now, standsUntil);
  const slots = running.map((order) => ({ id: order.id, start: now, end: back + order.remaining }));
  let free = Math.max(back, ...slots.map((slot) => slot.end));
  for (const order of coming) {
    const start = Math.max(order.plannedStart, free);
    free = start + order.remaining;
    slots.push({ id: order.id, start, end: free });
  }
  return slots;
}

export function effects(orders: PlannedOrder[], now: number, standsUntil: number): Effect[] {
  const before = new Map(schedule(orders, now, now).map((slot) => [slot.id, slot.end]));
  const dueOf = new Map(orders.map((order) => [order.id, order.due]));
  return schedule(orders, now, standsUntil).map(({ id, end }) => {
    const due = dueOf.get(id) ?? null;
    const endBefore = before.get(id) ?? end;
    return {
      id,
      endBefore,
      endAfter: end,
      delay: end - endBefore,
      late: due === null ? null : Math.max(0, end - due),
      lateBefore: due !== null && endBefore > due,
      tolerance: due === null ? null : tolerance(orders, id, due, now),
    };
  });
}

/** To the minute; an order's end never comes earlier by a longer outage, so that halving finds it. */
function tolerance(orders: PlannedOrder[], id: string, due: number, now: number): number {
  const fits = (outage: number): boolean =>
    (schedule(orders, now, now + outage).find((slot) => slot.id === id)?.end ?? 0) <= due;
  if (!fits(0)) return 0;
  if (fits(longest)) return longest;
  let [good, bad] = [0, longest];
  while (bad - good > minute) {
    const middle = Math.floor((good + bad) / 2);
    if (fits(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** The first time from now at which a job of this length fits between the orders of a machine. */
export function firstGap(slots: Slot[], now: number, length: number): number {
  let at = now;
  for (const slot of [...slots].sort((a, b) => a.start - b.start)) {
    if (slot.start - at >= length) return at;
    at = Math.max(at, slot.end);
  }
  return at;
}
