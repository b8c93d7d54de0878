import { describe, expect, it } from "vitest";
import type { Row } from "../../src/plant/records.ts";
import type { ReliabilityReport } from "../../src/tools/prognosis/reliability-output.ts";
import { daysAgo, openPlant, plantRecords } from "./plant.ts";

const repair = (id: string, equipment: string, days: number, row: Row = {}): Row => ({
  source: "sample",
  id,
  equipment_id: equipment,
  preventive: false,
  status: "closed",
  primary_code: "VIB",
  primary_code_description: "진동 과다",
  opened_at: daysAgo(days),
  finished_at: daysAgo(days - 0.1),
  duration_minutes: 120,
  ...row,
});

function plantWith(orders: Row[], language: "ko" | "en" = "ko") {
  const records = plantRecords();
  records.records.work_orders = orders;
  return openPlant({ records, language });
}

/** Ten repairs of the first mill, forty days apart; one of the second; a preventive and a cancelled order. */
const orders = [
  ...Array.from({ length: 10 }, (_, index) =>
    repair(`A${index}`, "MILL-01", 400 - index * 40, { duration_minutes: 60 + index }),
  ),
  repair("A3b", "MILL-01", 279.5, { primary_code: "ELE", primary_code_description: "전기" }),
  repair("B0", "MILL-02", 200),
  repair("P0", "MILL-01", 100, { preventive: true }),
  repair("C0", "MILL-02", 90, { status: "cancelled" }),
];

describe("review_reliability", () => {
  it("gives MTBF, MTTR, Weibull with the running time, and compares with the sister machine", async () => {
    const { evidence, output } = await plantWith(orders).run("review_reliability", { equipment: "MILL-01" });
    const report = output as ReliabilityReport;
    expect(report).toMatchObject({ found: true, failures: 10, basis: "work_orders" });
    // 400 days, 10 failures; A3b within a day of A3 is the same failure.
    expect(report.mtbfHours?.value).toBeCloseTo(960, 3);
    expect(report.mttrHours?.value).toBeCloseTo((10 * 60 + 45 + 120) / 600, 6);
    expect(report.weibull).toMatchObject({ found: false, reason: "all_alike", failures: 9, censored: 1 });
    expect(report.units[0]).toMatchObject({ badActor: true, againstSisters: { ratio: expect.closeTo(10, 3) } });
    expect(evidence[0]?.text.split("\n")[0]).toMatch(
      /^MILL-01 밀링 1호기: 2025-10-17 .* 고장 10건, MTBF 40일 \(95% 21\.8~83\.4\), MTTR 1\.27시간 \(95% /,
    );
    expect(evidence[0]?.text).toContain("10배 자주 고장납니다");
    expect(evidence.at(-1)?.text).toBe("많은 순: 진동 과다 10 (100 %)");
  });

  it("tells wear by a Weibull shape above 1, with its interval", async () => {
    const gaps = [300, 340, 310, 280, 330, 295, 350, 320, 305];
    let days = 140;
    const wearing = gaps.map((gap, index) => repair(`W${index}`, "MILL-01", (days -= gap / 24)));
    const { evidence, output } = await plantWith(wearing, "en").run("review_reliability", { equipment: "MILL-01" });
    const { weibull } = output as ReliabilityReport;
    expect(weibull).toMatchObject({ found: true, pattern: "wear", failures: 8, censored: 1 });
    expect(evidence[0]?.text).toContain("the longer it runs the likelier it fails: wear");
    expect(evidence[0]?.text).toContain("8 times between failures, 1 still running (censored)");
  });

  it("ranks the machines of the plant, and calls none a bad actor for chance", async () => {
    const few = [repair("A", "MILL-01", 100), repair("B", "MILL-01", 50), repair("C", "MILL-02", 70)];
    const { evidence, output } = await plantWith(few, "en").run("review_reliability", {});
    expect((output as ReliabilityReport).units.map(({ equipmentId, failures }) => [equipmentId, failures])).toEqual([
      ["MILL-01", 2],
      ["MILL-02", 1],
      ["HPR-01", 0],
    ]);
    // A press and two mills have no life in common; two mills of one model do.
    expect(output).toMatchObject({ weibull: null });
    const mills = await plantWith(few, "en").run("review_reliability", { equipment: "VM-9" });
    expect(mills.evidence[0]?.text).toContain("No Weibull life is given — fewer than 4 times between failures");
    expect(evidence[1]?.text).toBe(
      "Most failures: MILL-01 (2), but none differs from its sister machines beyond chance.",
    );
    expect(evidence[1]?.table?.rows).toHaveLength(3);
  });

  it("counts only the code or the period asked for", async () => {
    const plant = plantWith(orders, "en");
    const code = await plant.run("review_reliability", { equipment: "MILL-01", code: "ele" });
    expect(code.output).toMatchObject({ failures: 1, causes: [{ key: "ELE", count: 1 }] });
    const period = await plant.run("review_reliability", { equipment: "MILL-01", from: "2026-08-01" });
    expect((period.output as ReliabilityReport).failures).toBe(2);
  });

  it("takes unplanned stops where there are no work orders, or where asked", async () => {
    const { output } = await plantWith([], "en").run("review_reliability", { equipment: "MILL-01" });
    expect(output).toMatchObject({ basis: "downtimes", failures: 1 });
    const asked = await plantWith(orders, "en").run("review_reliability", { equipment: "MILL-01", basis: "downtimes" });
    expect(asked.output).toMatchObject({ basis: "downtimes", failures: 1 });
  });

  it("gives a lower bound, no MTBF, where nothing failed", async () => {
    const { evidence, output } = await plantWith([...orders, repair("B1", "MILL-02", 5)], "en").run(
      "review_reliability",
      {
        equipment: "HPR-01",
        basis: "work_orders",
      },
    );
    expect(output).toMatchObject({ found: false, failures: 0, mtbfHours: null });
    expect(evidence[0]?.text).toContain("no MTBF can be given");
    expect(evidence[0]?.text).toContain("If none failed, MTBF is at least 133 d");
  });
});
