import { SunbaeError } from "../core/errors.ts";
import type { Unseen } from "./source.ts";

/** A source of the plant could not be asked; carries what an answer says of it. */
export class SourceUnseenError extends SunbaeError {
  readonly unseen: Unseen;
  constructor(unseen: Unseen, cause: unknown) {
    super("unavailable", `${unseen.source} can't be seen now${unseen.reason ? ` (${unseen.reason.en})` : ""}.`, {
      fix: "See `sunbae doctor`.",
      cause,
    });
    this.unseen = unseen;
  }
}
