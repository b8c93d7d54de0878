// What an outage does to a machine's orders, as `data` of the evidence. Times in ISO 8601.

export type Alternative = { equipmentId: string; start: string; end: string; meetsDue: boolean | null; down: boolean };
export type AffectedOrder = {
  id: string;
  product: string | null;
  customer: string | null;
  quantity: number | null;
  running: boolean;
  dueAt: string | null;
  endBefore: string;
  endAfter: string;
  delayMinutes: number;
  lateMinutes: number | null;
  lateAnyway: boolean;
  /** The longest outage from now that would not make it late. */
  toleranceMinutes: number | null;
  /** Machines of the same model, soonest end first; only for orders that would be late. */
  alternatives: Alternative[];
};
export type AffectedOrders = {
  found: boolean;
  equipmentId: string;
  /** Null where no outage was given: then the orders with what each tolerates. */
  outage: { from: string; until: string; minutes: number } | null;
  orders: AffectedOrder[];
  /** Running and coming orders in all. */
  total: number;
};
