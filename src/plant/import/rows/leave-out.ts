import { reasonText } from "../reasons.ts";
import type { Reason } from "../reasons.ts";
import { mostProblems } from "../report.ts";
import type { FileReport } from "../report.ts";

/** Counts what is left out; the first ones are listed with their line and reason. */
export function leaveOut(report: FileReport, line: number, reason: Reason, field?: string, column?: string): void {
  report.leftOut += 1;
  if (report.problems.length < mostProblems)
    report.problems.push({ line, field, column, reason, message: reasonText(reason, "en") });
}
