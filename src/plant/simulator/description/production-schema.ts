import { z } from "zod";
import { bilingual, id, range, variants } from "./words.ts";

// What the plant makes and consumes, and the lists of codes.

export const part = z.strictObject({
  id,
  name: bilingual,
  models: z.array(id).min(1),
  on_hand: z.number().int().min(0),
  minimum: z.number().int().min(0),
  location: z.string(),
  lead_time_days: z.number().int().positive(),
  supplier: z.string(),
});

/** A bought material; a new lot arrives every so many days. */
export const material = z.strictObject({
  id,
  name: z.string(),
  unit: z.string(),
  supplier: z.string(),
  lot_prefix: id,
  lot_quantity: z.number().positive(),
  every_days: z.number().positive(),
});

export const characteristic = z.strictObject({
  name: z.string(),
  label: z.string(),
  unit: z.string(),
  target: z.number(),
  lsl: z.number().optional(),
  usl: z.number().optional(),
  /** Standard deviation while all is well. */
  sigma: z.number().positive(),
  decimals: z.number().int().min(0).max(4),
});

export const product = z.strictObject({
  id,
  name: z.string(),
  customers: z.array(z.string()).min(1),
  quantity: range,
  cycle_seconds: z.number().positive(),
  lot_prefix: id,
  /** Materials and products that go in, with the quantity per piece. */
  inputs: z.array(z.strictObject({ of: id, per_piece: z.number().positive() })),
  characteristics: z.array(characteristic),
  /** Defects per piece while all is well. */
  defects: z.array(z.strictObject({ code: id, name: z.string(), rate: z.number().min(0).max(1) })).min(1),
});

export const failureCode = z.strictObject({
  id,
  description: z.string(),
  parent: id.optional(),
  category: z.string(),
});

export const stopReason = z.strictObject({
  code: id,
  name: z.string(),
  planned: z.boolean(),
  /** breakdown, maintenance and changeover are what the simulator itself needs; others happen by their rate. */
  use: z.enum(["breakdown", "maintenance", "changeover", "other"]),
  per_month: z.number().min(0).default(0),
  minutes: range.optional(),
});

/** Preventive work by model. */
export const routine = z.strictObject({
  model: id,
  code: id,
  every_days: z.number().positive(),
  minutes: range,
  people: z.array(id).min(1),
  component: z.string(),
  texts: z.strictObject({ description: variants, remedy: variants }),
  parts: z.array(id).default([]),
});

/** Small trouble that comes and goes: an alarm, a short stop, sometimes a work order. */
export const incident = z.strictObject({
  model: id,
  alarm: z.string(),
  per_month: z.number().positive(),
  minutes: range,
  /** Share that leads to a work order. */
  work_order: z.number().min(0).max(1),
  code: id,
  component: z.string(),
  people: z.array(id).min(1),
  texts: z.strictObject({ cause: variants, remedy: variants }),
});

export type Part = z.infer<typeof part>;
export type Material = z.infer<typeof material>;
export type Product = z.infer<typeof product>;
export type Characteristic = z.infer<typeof characteristic>;
export type StopReason = z.infer<typeof stopReason>;
export type Routine = z.infer<typeof routine>;
export type Incident = z.infer<typeof incident>;
