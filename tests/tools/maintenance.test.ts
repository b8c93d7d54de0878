import { describe, expect, it } from "vitest";
import { hoursAgo, failure, openPlant } from "./plant.ts";

function readings(plant: ReturnType<typeof openPlant>, tagId: string, lastHoursAgo: number, values: number[]): void {
  plant.sensors.append([
    {
      tagId,
      times: values.map((_, index) => hoursAgo(lastHoursAgo).getTime() - (values.length - 1 - index) * 60_000),
      values,
    },
  ]);
}

describe("read_sensors", () => {
  it("tells the newest value with its age, the window and the limits", async () => {
    const plant = openPlant();
    readings(plant, "MILL-01.spindle_vibration", 0.05, [1, 2, 3]);
    const { evidence, output } = await plant.run("read_sensors", { equipment: "MILL-01", tags: "진동" });
    expect(evidence).toHaveLength(1);
    expect(evidence[0]?.text.split("\n")).toEqual([
      "MILL-01 밀링 1호기 · 주축 진동: 지금 3 mm/s (2026-11-21 09:57, 3분 전), 정상 범위 벗어남.",
      "2026-11-20 10:00 ~ 2026-11-21 10:00: 최소 1, 평균 2, 최대 3 mm/s (3건)",
      "정상 0.8~2.2, 알람 ≥4.5 mm/s",
    ]);
    expect(evidence[0]).toMatchObject({
      kind: "reading",
      at: "2026-11-21T00:57:00.000Z",
      source: { store: "readings", records: ["MILL-01.spindle_vibration"], sample: true },
    });
    expect(evidence[0]?.data).toMatchObject({
      found: true,
      latest: { value: 3, stale: false, state: "outside-normal" },
      points: [{ min: 1, mean: 2, max: 3, count: 3 }],
    });
    expect(output).toMatchObject({ equipmentId: "MILL-01", readings: [{ window: { count: 3 } }] });
  });

  it("says that the newest value is old instead of calling it the present one", async () => {
    const plant = openPlant({ language: "en" });
    readings(plant, "MILL-01.spindle_vibration", 50, [2]);
    const { evidence } = await plant.run("read_sensors", { equipment: "MILL-01", tags: ["vibration"] });
    expect(evidence[0]?.text).toContain(
      "The newest value is old: 2 mm/s (2026-11-19 08:00, 2 d 2 h ago). The present value is not known.",
    );
    expect(evidence[0]?.text).toContain("On record: 1 readings from 2026-11-19 08:00");
  });

  it("says that a period holds no data and what there is", async () => {
    const plant = openPlant();
    readings(plant, "MILL-01.spindle_vibration", 0, [2]);
    const { evidence } = await plant.run("read_sensors", { equipment: "MILL-01", tags: "진동", period: "2020년 4월" });
    expect(evidence[0]?.data).toMatchObject({ found: false });
    expect(evidence[0]?.text).toContain("2020-04-01 ~ 2020-04-30에는 측정값이 없습니다.");
  });

  it("names the sensors there are when asked for another one", async () => {
    const error = await failure(openPlant().run("read_sensors", { equipment: "MILL-01", tags: "tonnage" }));
    expect(error).toMatchObject({ code: "not_found", fix: "있는 센서: 절삭유 레벨, 주축 진동" });
  });

  it("says that an old machine has no sensors", async () => {
    const { evidence } = await openPlant().run("read_sensors", { equipment: "HPR-01" });
    expect(evidence[0]?.text).toContain("연결된 센서가 없습니다");
    expect(evidence[0]?.data).toMatchObject({ found: false });
  });
});

describe("similar_work_orders", () => {
  it("puts the same machine with the same alarm first and says who does it how fast", async () => {
    const { evidence, output } = await openPlant().run("similar_work_orders", {
      equipment: "MILL-01",
      alarm_code: "2042",
    });
    expect(output).toMatchObject({
      total: 2,
      medianMinutes: 330,
      workOrders: [
        { id: "WO-1", technician: "김선배", why: ["alarm", "same-machine"] },
        { id: "WO-2", why: ["alarm", "same-model"] },
      ],
    });
    expect(evidence.map((one) => one.kind)).toEqual(["count", "work-order", "work-order"]);
    expect(evidence[0]?.text).toContain("한 사람: 김선배 1건, 보통 3시간, 최근 2026-05-05; 이초보 1건, 보통 8시간");
    expect(evidence[1]?.text).toContain("WO-1 · MILL-01 · 2026-05-05 · 김선배 · 3시간");
    expect(evidence[1]?.text).toContain("부품: VM-SB-70");
  });

  it("finds by the words of a symptom, without the asking around them", async () => {
    const { output } = await openPlant().run("similar_work_orders", {
      equipment: "MILL-01",
      symptom: "절삭유가 또 부족해요",
    });
    expect(output).toMatchObject({ total: 1, workOrders: [{ id: "WO-3", why: ["symptom", "same-machine"] }] });
  });

  it("does not take routine maintenance or open orders of another trouble for precedents", async () => {
    const { output } = await openPlant().run("similar_work_orders", { equipment: "MILL-01", symptom: "진동" });
    expect((output as { workOrders: { id: string }[] }).workOrders.map((one) => one.id)).toEqual(["WO-1", "WO-2"]);
  });

  it("says that there is none and what was searched", async () => {
    const { evidence } = await openPlant().run("similar_work_orders", { equipment: "HPR-01", symptom: "누유" });
    expect(evidence).toHaveLength(1);
    expect(evidence[0]?.text).toContain("비슷한 작업지시가 없습니다 (HPR-01 구형 프레스 · “누유”)");
    expect(evidence[0]?.text).toContain("작업지시 기록이 없습니다.");
  });
});

