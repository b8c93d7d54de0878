import { z } from "zod";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { periodFields } from "./arguments/period.ts";
import { tagsArgument } from "./arguments/tags.ts";
import { nothingComputed } from "./condition/not-yet.ts";
import type { ForecastReport } from "./prognosis/forecast-output.ts";
import { say } from "./wording.ts";
import { defineTool } from "./tool.ts";

export const forecastLimit = defineTool({
  name: "forecast_limit",
  title: { ko: "한계 도달 예측", en: "Forecast a limit" },
  description:
    "When a sensor will reach its limit at its present trend, with an interval, or why that can't be said (no clear trend, moves away, too far ahead, too few values). Knows saw-teeth: a filter that was changed counts from the change. " +
    "Use it for “when will the filter clog”, “how long will it last”, “언제 한계에 닿아”. For the present state use compare_with_normal.",
  input: z.object({
    equipment: machineArgument,
    tags: tagsArgument,
    limit: z.coerce
      .number()
      .optional()
      .describe("The value to reach, where the asker gives one. Else the tag's alarm limit, else its normal range."),
    ...periodFields,
  }),
  agents: ["maintenance"],
  async run(input, context) {
    const machine = await resolveMachine(input.equipment, context);
    const output: ForecastReport = { found: false, equipmentId: machine.id, forecasts: [] };
    const text = say(context.language, "아직 계산할 수 없습니다.", "This can't be computed yet.");
    return { output, summary: text, evidence: [nothingComputed(machine, text, output, context)] };
  },
});
