import { describe, expect, it } from "vitest";
import type { AlarmLimitReport } from "../../src/tools/review-alarm-limit.ts";
import { daysAgo, now, openPlant, plantRecords } from "./plant.ts";

const repairs = [10, 30, 50];

/** Sixty days, six points an hour; high for five hours before each repair. */
function plantWith(level: number, rise: number, language: "ko" | "en" = "ko", description = "주축 진동 점검") {
  const records = plantRecords();
  records.records.work_orders = repairs.map((days, index) => ({
    source: "sample",
    id: `R${index}`,
    equipment_id: "MILL-01",
    preventive: false,
    status: "closed",
    description,
    alarm_code: index === 0 ? "2042" : null,
    opened_at: daysAgo(days),
    finished_at: daysAgo(days - 0.1),
  }));
  const plant = openPlant({ records, language });
  const count = 60 * 144;
  const times = Array.from({ length: count }, (_, index) => now.getTime() - (count - index) * 600_000);
  const values = times.map((at, index) => {
    const days = (now.getTime() - at) / 86_400_000;
    const near = repairs.some((one) => days > one && days < one + 5 / 24);
    return level + 0.2 * Math.sin(index * 1.7) + 0.15 * Math.sin(index * 4.3) + (near ? rise : 0);
  });
  plant.sensors.append([{ tagId: "MILL-01.spindle_vibration", times, values }]);
  return plant;
}

describe("review_alarm_limit", () => {
  it("proposes a lower limit where the present one missed the failures, and changes nothing", async () => {
    const plant = plantWith(1.5, 1.5);
    const { evidence, output, proposal } = await plant.run("review_alarm_limit", {
      equipment: "MILL-01",
      tags: "진동",
    });
    const [review] = (output as AlarmLimitReport).reviews;
    expect(review).toMatchObject({
      verdict: "lower",
      related: true,
      failures: 3,
      current: { value: 4.5, alarms: 0, missed: 3 },
      proposed: { alarms: 3, justified: 3, falseAlarms: 0, missed: 0 },
    });
    expect(evidence[0]?.text.split("\n")[0]).toMatch(
      /^MILL-01 밀링 1호기 · 주축 진동: 알람 상한 기준 내리기를 제안합니다: 4\.5 mm\/s → 2\.\d+ mm\/s\.$/,
    );
    expect(evidence[0]?.text).toContain("아무것도 바꾸지 않았습니다");
    expect([plant.drafts, proposal]).toEqual([[], undefined]);
  });

  it("proposes a higher limit where healthy readings pass it, with the alarms a week before and after", async () => {
    const { evidence, output } = await plantWith(4.3, 3, "en").run("review_alarm_limit", {
      equipment: "MILL-01",
      tags: "vibration",
    });
    const [review] = (output as AlarmLimitReport).reviews;
    expect(review?.verdict).toBe("raise");
    expect(review?.current?.falseAlarms).toBeGreaterThan(50);
    expect(review?.proposed).toMatchObject({ justified: 3, falseAlarms: 0, missed: 0 });
    expect(evidence[0]?.text).toMatch(
      /Now 4\.5 mm\/s: \d+ alarms \([\d.]+ a week\) — \d+ followed by a failure, \d+ false/,
    );
    expect(evidence[0]?.text).toContain("Proposed 4.9");
  });

  it("tries out the limit that is asked about", async () => {
    const { output } = await plantWith(1.5, 1.5, "en").run("review_alarm_limit", {
      equipment: "MILL-01",
      tags: "vibration",
      limit: 2.5,
      code: "2042",
    });
    expect((output as AlarmLimitReport).reviews[0]).toMatchObject({
      verdict: "lower",
      proposed: { value: 2.5, missed: 0 },
      recorded: { code: "2042", alarms: 2 },
    });
  });

  it("tries a number without a sensor's name only on the limits that it can be", async () => {
    const reviewed = async (limit: number) => {
      const input = { equipment: "MILL-01", limit };
      const { output, evidence } = await plantWith(1.5, 1.5, "en").run("review_alarm_limit", input);
      const { reviews } = output as AlarmLimitReport;
      return { what: reviews.map(({ tagId, side }) => `${tagId} ${side}`), text: evidence[0]?.text ?? "" };
    };
    expect((await reviewed(4)).what).toEqual(["MILL-01.spindle_vibration high"]);
    expect((await reviewed(20)).what).toEqual(["MILL-01.coolant_level low"]);
    const { what, text } = await reviewed(900);
    expect(what).toEqual([]);
    expect(text).toContain("a limit of 900 is in the range of none of its sensors. Which sensor is it for?");
    expect(text).toContain("upper alarm limit 4.5 mm/s");
    expect(text).toMatch(/lower alarm limit 15\s?%/);
  });

  it("tries an odd number where its sensor is named", async () => {
    const asked = { equipment: "MILL-01", tags: "vibration", limit: 900 };
    const { output } = await plantWith(1.5, 1.5, "en").run("review_alarm_limit", asked);
    expect((output as AlarmLimitReport).reviews).toHaveLength(1);
  });

  it("says that all failures were counted where none speaks of the sensor", async () => {
    const { evidence, output } = await plantWith(1.5, 1.5, "en", "도어 수리").run("review_alarm_limit", {
      equipment: "MILL-01",
      tags: "vibration",
    });
    expect((output as AlarmLimitReport).reviews[0]?.related).toBe(false);
    expect(evidence[0]?.text).toContain("No failure on record speaks of this sensor");
  });

  it("refuses without enough readings", async () => {
    const { evidence, output } = await openPlant({ language: "en" }).run("review_alarm_limit", {
      equipment: "MILL-01",
      tags: "coolant",
    });
    expect(output).toMatchObject({ found: false, reviews: [{ verdict: "refused", side: "low" }] });
    expect(evidence[0]?.text).toContain("no lower alarm limit can be proposed");
    expect((await openPlant().run("review_alarm_limit", { equipment: "HPR-01" })).output).toMatchObject({
      found: false,
    });
  });
});
