import { describe, expect, it } from "vitest";
import { createCollectorCounts } from "../../../src/plant/collectors/collector-counts.ts";
import { decodeRegisters } from "../../../src/plant/collectors/modbus/decode-registers.ts";
import { modbusCollectorSettings } from "../../../src/plant/collectors/modbus/modbus-settings.ts";
import { planReads, type ModbusRead } from "../../../src/plant/collectors/modbus/plan-reads.ts";
import { createPoll } from "../../../src/plant/collectors/modbus/poll-registers.ts";

const layout = { words: "big" as const, bytes: "big" as const, bit: undefined };
const tag = (address: number, others: object = {}) => ({ id: `r${address}`, equipment: "P1", address, ...others });
const settingsOf = (tags: object[], others: object = {}) =>
  modbusCollectorSettings.parse({ name: "press", kind: "modbus", host: "plc", tags, ...others });

describe("registers", () => {
  it("are read in every layout", () => {
    expect(decodeRegisters([0xffff], { ...layout, type: "int16" })).toBe(-1);
    expect(decodeRegisters([0xffff], { ...layout, type: "uint16" })).toBe(65_535);
    expect(decodeRegisters([0x0001, 0x0002], { ...layout, type: "int32" })).toBe(65_538);
    expect(decodeRegisters([0x0002, 0x0001], { ...layout, type: "int32", words: "little" })).toBe(65_538);
    expect(decodeRegisters([0xfffe, 0xffff], { ...layout, type: "int32", words: "little" })).toBe(-2);
    expect(decodeRegisters([0x41ac, 0x0000], { ...layout, type: "float32" })).toBe(21.5);
    expect(decodeRegisters([0xac41, 0x0000], { ...layout, type: "float32", bytes: "little" })).toBe(21.5);
    expect(decodeRegisters([0x3dcc, 0xcccd], { ...layout, type: "float32" })).toBe(0.1);
    expect(decodeRegisters([0x4009, 0x21fb, 0x5444, 0x2d18], { ...layout, type: "float64" })).toBe(Math.PI);
    expect(decodeRegisters([0, 0, 1, 0], { ...layout, type: "uint64" })).toBe(65_536);
    expect(decodeRegisters([0b100], { ...layout, type: "uint16", bit: 2 })).toBe(1);
    expect(decodeRegisters([0x7fc0, 0], { ...layout, type: "float32" })).toBeNaN();
    expect(decodeRegisters([1], { ...layout, type: "int32" })).toBeNaN();
  });

  it("that lie side by side are asked for at once, others apart", () => {
    const settings = settingsOf(
      [
        tag(0),
        tag(1, { type: "float32" }),
        tag(4),
        tag(10, { table: "input" }),
        tag(11, { table: "input", unit_id: 2 }),
      ],
      { most_registers: 10 },
    );
    const shape = (reads: ModbusRead[]) => reads.map((read) => [read.unitId, read.table, read.address, read.length]);
    expect(shape(planReads(settings))).toEqual([
      [1, "holding", 0, 3],
      [1, "holding", 4, 1],
      [1, "input", 10, 1],
      [2, "input", 11, 1],
    ]);
    expect(shape(planReads({ ...settings, read_over: 1 }))[0]).toEqual([1, "holding", 0, 5]);
  });
});

it("one address that the machine refuses does not keep its neighbours from being read", async () => {
  let nowMs = 1_000;
  const now = () => new Date(nowMs);
  const counts = createCollectorCounts("press", now);
  const poll = createPoll(settingsOf([tag(0), tag(1), tag(2)]), counts, now);
  let broken = true;
  const line = {
    read: async ({ address, length }: ModbusRead) =>
      broken && address <= 1 && address + length > 1
        ? { refused: "Illegal data address" }
        : Array.from({ length }, (_, index) => address + index + 100),
    close: async () => {},
  };
  const heard = async () => {
    const all: [string, number][] = [];
    await poll(line, (readings) => all.push(...readings.map((one) => [one.tag.id, one.value] as [string, number])));
    return all;
  };
  expect(await heard()).toEqual([]);
  expect(await heard()).toEqual([
    ["r0", 100],
    ["r2", 102],
  ]);
  expect(counts.status()).toMatchObject({
    problem: expect.stringMatching(/r1 \(holding 1, unit 1\) is refused: Illegal data address/),
    leftOut: [{ count: 1 }],
  });
  broken = false;
  expect(await heard()).toHaveLength(2);
  nowMs += 61_000;
  expect(await heard()).toHaveLength(3);
  expect(counts.status().problem).toBeNull();
});

it("settings say that addresses count from 0", () => {
  const parsed = modbusCollectorSettings.safeParse({ name: "x", kind: "modbus", host: "plc", tags: [tag(40_001)] });
  expect(parsed.error?.issues[0]?.message).toMatch(/what a manual calls 40001 is 0/);
});
