const badStatus =
  /hold|held|block|reject|scrap|quarantin|sort|rework|concession|non-?conform|defect|보류|차단|불합격|격리|선별|재작업|폐기|특채|부적합|불량/i;
/** Never taken back: "불합격" holds "합격". */
const failedWord = /불합격|not ok|부적합/i;
const stillMade = /process|running|wip|open|planned|진행|작업 ?중|생산 ?중/i;
const failed = /^(fail|failed|ng|nok|not ok|reject|rejected|bad|no go|불합격|불량|부적합)$/i;

/** Whether an inspection's result, as plants write it, means that it was not passed. */
export function isFailure(result: unknown): boolean {
  return typeof result === "string" && failed.test(result.trim());
}

/** What takes the bad word back: "released from hold", "no defects", "sorted ok". */
const cleared =
  /releas|unblock|\bno\b|without|\bnot (?:on )?hold|\bok\b|passed|accepted|해제|없음|합격(?!.*불합격)|양호/i;

/** Whether a lot's status says that something was wrong with it; null where it doesn't say, or the lot is being made. */
export function isBadStatus(status: unknown): boolean | null {
  if (typeof status !== "string" || status.trim() === "") return null;
  const bad = badStatus.test(status) && !(cleared.test(status) && !failedWord.test(status));
  if (bad) return true;
  return stillMade.test(status) ? null : false;
}
