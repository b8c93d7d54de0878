import { dayStamp } from "../world.ts";
import type { Setting } from "../world.ts";

/** Numbers records within their day of the site, by time and then by key: "WO-261120-03". What comes later never renumbers what came before. */
export function numberByDay<T>(
  setting: Setting,
  prefix: string,
  records: T[],
  place: (record: T) => { atMs: number; key: string },
): { id: string; record: T }[] {
  const sorted = records
    .map((record) => ({ record, ...place(record) }))
    .sort((a, b) => a.atMs - b.atMs || (a.key < b.key ? -1 : 1));
  let day = "";
  let count = 0;
  return sorted.map(({ record, atMs }) => {
    const stamp = dayStamp(setting, atMs);
    count = stamp === day ? count + 1 : 1;
    day = stamp;
    return { id: `${prefix}-${stamp}-${String(count).padStart(2, "0")}`, record };
  });
}
