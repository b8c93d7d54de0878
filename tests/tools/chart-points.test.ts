import { expect, it } from "vitest";
import { countedPoints, measuredPoints } from "../../src/tools/control/chart-points.ts";

const count = (id: string, lot: string | null, defects: number) => ({ id, lot_id: lot, defects, sample_size: 150 });
const names = (points: { name: string }[]) => points.map((point) => point.name);

it("calls a sample without a subgroup by its lot, so that people can name the one to leave out", () => {
  expect(names(countedPoints([count("f-1", "AE3", 6), count("f-2", "AE4", 5)]).points)).toEqual(["AE3", "AE4"]);
  const values = [
    { id: "f-1", lot_id: "L7", value: 1.1 },
    { id: "f-2", lot_id: "L8", value: 1.2 },
  ];
  expect(names(measuredPoints(values, false).points)).toEqual(["L7", "L8"]);
});

it("calls it by its record where lots repeat or are unknown, and by its subgroup where it has one", () => {
  expect(names(countedPoints([count("f-1", "A", 6), count("f-2", "A", 5)]).points)).toEqual(["f-1", "f-2"]);
  expect(names(countedPoints([count("f-1", "A", 6), count("f-2", null, 5)]).points)).toEqual(["f-1", "f-2"]);
  const rows = [
    { id: "1", lot_id: "A", subgroup: "9", value: 1 },
    { id: "2", lot_id: "B", subgroup: "10", value: 2 },
  ];
  expect(names(measuredPoints(rows, false).points)).toEqual(["9", "10"]);
});
