import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import type { CodeKind, Knowledge } from "./knowledge.ts";

export type KnownCode = { kind: CodeKind; code: string; message: string; models: string[] };

/** Codes that exist, those nearest to `near` first: for "there is no such code; the nearest are …". */
export async function knownCodes(
  _ctx: Ctx,
  _knowledge: Knowledge,
  _input: { near?: string; kind?: CodeKind; models?: string[]; limit?: number },
): Promise<KnownCode[]> {
  throw new SunbaeError("unavailable", "Code look-up is being built.");
}
