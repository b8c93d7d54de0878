import { extendZodWithOpenApi } from "@hono/zod-openapi";
import { z } from "zod";

// Pieces of which the routes' schemas are made.

/** The library's method is there once zod is extended, but TypeScript 7 does not see it. */
type Documented = { openapi(nameOrShape: string | object): unknown };
let isExtended = false;

function documented<Schema extends z.ZodType>(schema: Schema, nameOrShape: string | object): Schema {
  if (!isExtended) extendZodWithOpenApi(z);
  isExtended = true;
  return (schema as unknown as Documented).openapi(nameOrShape) as Schema;
}

/** The schema as a component of the OpenAPI document. */
export const named = <Schema extends z.ZodType>(name: string, schema: Schema): Schema => documented(schema, name);

export const jsonContent = (schema: unknown) => ({ "application/json": { schema } });

/** Text that a database can keep: without NUL. */
export const plainText = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => !text.includes("\u0000"), "must not contain the character NUL");

export const id = plainText(200).min(1);
export const idParameter = z.object({ id });
export const limit = (most: number) => z.coerce.number().int().min(1).max(most).optional();
export const instant = z.iso.datetime({ offset: true });
export const flag = z
  .enum(["true", "false"])
  .transform((value) => value === "true")
  .optional();

/** Without the fields that are undefined. */
export function given<Given extends object>(input: Given): { [Key in keyof Given]: Exclude<Given[Key], undefined> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as never;
}
