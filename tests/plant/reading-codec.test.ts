import { describe, expect, test } from "vitest";
import { decodeReadings, encodeReadings } from "../../src/plant/sensors/reading-codec.ts";

const start = Date.parse("2026-03-01T00:00:00Z");

function pack(times: number[], values: number[]): Buffer {
  const bytes = encodeReadings({ times: Float64Array.from(times), values: Float64Array.from(values) });
  const back = decodeReadings(bytes);
  expect([...back.times]).toEqual(times);
  expect([...back.values]).toEqual(values);
  return bytes;
}

const seconds = (n: number, stepMs = 1_000) => Array.from({ length: n }, (_, index) => start + index * stepMs);

describe("the packed form of readings", () => {
  test("gives back the very same doubles, also those that only look like decimals", () => {
    for (const values of [
      [0.1 + 0.2, 0.1],
      [1.1 * 3, 3.3],
      [1e-7, 0.5],
      [1.000001, -2.5],
      [1 / 3, 2 / 3],
      [2 ** 53, 2 ** 53 - 2],
      [Number.MAX_VALUE, Number.MIN_VALUE],
      [2 ** 53 / 10, 1],
    ])
      pack(seconds(2), values);
  });

  test("keeps values at the border of each width", () => {
    for (const range of [255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 40])
      for (const factor of [1, 10, 1_000]) pack(seconds(3), [-7 / factor, (range - 7) / factor, 0]);
  });

  test("keeps any values that noise may give", () => {
    let state = 1;
    const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    for (let decimals = 0; decimals < 9; decimals++) {
      const factor = 10 ** decimals;
      pack(
        seconds(500),
        Array.from({ length: 500 }, () => Math.round((random() - 0.5) * 5_000 * factor) / factor),
      );
    }
  });

  test("keeps any times: irregular milliseconds, a single one, years apart, before 1970", () => {
    pack([start], [5]);
    pack([start, start + 1, start + 129, start + 16_512, start + 16_513], [1, 2, 3, 4, 5]);
    pack([-62_135_596_800_000, -1, 0, start, start + 2 ** 31 + 1, start + 5 * 2 ** 33], [1, 2, 3, 4, 5, 6]);
    pack([0, 86_400_000 * 60, 86_400_000 * 120], [1, 2, 3]);
  });

  test("takes 2 bytes a reading for three decimals at a steady second, 3 for whole seconds of no steady step", () => {
    const values = Array.from({ length: 1_000 }, (_, index) => 40 + (index % 700) / 1_000);
    expect(pack(seconds(1_000), values).length).toBe(32 + 2_000);
    const uneven = seconds(1_000, 60_000).map((time, index) => time + (index % 3) * 1_000);
    expect(pack(uneven, values).length).toBeLessThan(32 + 3_000);
    const quarterHours = seconds(1_000, 900_000).map((time, index) => time + (index > 500 ? 900_000 : 0));
    expect(pack(quarterHours, values).length).toBeLessThan(32 + 3_001);
  });

  test("good readings cost nothing for their quality, doubtful ones a few bytes a run", () => {
    const times = Float64Array.from(seconds(2_048));
    const values = times.map((_, index) => index % 200);
    const plain = encodeReadings({ times, values });
    expect(plain[0]).toBe(1);
    expect(encodeReadings({ times, values, qualities: new Uint8Array(2_048) })).toEqual(plain);
    const qualities = new Uint8Array(2_048).fill(2, 100, 900).fill(1, 900, 901).fill(2, 2_047);
    const doubted = encodeReadings({ times, values, qualities });
    expect(doubted.length).toBeLessThan(plain.length + 15);
    expect(decodeReadings(doubted)).toEqual({ times, values, qualities });
    const mixed = qualities.map((_, index) => index % 3);
    expect(decodeReadings(encodeReadings({ times, values: times, qualities: mixed })).qualities).toEqual(mixed);
  });

  test("reads what was written before readings had a quality", () => {
    // 3 readings a minute apart, 21.5, 21.7 and 20.9, as the first version packed them.
    const old = "01010101030000000000c01d6bca794260ea0000000000000000000000206a40060800";
    const { times, values, qualities } = decodeReadings(Buffer.from(old, "hex"));
    expect([...times]).toEqual([start, start + 60_000, start + 120_000]);
    expect([...values]).toEqual([21.5, 21.7, 20.9]);
    expect(qualities).toBeUndefined();
  });

  test("refuses a form that it doesn't know", () => {
    const bytes = encodeReadings({ times: Float64Array.of(1), values: Float64Array.of(1) });
    bytes[0] = 9;
    expect(() => decodeReadings(bytes)).toThrow("unknown format 9");
  });
});
