import type { Forecast } from "../../plant/analysis/prognosis/forecast.ts";

/** What forecast_limit says of one tag and one limit. Dates are ISO strings in its JSON. */
export type TagForecast = Forecast & {
  tagId: string;
  name: string;
  unit: string | null;
  /** Where the limit comes from: the question, the tag's alarm or normal range. */
  limitSource: "asked" | "alarm" | "normal";
  /** When the limit is reached: expected, and the interval's ends; null where it may never be. */
  expectedAt: string | null;
  earliestAt: string | null;
  latestAt: string | null;
  points: { at: string; value: number }[];
};

export type ForecastReport = { found: boolean; equipmentId: string; forecasts: TagForecast[] };
