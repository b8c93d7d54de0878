import { describe, expect, it } from "vitest";
import { minutesFromUtc, minutesToUtc, offsetsOf } from "../../../src/plant/mes/sql/zone-offsets.ts";

/** Reads the nested CASEs that a database would run. */
function decide(sql: string, at: number): number {
  const found = /^CASE WHEN t < (-?\d+) THEN (.*)$/s.exec(sql);
  if (!found) return Number(sql);
  const [, from, rest = ""] = found;
  let depth = 0;
  for (const { 0: word, index } of rest.matchAll(/CASE|ELSE|END/g)) {
    if (word === "CASE") depth += 1;
    else if (word === "END") depth -= 1;
    else if (depth === 0)
      return decide(
        at < Number(from) ? rest.slice(0, index).trim() : rest.slice(index + 4, rest.lastIndexOf("END")).trim(),
        at,
      );
  }
  throw new Error(sql);
}
const words = { literal: String };
const ahead = (zone: string, iso: string) => decide(minutesFromUtc("t", zone, words), Date.parse(iso));
const back = (zone: string, iso: string) => decide(minutesToUtc("t", zone, words), Date.parse(`${iso}Z`));

describe("offsets in SQL", () => {
  it("are those of the zone at every instant", () => {
    expect(ahead("Asia/Seoul", "2026-01-01T00:00:00Z")).toBe(540);
    expect(ahead("Asia/Seoul", "1988-07-01T00:00:00Z")).toBe(600);
    expect(ahead("Asia/Kolkata", "2026-01-01T00:00:00Z")).toBe(330);
    expect(ahead("UTC", "2026-01-01T00:00:00Z")).toBe(0);
    expect(ahead("America/New_York", "2020-11-01T05:59:59Z")).toBe(-240);
    expect(ahead("America/New_York", "2020-11-01T06:00:00Z")).toBe(-300);
    expect(ahead("America/New_York", "2020-03-08T06:59:59Z")).toBe(-300);
    expect(ahead("America/New_York", "2020-03-08T07:00:00Z")).toBe(-240);
  });

  it("of wall-clock time take a repeated hour for winter time and a skipped one as unchanged, as Postgres does", () => {
    expect(back("America/New_York", "2020-11-01T00:59:00")).toBe(240);
    expect(back("America/New_York", "2020-11-01T01:30:00")).toBe(300);
    expect(back("America/New_York", "2020-03-08T02:30:00")).toBe(300);
    expect(back("America/New_York", "2020-03-08T03:00:00")).toBe(240);
    expect(back("Asia/Seoul", "2026-01-01T00:00:00")).toBe(-540);
  });

  it("are one number where a zone never changed", () => {
    expect(minutesFromUtc("t", "Asia/Kolkata", words)).toBe("330");
    expect(offsetsOf("America/New_York").length).toBeGreaterThan(150);
  });
});
