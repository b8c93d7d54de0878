import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import type { FindCardsInput, FoundCard } from "./card.ts";
import type { Knowledge } from "./knowledge.ts";

/** Published cards that fit, best first. */
export async function findCards(_ctx: Ctx, _knowledge: Knowledge, _input: FindCardsInput): Promise<FoundCard[]> {
  throw new SunbaeError("unavailable", "Cards are being built.");
}