describe("find_spare_parts", () => {
  const ids = async (input: unknown): Promise<string[]> =>
    ((await openPlant().run("find_spare_parts", input)).output as { parts: { id: string }[] }).parts.map(
      (one) => one.id,
    );

  it("finds by part number however it is spelt, and by words in both languages", async () => {
    expect(await ids({ query: "vm sb 70" })).toEqual(["VM-SB-70"]);
    expect(await ids({ query: "VM-SB-70 재고 있어?" })).toEqual(["VM-SB-70"]);
    expect(await ids({ query: "베어링" })).toEqual(["VM-SB-70", "VM-SB-72"]);
    expect(await ids({ query: "spindle bearings" })).toEqual(["VM-SB-70"]);
    expect(await ids({ equipment: "HPR-01" })).toEqual(["HX-PK-1"]);
    expect(await ids({ below_minimum: true })).toEqual(["HX-PK-1", "VM-SB-70"]);
  });

  it("tells stock, minimum, place and lead time", async () => {
    const { evidence } = await openPlant({ language: "en" }).run("find_spare_parts", { query: "VM-SB-70" });
    expect(evidence).toHaveLength(1);
    expect(evidence[0]?.text).toContain(
      "VM-SB-70 Spindle bearing set: 1 in stock, below the minimum 2, location A-3, lead time 21 days, supplier 부품상회",
    );
    expect(evidence[0]).toMatchObject({ kind: "part", data: { stock: "below-minimum" }, source: { sample: true } });
  });

  it("says that a part is out of stock, and that another is not on the list", async () => {
    expect((await openPlant().run("find_spare_parts", { query: "패킹" })).evidence[0]?.text).toContain(
      "재고 없음 (0개)",
    );
    const { evidence } = await openPlant().run("find_spare_parts", { query: "펌프", equipment: "MILL-01" });
    expect(evidence[0]?.text).toContain("예비품 목록에 없습니다");
    expect(evidence[0]?.text).toContain("찾아본 예비품: 2종 (VM-9), 목록 전체 3종.");
  });
});

describe("draft_work_order", () => {
  it("proposes the exact text and writes nothing", async () => {
    const plant = openPlant();
    const { proposal, evidence } = await plant.run("draft_work_order", {
      equipment: "밀링 1호기",
      description: "주축 베어링 점검",
      priority: "2",
      alarm_code: "2042",
      failure_code: "vib",
    });
    expect(proposal?.text).toBe(
      [
        "작업지시",
        "설비: MILL-01 밀링 1호기",
        "내용: 주축 베어링 점검",
        "우선순위: 2 (높음)",
        "구분: 사후정비",
        "알람: 2042",
        "고장 코드: VIB 진동 과다",
        "요청자: 박기사",
      ].join("\n"),
    );
    expect(plant.drafts[0]?.payload).toEqual({
      equipmentId: "MILL-01",
      description: "주축 베어링 점검",
      priority: 2,
      preventive: false,
      primaryCode: "VIB",
      alarmCode: "2042",
      requestedBy: "박기사",
    });
    expect(evidence[0]?.text).toContain("승인 대기");
  });

  it("refuses a failure code that is not on the plant's list", async () => {
    const error = await failure(
      openPlant().run("draft_work_order", { equipment: "MILL-01", description: "점검", failure_code: "XYZ" }),
    );
    expect(error).toMatchObject({ code: "invalid_input" });
    const fixed = await failure(
      openPlant().run("draft_work_order", { equipment: "MILL-01", description: "베어링 점검", failure_code: "XYZ" }),
    );
    expect(fixed.fix).toContain("VIB");
  });
});

describe("draft_quality_hold", () => {
  it("names every lot that would be held", async () => {
    const plant = openPlant({ language: "en" });
    const { proposal } = await plant.run("draft_quality_hold", {
      equipment: "MILL-01",
      period: "today",
      reason: "bore out of limits",
    });
    expect(proposal?.text).toBe(
      "Quality hold: 1 lot\nScope: made on MILL-01 Mill 1, 2026-11-21\n- HS-261 · 하우징 · 80 EA · MILL-01\nReason: bore out of limits\nRequested by: 박기사",
    );
    expect(plant.drafts[0]?.payload).toMatchObject({ lotIds: ["HS-261"], equipmentId: "MILL-01" });
  });

  it("refuses lots that do not exist, naming the nearest, and a scope without an end", async () => {
    const error = await failure(openPlant().run("draft_quality_hold", { lots: ["HS-262"], reason: "치수 불량" }));
    expect(error).toMatchObject({ code: "not_found" });
    expect(error.fix).toContain("HS-261");
    expect(
      (await failure(openPlant().run("draft_quality_hold", { equipment: "MILL-01", reason: "치수 불량" }))).code,
    ).toBe("invalid_input");
    expect(
      (
        await failure(
          openPlant().run("draft_quality_hold", { equipment: "HPR-01", period: "오늘", reason: "치수 불량" }),
        )
      ).code,
    ).toBe("not_found");
  });
});
