import { describe, expect, it } from "vitest";
import type { Row } from "../../../src/plant/records.ts";
import { openLine, time } from "./line.ts";

const event = (id: string, at: Date, seconds: number | null, row: Row = {}): Row => ({
  source: "sample",
  id,
  equipment_id: "MILL-01",
  group: "alarm",
  code: "2042",
  description: "주축 진동 높음",
  started_at: at,
  ended_at: seconds === null ? null : new Date(at.getTime() + seconds * 1000),
  ...row,
});
const after = (start: string, seconds: number): Date => new Date(time(start).getTime() + seconds * 1000);

const burst = Array.from({ length: 14 }, (_, i) =>
  event(`F${i}`, after("2026-11-10T03:00", i * 25), 120, {
    code: `10${i}`,
    description: `압력 ${i}`,
    equipment_id: "MILL-02",
  }),
);
const chatter = [0, 20, 40, 60].map((seconds) => event(`C${seconds}`, after("2026-11-12T08:00", seconds), 5));
const standing = event("S", time("2026-11-15T00:00"), 3 * 86_400, { code: "7001", description: "필터 막힘" });

describe("review_alarms", () => {
  it("tells the load, floods, chattering and standing alarms of a period with their figures", async () => {
    const { run } = openLine({
      events: [...burst, ...chatter, standing, event("W", time("2026-11-01T00:00"), 600, { group: "work order" })],
    });
    const { output, evidence } = await run("review_alarms", { period: "이번 달" });
    expect(output).toMatchObject({ found: true, alarms: 19, allEvents: false, verdict: "manageable", left: 0 });
    const text = evidence[0]?.text ?? "";
    expect(text).toContain("공장 전체 (2026-11-01 00:00 ~ 2026-11-21 10:00): 알람 19건");
    expect(text).toContain("최대 10분 14건 (2026-11-10 03:00부터)");
    expect(text).toContain("알람 폭주 1회 (10분에 10건 초과부터 5건 미만까지), 알람 14건");
    expect(text).toContain("채터링(60초 안에 3회 이상): MILL-01 2042 주축 진동 높음 1번, 알람 4건");
    expect(text).toContain("24시간 넘게 떠 있는 알람 1건: MILL-01 7001 필터 막힘 3일");
    expect(text).toContain("운전원 1명으로 계산");
    expect(evidence[0]?.table?.rows[0]?.slice(0, 4)).toEqual(["MILL-01", "2042", "주축 진동 높음", 4]);
  });

  it("leaves out time before the first event on record, and says what the events lack", async () => {
    const rows = [
      event("A", time("2026-11-20T10:00"), null),
      event("B", time("2026-11-20T12:00"), null, { code: "1" }),
    ];
    const { run } = openLine({ events: rows }, "en");
    const { output, evidence } = await run("review_alarms", { equipment: "MILL-01", period: "last 30 days" });
    expect(output).toMatchObject({ alarms: 2, hours: 24, standing: null, fleeting: null });
    expect(evidence[0]?.text).toContain(
      "no clearing times are on record, so standing and fleeting alarms can't be told",
    );
    expect(evidence[0]?.equipmentId).toBe("MILL-01");
  });

  it("counts one code only where it is asked for, shares by operators, and says where there are none", async () => {
    const { run } = openLine({ events: [...burst, ...chatter] }, "en");
    const { output } = await run("review_alarms", { period: "this month", code: "2042", operators: 2 });
    expect(output).toMatchObject({ alarms: 4, operators: 2 });
    const none = await run("review_alarms", { equipment: "HPR-01", period: "this month" });
    expect(none.output).toMatchObject({ found: false });
    expect(none.evidence[0]?.text).toContain("no alarms are on record");
  });
});
