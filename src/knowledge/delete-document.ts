import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import type { Knowledge } from "./knowledge.ts";

/** Removes every trace of a document. False if there is none of that id. */
export async function deleteDocument(
  _ctx: Ctx,
  _knowledge: Knowledge,
  _input: { documentId: string },
): Promise<boolean> {
  throw new SunbaeError("unavailable", "Deleting is being built.");
}
