import { catalogue } from "../../plant/mes/catalogue.ts";
import type { Field, Measure, RecordSetName } from "../../plant/records.ts";
import {
  averageWords,
  countWords,
  daysWords,
  longestWords,
  mostWords,
  newestWords,
  oldestWords,
  shortestWords,
  sumWords,
} from "./measure-words.ts";

export type MeasureReading = {
  measure?: Measure;
  orderBy?: { field: string; direction: "asc" | "desc" };
  limit?: number;
};

/** What is to be computed or in which order rows are wanted; empty where the rows themselves are. */
export function readMeasure(text: string, records: RecordSetName, grouped: boolean): MeasureReading {
  const { timeField, fields } = catalogue[records];
  const minutes = minutesField(text, fields);
  const limit = readLimit(text);
  const some = limit === undefined ? {} : { limit };
  if (daysWords.test(text) && timeField && !/last \d+ days|최근 ?\d+ ?일/i.test(text.match(daysWords)?.[0] ?? ""))
    return { measure: { kind: "distinct", field: timeField, bucket: "day" } };
  if (averageWords.test(text) && minutes) return { measure: { kind: "avg", field: minutes }, ...some };
  if (minutes && (longestWords.test(text) || shortestWords.test(text)) && !grouped)
    return { orderBy: { field: minutes, direction: longestWords.test(text) ? "desc" : "asc" }, limit: limit ?? 3 };
  const quantity = quantityField(text, records);
  if (quantity) return { measure: { kind: "sum", field: quantity }, ...some };
  if (
    minutes &&
    ((sumWords.test(text) && !/몇\s?(?:건|번|회)|건수|횟수/.test(text)) ||
      (records === "downtimes" && !countWords.test(text) && (grouped || /얼마나|how (?:long|much)/i.test(text))))
  )
    return { measure: { kind: "sum", field: minutes }, ...some };
  if (countWords.test(text) || grouped || (mostWords.test(text) && !newestWords.test(text)))
    return { measure: { kind: "count" }, ...some };
  if (timeField && oldestWords.test(text))
    return { orderBy: { field: timeField, direction: "asc" }, limit: limit ?? 1 };
  if (
    timeField &&
    newestWords.test(text) &&
    /\b(?:last|latest|newest|most recent)\b(?!\s+\d+\s+(?:day|week|month|year|hour))|마지막|가장 최근|최신/i.test(text)
  )
    return {
      orderBy: { field: timeField, direction: "desc" },
      limit: limit ?? (/s\b/.test(text) && limit ? limit : 1),
    };
  return some;
}

/** The duration that is meant: the one whose words the text says, else the first. */
function minutesField(text: string, fields: Field[]): string | undefined {
  const all = fields.filter((field) => field.type === "minutes");
  const lower = text.toLowerCase();
  const said = all.find((field) =>
    [field.label.ko, field.label.en, ...(field.words ?? [])].some((word) => lower.includes(word)),
  );
  return (said ?? all[0])?.name;
}

/** A quantity of the record set that is to be summed rather than rows to be counted. */
function quantityField(text: string, records: RecordSetName): string | null {
  if (
    records === "inspections" &&
    /\bdefects?\b|\brejects?\b|불량/i.test(text) &&
    !/\binspections?\b|검사\s?(?:건|횟|몇)/i.test(text)
  )
    return "defects";
  if (
    records !== "job_orders" ||
    /\borders?\b.{0,15}(?:how many|count)|how many (?:job |production )?orders|오더.{0,6}몇/i.test(text)
  )
    return null;
  if (/\bscrap|불량|폐기|스크랩/i.test(text)) return "quantity_scrap";
  if (/\bproduc(?:e|ed|tion)\b|\boutput\b|\bgood parts?\b|생산량|생산\s?수량|양품|얼마나\s?(?:만들|생산)/i.test(text))
    return "quantity_good";
  return null;
}

/** "top 5", "last 3 work orders", "최근 5건", "상위 10개". */
function readLimit(text: string): number | undefined {
  const match =
    /\b(?:top|first|last|latest|newest|most recent|worst)\s+(\d{1,3})(?!\s*(?:days?|weeks?|months?|years?|hours?))\b/i.exec(
      text,
    ) ??
    /(?:최근|상위|마지막|처음|가장 최근)\s?(\d{1,3})\s?(?:건|개|번|가지|위)/.exec(text) ??
    /(\d{1,3})\s?(?:건|개|가지)\s?(?:만|씩)?\s?(?:보여|알려|뽑|나열|목록)/.exec(text);
  const limit = Number(match?.[1]);
  return match && limit > 0 ? Math.min(limit, 100) : undefined;
}
