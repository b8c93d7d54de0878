// The few kinds of failure that a caller can act on. Every door maps each code once.
const errorCodes = [
  "invalid_input", // the caller can mend it; `details` lists what
  "not_found",
  "forbidden", // the actor lacks the role
  "conflict", // the state has moved on
  "unavailable", // a store, model or service can't be reached now
  "too_large",
  "cancelled",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export type ErrorDetail = { path?: string; line?: number; message: string };

/** An error with a code, one sentence that says what happened, and one that says the fix. */
export class SunbaeError extends Error {
  readonly code: ErrorCode;
  readonly fix: string | undefined;
  readonly details: ErrorDetail[];

  constructor(
    code: ErrorCode,
    message: string,
    options: { fix?: string; details?: ErrorDetail[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "SunbaeError";
    this.code = code;
    this.fix = options.fix;
    this.details = options.details ?? [];
  }
}

/** Whatever was thrown, as a SunbaeError, also one that a library (Drizzle) wrapped; unknown causes become `internal` and keep the cause. */
export function toSunbaeError(thrown: unknown): SunbaeError {
  for (let cause = thrown, depth = 0; cause instanceof Error && depth < 10; cause = cause.cause, depth++)
    if (cause instanceof SunbaeError) return cause;
  if (thrown instanceof Error && thrown.name === "AbortError")
    return new SunbaeError("cancelled", "The work was cancelled.", { cause: thrown });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new SunbaeError("internal", message, { cause: thrown });
}
