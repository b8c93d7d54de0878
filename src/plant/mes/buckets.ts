import type { Bucket } from "../records.ts";

// The buckets of an instant, as to_char writes them on the database's side.

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
  });
  formats.set(timeZone, format);
  return format;
}

/** The ISO 8601 week of a calendar day given in UTC: the week belongs to the year of its Thursday. */
function isoWeek(day: Date): string {
  const thursday = new Date(day);
  thursday.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * 86_400_000)) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}

/** An instant's bucket in a time zone; the hour that a clock change repeats is one bucket. */
export function bucketOf(instant: Date, bucket: Bucket, timeZone: string): string | number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const [year, month, date, hour] = ["year", "month", "day", "hour"].map((type) => parts.get(type as "year") ?? "");
  const day = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
  switch (bucket) {
    case "hour":
      return `${year}-${month}-${date} ${hour}:00`;
    case "day":
      return `${year}-${month}-${date}`;
    case "week":
      return isoWeek(day);
    case "month":
      return `${year}-${month}`;
    case "quarter":
      return `${year}-Q${Math.ceil(Number(month) / 3)}`;
    case "year":
      return String(year);
    case "weekday":
      return day.getUTCDay() || 7;
    case "hour_of_day":
      return Number(hour);
  }
}
