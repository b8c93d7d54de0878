const badStatus =
  /hold|held|block|reject|scrap|quarantin|sort|rework|concession|non-?conform|defect|보류|차단|불합격|격리|선별|재작업|폐기|특채|부적합|불량/i;
const stillMade = /process|running|wip|open|planned|진행|작업 ?중|생산 ?중/i;
const failed = /^(fail|failed|ng|nok|not ok|reject|rejected|bad|no go|불합격|불량|부적합)$/i;

/** Whether an inspection's result, as plants write it, means that it was not passed. */
export function isFailure(result: unknown): boolean {
  return typeof result === "string" && failed.test(result.trim());
}

/** Whether a lot's status says that something was wrong with it; null where it doesn't say, or the lot is being made. */
export function isBadStatus(status: unknown): boolean | null {
  if (typeof status !== "string" || status.trim() === "" || stillMade.test(status)) return null;
  return badStatus.test(status);
}
