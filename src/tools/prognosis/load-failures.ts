import type { FailureRecord } from "../../plant/analysis/prognosis/failures.ts";
import type { Condition, Row } from "../../plant/records.ts";
import { anyOf, codeCondition, nameCondition } from "../arguments/codes.ts";
import type { ToolContext } from "../tool.ts";

export type Basis = "work_orders" | "downtimes";
export type FailureQuestion = {
  /** Null: every machine. */
  equipmentIds: string[] | null;
  basis: Basis;
  code?: string | undefined;
  component?: string | undefined;
};

const mostRows = 20_000;
const called = /cancel|reject|취소|반려/i;

/**
 * Corrective work orders (by when they were opened, else finished) or unplanned stops as failures, of all time; those
 * cancelled are left out. `left`: how many more there are than could be read.
 */
export async function loadFailures(
  { equipmentIds, basis, code, component }: FailureQuestion,
  context: ToolContext,
): Promise<{ failures: FailureRecord[]; left: number }> {
  const ofMachines: Condition[] = equipmentIds === null ? [] : [anyOf("equipment_id", equipmentIds)];
  const where: Condition[] =
    basis === "work_orders"
      ? [
          ...ofMachines,
          { field: "preventive", op: "ne", value: true },
          ...(await codeCondition(basis, "primary_code", code, context)),
          ...(await nameCondition(basis, "component", component, context)),
        ]
      : [
          ...ofMachines,
          { field: "planned", op: "ne", value: true },
          ...(await nameCondition(basis, "reason_code", code, context)),
        ];
  const { rows, total } = await context.mes.list({
    records: basis,
    where,
    limit: mostRows,
    timeZone: context.ctx.timeZone,
  });
  const kept = rows.filter((row) => !called.test(text(row["status"]) ?? ""));
  return { failures: kept.flatMap(basis === "work_orders" ? fromWorkOrder : fromStop), left: total - rows.length };
}

function fromWorkOrder(row: Row): FailureRecord[] {
  const at = time(row["opened_at"]) ?? time(row["finished_at"]);
  const equipmentId = text(row["equipment_id"]);
  if (!at || equipmentId === null) return [];
  const cause = text(row["primary_code"]);
  const causeLabel = text(row["primary_code_description"]) ?? cause;
  return [{ equipmentId, at, minutes: number(row["duration_minutes"]), cause, causeLabel }];
}

function fromStop(row: Row): FailureRecord[] {
  const at = time(row["started_at"]);
  const equipmentId = text(row["equipment_id"]);
  if (!at || equipmentId === null) return [];
  const cause = text(row["reason_code"]) ?? text(row["reason"]);
  return [
    { equipmentId, at, minutes: number(row["duration_minutes"]), cause, causeLabel: text(row["reason"]) ?? cause },
  ];
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const number = (value: unknown): number | null => (typeof value === "number" && value > 0 ? value : null);
const time = (value: unknown): Date | null => (value instanceof Date ? value : null);
