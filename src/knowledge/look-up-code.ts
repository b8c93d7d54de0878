import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import type { AlarmEntry, Knowledge, LookUpCodeInput } from "./knowledge.ts";

/** Entries of a code, best first: exact before number-only, the asked kind and language before others. Empty if unknown. */
export async function lookUpCode(_ctx: Ctx, _knowledge: Knowledge, _input: LookUpCodeInput): Promise<AlarmEntry[]> {
  throw new SunbaeError("unavailable", "Code look-up is being built.");
}
