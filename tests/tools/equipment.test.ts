import { describe, expect, it } from "vitest";
import { failure, openPlant } from "./plant.ts";

describe("equipment as a tool's argument", () => {
  it("is found by id, name and alias, with a Korean particle", async () => {
    for (const equipment of ["mill-01", "밀링 1호기", "일호 밀링", "밀링 1호기에서"]) {
      const { output } = await openPlant().run("list_work_orders", { equipment });
      expect(output, equipment).toMatchObject({ total: 4 });
    }
  });

  it("that is unknown is told with the nearest ids", async () => {
    const error = await failure(openPlant().run("read_sensors", { equipment: "MILL-09" }));
    expect(error.code).toBe("not_found");
    expect(error.fix).toContain("MILL-01");
    expect(error.details.map((one) => one.message)).toContain("MILL-01 밀링 1호기");
  });

  it("that may be several machines is asked, not guessed", async () => {
    const error = await failure(openPlant({ language: "en" }).run("read_sensors", { equipment: "쌍둥이" }));
    expect(error.code).toBe("invalid_input");
    expect(error.message).toContain("MILL-01, MILL-02");
    expect(error.fix).toContain("Ask which one");
  });

  it("means every machine of an area or model where a tool takes several", async () => {
    for (const equipment of ["밀링동", "VM-9"]) {
      const { output } = await openPlant().run("count_work_orders", { equipment, alarm_code: "2042" });
      expect(output, equipment).toMatchObject({ value: 2 });
    }
  });
});

describe("find_equipment", () => {
  it("says where a machine stands and which sensors it has", async () => {
    const { evidence } = await openPlant().run("find_equipment", { query: "밀링 1호기" });
    expect(evidence[0]).toMatchObject({
      kind: "equipment",
      equipmentId: "MILL-01",
      source: { records: ["MILL-01"], sample: true },
    });
    expect(evidence[0]?.text).toContain("공장 › 밀링동");
    expect(evidence[0]?.text).toContain("센서 2개: coolant_level, spindle_vibration");
  });

  it("lists the candidates of an ambiguous name and asks", async () => {
    const { output, evidence } = await openPlant().run("find_equipment", { query: "쌍둥이" });
    expect(output).toMatchObject({ ambiguous: true, total: 2 });
    expect(evidence[0]?.text).toContain("어느 설비입니까?");
  });

  it("says that there is none, with the nearest ids", async () => {
    const { output, evidence } = await openPlant({ language: "en" }).run("find_equipment", { query: "MILL-07" });
    expect(output).toMatchObject({ total: 0 });
    expect(evidence[0]?.text).toMatch(/There is no equipment “MILL-07”\. The nearest are: MILL-0/);
  });

  it("lists every machine, lines and areas left out, where nothing is asked", async () => {
    const { output } = await openPlant().run("find_equipment", {});
    expect((output as { equipment: { id: string }[] }).equipment.map((one) => one.id)).toEqual([
      "HPR-01",
      "MILL-01",
      "MILL-02",
    ]);
  });
});
