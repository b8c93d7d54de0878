import { z } from "zod";
import { addRoute } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import type { SourceReport } from "../backend.ts";
import { named } from "../schema.ts";

const source: z.ZodType<SourceReport> = named(
  "Source",
  z.object({
    name: z.string(),
    kind: z.string(),
    place: z.string(),
    ok: z.boolean(),
    problem: z.string().nullable(),
    fix: z.string().nullable(),
    tags: z.number().nullable(),
    rows: z.array(z.object({ records: z.string(), count: z.number() })),
    newest: z.string().nullable(),
    clockDifferenceMs: z.number().nullable(),
    ms: z.number(),
    notes: z.array(z.string()),
  }),
);

export function addSourceRoutes(app: HttpApp, { backend }: HttpOptions): void {
  addRoute(
    app,
    {
      method: "get",
      path: "/api/sources",
      summary:
        "One look at each store and collector of the site file: what it sees, how fresh, how far its clock is off",
      answer: z.object({ sources: z.array(source) }),
    },
    async () => {
      const views = await backend().sources.probe();
      return { sources: views.map((one) => ({ ...one, newest: one.newest?.toISOString() ?? null })) };
    },
  );
}
