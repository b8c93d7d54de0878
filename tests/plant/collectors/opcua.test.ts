import { describe, expect, it } from "vitest";
import { opcuaCollectorSettings } from "../../../src/plant/collectors/opcua/opcua-settings.ts";
import { qualityOf, readDataValue, type SentValue } from "../../../src/plant/collectors/opcua/read-data-value.ts";
import { createZone } from "../../../src/plant/import/values/zoned-time.ts";

const receivedMs = Date.parse("2026-03-10T05:00:00Z");
const sourceTimestamp = new Date(receivedMs - 5_000);
const serverTimestamp = new Date(receivedMs - 4_000);
const tag = { id: "A.x", equipment: "A", name: "x", unit: null };
const good = { value: 0, name: "Good" };
const zone = createZone("Asia/Seoul");

function read(sent: Partial<SentValue>, others: object = {}) {
  const whole = { statusCode: good, sourceTimestamp, serverTimestamp, ...sent };
  return readDataValue(tag, whole, { timestamps: "source", toleranceMs: 300_000, receivedMs, zone, ...others });
}
const valueOf = (dataType: number, value: unknown, others: object = {}) => {
  const found = read({ value: { dataType, value } }, others);
  return "reading" in found ? found.reading.value : found.refused;
};

describe("a value of an OPC UA server", () => {
  it("is a number whatever its type", () => {
    expect(valueOf(1, true)).toBe(1);
    expect(valueOf(6, -7)).toBe(-7);
    expect(valueOf(8, [0xffff_ffff, 0xffff_fffe])).toBe(-2);
    expect(valueOf(9, [1, 5])).toBe(2 ** 32 + 5);
    expect(valueOf(10, Math.fround(0.1))).toBe(0.1);
    expect(valueOf(11, Math.PI)).toBe(Math.PI);
    expect(valueOf(12, "3.5")).toBe(3.5);
  });

  it("of an array is the element that the site file names", () => {
    const list = Float64Array.of(1, 2, 3);
    expect(valueOf(11, list, { index: 2 })).toBe(3);
    expect(valueOf(11, list)).toMatch(/index/);
    expect(valueOf(11, list, { index: 3 })).toMatch(/shorter/);
    expect(
      valueOf(
        8,
        [
          [0, 1],
          [0, 9],
        ],
        { index: 1 },
      ),
    ).toBe(9);
  });

  it("that is no number is refused with its reason", () => {
    expect(valueOf(12, "RUN")).toMatch(/no number/);
    expect(valueOf(13, new Date())).toMatch(/a time/);
    expect(valueOf(11, Number.NaN)).toMatch(/NaN/);
    expect(read({ statusCode: { value: 0x808d_0000, name: "BadOutOfService" } })).toEqual({
      refused: "no value: BadOutOfService",
    });
  });

  it("has the quality of its status code", () => {
    expect([0, 0x0096_0000, 0x4090_0000, 0x808d_0000].map(qualityOf)).toEqual(["good", "good", "uncertain", "bad"]);
  });

  it("has the time of the device or of the server, as the site file says, and ours where it is nonsense", () => {
    const value = { dataType: 11, value: 1 };
    expect(read({ value })).toMatchObject({ reading: { atMs: receivedMs - 5_000, quality: "good" } });
    expect(read({ value }, { timestamps: "server" })).toMatchObject({ reading: { atMs: receivedMs - 4_000 } });
    expect(read({ value, sourceTimestamp: null })).toMatchObject({ reading: { atMs: receivedMs - 4_000 } });
    const unset = { value, sourceTimestamp: new Date("1601-01-01T00:00:00Z") };
    expect(read(unset)).toMatchObject({
      reading: { atMs: receivedMs, quality: "uncertain" },
      doubt: expect.any(String),
    });
  });

  it("says where the server's queue ran over", () => {
    const statusCode = { value: 0x480, name: "Good", hasOverflowBit: true };
    expect(read({ value: { dataType: 11, value: 1 }, statusCode })).toMatchObject({
      doubt: expect.stringMatching(/queue_size/),
    });
  });
});

it("settings name nodes as the standard writes them", () => {
  const settings = (node: string) => ({
    ...{ name: "cell", kind: "opcua", url: "opc.tcp://10.0.0.5:4840", tags: [{ id: "A.x", equipment: "A", node }] },
  });
  expect(opcuaCollectorSettings.safeParse(settings("ns=2;s=Line 1.Heat")).success).toBe(true);
  expect(opcuaCollectorSettings.safeParse(settings("Heat")).error?.issues[0]?.message).toMatch(/ns=2/);
});
