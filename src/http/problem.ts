import { z } from "zod";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { SunbaeError, toSunbaeError, type ErrorCode } from "../core/errors.ts";
import type { Logger } from "../observability/logger.ts";
import type { HttpEnv } from "./http-env.ts";
import { named } from "./schema.ts";

// Every error leaves as an RFC 9457 problem document, by one exhaustive map.

export const statusOf = {
  invalid_input: 400,
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  unavailable: 503,
  too_large: 413,
  cancelled: 409,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

const titles: Record<ErrorCode, string> = {
  invalid_input: "The request does not fit",
  not_found: "Not found",
  forbidden: "Not allowed",
  conflict: "The state has moved on",
  unavailable: "Not available now",
  too_large: "Too large",
  cancelled: "Cancelled",
  internal: "Something went wrong here",
};

export const problemSchema = named(
  "Problem",
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    fix: z.string().optional(),
    requestId: z.string().optional(),
    errors: z
      .array(z.object({ path: z.string().optional(), line: z.number().optional(), message: z.string() }))
      .optional(),
  }),
);
export type Problem = z.infer<typeof problemSchema>;

export function toProblem(error: SunbaeError, instance: string, requestId?: string, status?: number): Problem {
  return {
    type: `urn:sunbae:problem:${error.code}`,
    title: titles[error.code],
    status: status ?? statusOf[error.code],
    detail: error.message,
    instance,
    code: error.code,
    ...(error.fix === undefined ? {} : { fix: error.fix }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(error.details.length === 0 ? {} : { errors: error.details }),
  };
}

export function sendProblem(c: Context<HttpEnv>, error: SunbaeError, status?: number): Response {
  const problem = toProblem(error, c.req.path, c.get("requestId"), status);
  const headers: Record<string, string> = { "content-type": "application/problem+json" };
  if (problem.status === 401) headers["www-authenticate"] = "Bearer";
  if (problem.status === 503) headers["retry-after"] = "2";
  return c.newResponse(JSON.stringify(problem), problem.status as 400, headers);
}

/** What Hono itself refuses (a body that is no JSON, a time-out) as one of our codes. */
function fromHono(thrown: HTTPException): SunbaeError {
  const said = thrown.message || "The request was refused.";
  if (thrown.status === 413) return new SunbaeError("too_large", said);
  if (thrown.status >= 500) return new SunbaeError("unavailable", said, { fix: "Try again in a moment." });
  return new SunbaeError("invalid_input", said.endsWith(".") ? said : `${said}.`);
}

/** Internal errors are logged whole and told without their text, which may hold a query or a path. */
export function handleError(logger: Logger): (thrown: Error, c: Context<HttpEnv>) => Response {
  return (thrown, c) => {
    if (thrown instanceof HTTPException) return sendProblem(c, fromHono(thrown), thrown.status);
    const error = toSunbaeError(thrown);
    if (error.code !== "internal") return sendProblem(c, error);
    logger.error({ err: thrown, requestId: c.get("requestId"), path: c.req.path }, "a request failed");
    const told = new SunbaeError("internal", "The request failed inside Sunbae.", {
      fix: `Look for ${c.get("requestId")} in the server's log.`,
    });
    return sendProblem(c, told);
  };
}
