import { describe, expect, it } from "vitest";
import type { ForecastReport } from "../../src/tools/forecast-limit.ts";
import { now, openPlant } from "./plant.ts";

const days = 60;
/** Sixty days, two points an hour; `hours` is how long before now. */
function feed(plant: ReturnType<typeof openPlant>, tagId: string, valueOf: (hours: number) => number): void {
  const count = days * 48;
  const times = Array.from({ length: count }, (_, index) => now.getTime() - (count - index) * 1_800_000);
  const scatter = (index: number) => 0.05 * Math.sin(index * 1.7) + 0.03 * Math.sin(index * 4.3);
  plant.sensors.append([
    { tagId, times, values: times.map((at, index) => valueOf((now.getTime() - at) / 3_600_000) + scatter(index)) },
  ]);
}

describe("forecast_limit", () => {
  it("says when the alarm limit will be reached, with the interval and what it rests on", async () => {
    const plant = openPlant();
    // 1 at the start, 2.44 now, 0.001 an hour: 4.5 in 2,060 hours.
    feed(plant, "MILL-01.spindle_vibration", (hours) => 2.44 - 0.001 * hours);
    feed(plant, "MILL-01.coolant_level", () => 70);
    const { evidence, output } = await plant.run("forecast_limit", { equipment: "MILL-01" });
    const [first] = (output as ForecastReport).forecasts;
    expect(first).toMatchObject({ tagId: "MILL-01.spindle_vibration", verdict: "forecast", limitSource: "alarm" });
    expect(Math.abs((first?.hours?.expected ?? 0) - 2060)).toBeLessThan(60);
    expect(evidence[0]?.text.split("\n")[0]).toMatch(
      /^MILL-01 밀링 1호기 · 주축 진동: 이 추세면 2027-02-1\d 무렵\(약 \d+일( \d+시간)? 뒤\) 알람 한계 4\.5 mm\/s에 닿습니다 — 95% 구간 2027-02-\d\d ~ 2027-02-\d\d\.$/,
    );
    expect(evidence[0]?.text).toContain("하루 +0.024 mm/s");
    expect(evidence[1]?.text).toContain("한계 도달을 예측할 수 없는 센서 1개 — 절삭유 레벨 (뚜렷한 추세가 없음)");
  });

  it("counts from the last time the thing was renewed, and names the work order", async () => {
    // WO-3 of ten days ago says that the coolant was refilled. 54 % now, 0.15 an hour: 15 % in 260 hours.
    const plant = openPlant({ language: "en" });
    feed(plant, "MILL-01.coolant_level", (hours) =>
      hours > 240 ? 90 - 0.05 * (1440 - hours) : 90 - 0.15 * (240 - hours),
    );
    const { evidence, output } = await plant.run("forecast_limit", { equipment: "MILL-01", tags: "coolant" });
    expect((output as ForecastReport).forecasts[0]).toMatchObject({
      verdict: "forecast",
      renewedBy: "WO-3",
      limit: { value: 15, side: "low" },
      stretch: { begins: "reset" },
    });
    expect(evidence[0]?.text).toMatch(/it reaches the alarm limit 15 % about 2026-12-0[12]/);
    expect(evidence[0]?.text).toContain("since it was renewed (WO-3)");
  });

  it("takes the limit that the asker names, on the side it lies", async () => {
    const plant = openPlant({ language: "en" });
    feed(plant, "MILL-01.coolant_level", (hours) => 60 + 0.01 * hours);
    const { output } = await plant.run("forecast_limit", { equipment: "MILL-01", tags: "coolant", limit: 55 });
    const [found] = (output as ForecastReport).forecasts;
    expect(found).toMatchObject({ verdict: "forecast", limitSource: "asked", limit: { value: 55, side: "low" } });
    expect(Math.abs((found?.hours?.expected ?? 0) - 500)).toBeLessThan(15);
  });

  it("refuses with the reason, and says that a limit is passed already", async () => {
    const plant = openPlant({ language: "en" });
    feed(plant, "MILL-01.coolant_level", () => 70);
    feed(plant, "MILL-01.spindle_vibration", (hours) => 5 - 0.001 * hours);
    const { evidence } = await plant.run("forecast_limit", { equipment: "MILL-01", tags: ["coolant", "vibration"] });
    expect(evidence.map(({ text }) => text.split("\n")[0])).toEqual([
      "MILL-01 Mill 1 · Spindle vibration: it has already reached or passed the alarm limit 4.5 mm/s.",
      expect.stringMatching(/Coolant level: when it reaches .* can't be said — there is no clear trend\./),
    ]);
  });

  it("finds nothing without sensors or readings", async () => {
    expect((await openPlant().run("forecast_limit", { equipment: "HPR-01" })).output).toMatchObject({ found: false });
    const { evidence, output } = await openPlant({ language: "en" }).run("forecast_limit", {
      equipment: "MILL-01",
      tags: "coolant",
    });
    expect(output).toMatchObject({ found: false });
    expect(evidence[0]?.text).toContain("There are no readings in this span.");
  });
});
