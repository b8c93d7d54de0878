import type { Row } from "../records.ts";
import type { CheckedCondition } from "./check-query.ts";

/** Whether a row meets a condition; with null as in records.ts. */
export function matches(row: Row, condition: CheckedCondition): boolean {
  const value = row[condition.field.name] ?? null;
  const isNull = value === null || (Array.isArray(value) && value.length === 0);
  switch (condition.op) {
    case "is_null":
      return isNull;
    case "not_null":
      return !isNull;
    case "eq":
      return value === condition.value;
    case "ne":
      return value !== condition.value;
    case "in":
      return condition.value.includes(value as string | number);
    case "not_in":
      return !condition.value.includes(value as string | number);
    case "contains": {
      const wanted = condition.value.toLowerCase();
      if (Array.isArray(value)) return value.some((element) => element.toLowerCase() === wanted);
      return typeof value === "string" && value.toLowerCase().includes(wanted);
    }
    default: {
      if (isNull) return false;
      const [left, right] = [Number(value), Number(condition.value)];
      if (condition.op === "gte") return left >= right;
      if (condition.op === "gt") return left > right;
      return condition.op === "lte" ? left <= right : left < right;
    }
  }
}
