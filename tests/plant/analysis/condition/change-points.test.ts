import { describe, expect, it } from "vitest";
import { changePoints, regimes } from "../../../../src/plant/analysis/condition/change-points.ts";
import { randomNumbers } from "../random.ts";

// Yearly flow of the Nile at Aswan, 1871–1970 (Cobb 1978; R's `Nile`). The flow fell after 1898: Zeileis et al. (2003)
// find that one break, with means 1097.75 and 849.97.
const nile =
  "1120,1160,963,1210,1160,1160,813,1230,1370,1140,995,935,1110,994,1020,960,1180,799,958,1140,1100,1210,1150,1250,1260,1220,1030,1100,774,840,874,694,940,833,701,916,692,1020,1050,969,831,726,456,824,702,1120,1100,832,764,821,768,845,864,862,698,845,744,796,1040,759,781,865,845,944,984,897,822,1010,771,676,649,846,812,742,801,1040,860,874,848,890,744,749,838,1050,918,986,797,923,975,815,1020,906,901,1170,912,746,919,718,714,740"
    .split(",")
    .map(Number);

describe("change points", () => {
  it("finds the one change of the Nile, after 1898, with the published means", () => {
    const found = regimes(nile);
    expect(found.map(({ from }) => 1871 + from)).toEqual([1871, 1899]);
    expect(found[0]?.start).toBeCloseTo(1097.75, 2);
    expect(found[1]?.start).toBeCloseTo(849.972, 3);
    expect(changePoints(nile, { shape: "line" })).toEqual([28]);
  });

  it("finds steps of known place and size", () => {
    const { normal } = randomNumbers(7);
    const found = regimes(Array.from({ length: 1000 }, (_, i) => normal() + (i < 300 ? 0 : i < 700 ? 2 : -1)));
    expect(found).toHaveLength(3);
    expect(Math.abs((found[1]?.from ?? 0) - 300)).toBeLessThan(8);
    expect(Math.abs((found[2]?.from ?? 0) - 700)).toBeLessThan(8);
    expect(found[1]?.start).toBeCloseTo(2, 0);
  });

  it("finds the teeth of a saw, each a line", () => {
    const { normal } = randomNumbers(8);
    const found = regimes(
      Array.from({ length: 920 }, (_, i) => 0.1 * normal() + (i % 230) / 100),
      { shape: "line" },
    );
    expect(found.map(({ from }) => from)).toEqual([0, 230, 460, 690]);
    for (const tooth of found) {
      expect(tooth.start).toBeCloseTo(0, 0);
      expect(tooth.end).toBeCloseTo(2.29, 0);
    }
  });

  it("hardly ever finds a change in noise, in a random walk, nor because of single spikes", () => {
    const { normal } = randomNumbers(9);
    const trials = Array.from({ length: 60 }, () => changePoints(Array.from({ length: 200 }, normal)).length > 0);
    expect(trials.filter(Boolean).length).toBeLessThan(6);
    const walks = Array.from({ length: 30 }, () => {
      let level = 0;
      return changePoints(Array.from({ length: 800 }, () => (level += normal()))).length > 0;
    });
    expect(walks.filter(Boolean).length).toBeLessThan(4);
    expect(changePoints(Array.from({ length: 300 }, (_, i) => normal() + (i % 50 === 25 ? 60 : 0)))).toEqual([]);
  });

  it("does not care about the level or the unit", () => {
    const step = (i: number) => Math.sin(i * 1.7) + (i < 80 ? 0 : 6);
    const places = changePoints(Array.from({ length: 160 }, (_, i) => step(i)));
    expect(places).toEqual([80]);
    expect(changePoints(Array.from({ length: 160 }, (_, i) => 1e9 + step(i)))).toEqual(places);
    expect(changePoints(Array.from({ length: 160 }, (_, i) => 1e-6 * step(i)))).toEqual(places);
  });

  it("bears few, equal and very many values", () => {
    expect(regimes([])).toEqual([]);
    expect(regimes([3])).toMatchObject([{ from: 0, to: 1, start: 3 }]);
    expect(changePoints([1, 2])).toEqual([]);
    expect(changePoints(Array.from({ length: 50 }, () => 4))).toEqual([]);
    expect(changePoints(Array.from({ length: 60 }, (_, i) => (i < 30 ? 4 : 5)))).toEqual([30]);
    const { normal } = randomNumbers(10);
    const many = Array.from({ length: 50_000 }, (_, i) => normal() + (i < 20_000 ? 0 : 5));
    expect(Math.abs((changePoints(many)[0] ?? 0) - 20_000)).toBeLessThan(100);
  });
});
