import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { z } from "zod";
import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import type { HttpApp, HttpEnv } from "./http-env.ts";
import { problemSchema } from "./problem.ts";
import { jsonContent } from "./schema.ts";

// One way to declare a route: its schemas make the OpenAPI document, check what comes in and type what goes out.

type Schema = z.ZodType;
type Output<Given> = Given extends Schema ? z.output<Given> : undefined;

export type RouteDeclaration<Params, Query, Headers, Body, Answer> = {
  method: "get" | "post" | "patch" | "delete";
  /** "/api/runs/{id}" */
  path: string;
  summary: string;
  params?: Params;
  query?: Query;
  headers?: Headers;
  body?: Body;
  /** A body may be left out: every field of it is optional. */
  bodyOptional?: true;
  /** Of the body: JSON unless told. */
  contentType?: "multipart/form-data";
  /** What the handler returns, sent as JSON; left out where it makes its own response. */
  answer?: Answer;
  /** 200 unless told. */
  status?: 200 | 201 | 202 | 204;
  /** Further answers beside it, by status. */
  also?: Record<number, { description: string; content?: object }>;
  description?: string;
};

export type Call<Params, Query, Headers, Body> = {
  c: Context<HttpEnv>;
  ctx: Ctx;
  params: Output<Params>;
  query: Output<Query>;
  headers: Output<Headers>;
  body: Output<Body>;
};

/** The handler returns the answer, or a Response of its own. */
export function addRoute<
  Params extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
  Headers extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
  Answer extends Schema | undefined = undefined,
>(
  app: HttpApp,
  declaration: RouteDeclaration<Params, Query, Headers, Body, Answer>,
  handle: (call: Call<Params, Query, Headers, Body>) => Promise<Output<Answer> | Response>,
): void {
  const { contentType, status = 200 } = declaration;
  // The library's types lean on an extension of zod's that TypeScript 7 does not merge: it is told nothing of them here.
  const route = createRoute(toLibrary(declaration) as never);
  const handler = async (c: Context<HttpEnv>) => {
    const valid = (target: string) => c.req.valid(target as never) as never;
    const made = await handle({
      c,
      ctx: c.get("ctx")(),
      params: valid("param"),
      query: valid("query"),
      headers: valid("header"),
      body: valid(contentType === undefined ? "json" : "form"),
    });
    return made instanceof Response ? made : c.json(made as object, status as 200);
  };
  app.openapi(route, handler as never);
}

function toLibrary(declaration: RouteDeclaration<unknown, unknown, unknown, unknown, unknown>): object {
  const { method, path, summary, params, query, headers, body, answer, status = 200, also = {} } = declaration;
  const { contentType = "application/json", bodyOptional, description = summary } = declaration;
  const success = answer === undefined ? { description } : { description, content: jsonContent(answer) };
  return {
    method,
    path,
    summary,
    request: {
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { query }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined
        ? {}
        : { body: { required: bodyOptional !== true, content: { [contentType]: { schema: body } } } }),
    },
    responses: {
      [status]: success,
      ...also,
      default: {
        description: "Anything that went wrong, as an RFC 9457 problem document",
        content: { "application/problem+json": { schema: problemSchema } },
      },
    },
  };
}

/** Validation that fails becomes `invalid_input` with one detail a field. */
export function refuseInvalid(result: { target: string; success: boolean; error?: unknown }): void {
  if (result.success) return;
  const { issues } = result.error as z.ZodError;
  const details = issues.map((issue) => ({ path: issue.path.join(".") || result.target, message: issue.message }));
  const [first] = details;
  throw new SunbaeError("invalid_input", `${first?.path}: ${first?.message}.`, { details });
}
