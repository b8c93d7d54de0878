import { expect, it } from "vitest";
import { namePoints } from "../../src/tools/control/name-points.ts";

const figure = (value: number) => value.toFixed(1);
const points = (...numbers: number[]) =>
  numbers.map((point) => ({ point, name: String(point), time: null, value: point / 10 }));

it("names points, and a run of them as one", () => {
  expect(namePoints(points(3, 7, 8, 9, 10), figure, "en")).toBe("point 3 = 0.3, points 7–10 (0.7 ~ 1.0)");
  expect(namePoints(points(3, 7, 8, 9, 10), figure, "ko")).toBe("3번 = 0.3, 7~10번 (0.7 ~ 1.0)");
  expect(namePoints(points(7, 8, 9), figure, "en")).toBe("point 7 = 0.7, point 8 = 0.8, point 9 = 0.9");
});

it("tells the subgroup's name and time where they say more, and how many earlier ones there are", () => {
  expect(namePoints([{ point: 1, name: "S9", time: "08:00", value: null }], figure, "en")).toBe("point 1 (S9, 08:00)");
  const many = points(1, 3, 5, 7, 9, 11, 13, 15);
  expect(namePoints(many, figure, "en")).toMatch(/^2 earlier, point 5 = 0\.5, .*point 15 = 1\.5$/);
});
