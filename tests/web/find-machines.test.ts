import { describe, expect, it } from "vitest";
import type { Machine } from "../../src/web/api/shapes.ts";
import { findMachines } from "../../src/web/pages/find-machines.ts";

const machine = (id: string, nameKo: string, aliases: string[] = [], level = "work_unit"): Machine => ({
  id,
  name: id,
  nameKo,
  aliases,
  level,
  model: null,
  sample: false,
});
const machines = [
  machine("LINE-1", "가공 라인", [], "work_center"),
  machine("CNC-17", "머시닝센터 17호기"),
  machine("CNC-07", "머시닝센터 7호기", ["칠호"]),
];
const found = (typed: string): string[] => findMachines(machines, typed).map(({ id }) => id);

describe("the machine picker", () => {
  it("finds by number as people write it, name and nickname", () => {
    expect(found("cnc 7")).toEqual(["CNC-07"]);
    expect(found("칠호")).toEqual(["CNC-07"]);
    expect(found("머시닝센터 1")).toEqual(["CNC-17"]);
    expect(found("9999")).toEqual([]);
  });

  it("lists machines before lines and areas", () => {
    expect(found("")).toEqual(["CNC-07", "CNC-17", "LINE-1"]);
  });
});
