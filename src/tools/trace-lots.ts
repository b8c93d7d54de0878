import { z } from "zod";
import { traceLotsOf } from "./lots/trace-lots-of.ts";
import { defineTool } from "./tool.ts";

export const traceLots = defineTool({
  name: "trace_lots",
  title: { ko: "로트 추적", en: "Trace lots" },
  description:
    "Genealogy of a lot, any number of steps: forward (which lots, orders and customers it went into) and back (what went into it), with quantity, status and failed inspections of each. " +
    "Use it for “which lots did the bad batch go into”, “what went into lot X”, “로트 추적”, “역추적”.",
  input: z.object({
    lot: z
      .union([z.array(z.string().trim().min(1)).min(1), z.string().trim().min(1)])
      .describe("Lot number, or several; a job order's number means its lot. As the asker wrote it."),
    direction: z
      .enum(["forward", "back", "both"])
      .optional()
      .describe("Forward: where it went. Back: what went into it. Both unless told."),
    depth: z.coerce.number().int().min(1).max(50).optional().describe("Steps at most; all unless told."),
  }),
  agents: ["quality", "planner"],
  run: traceLotsOf,
});
