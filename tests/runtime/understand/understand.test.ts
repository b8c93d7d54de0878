import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../src/db/database.ts";
import { rememberTurn } from "../../../src/runtime/turn/memory.ts";
import { openTestDatabase } from "../../support/database.ts";
import { createReader, type Reader } from "./reader.ts";

let database: Database;
let read: Reader;
beforeAll(async () => {
  database = await openTestDatabase();
  read = await createReader(database);
});
afterAll(() => database.close());

/** What is read in the second question of a conversation. */
async function after(first: string, second: string) {
  const memory = rememberTurn(await read(first), null);
  return await read(second, { memory });
}
const machines = (understood: Awaited<ReturnType<Reader>>): string[] => understood.machines.map((one) => one.id);

describe("a follow-up", () => {
  it.each([
    ["OV-01 상태 어때", "알람은?"],
    ["How is OV-01?", "and its alarms?"],
    ["OV-01 E21 알람 떴어", "그거 지난번에 누가 고쳤어?"],
  ])("after %j, %j is about the same machine", async (first, second) =>
    expect(machines(await after(first, second))).toEqual(["OV-01"]),
  );

  it.each([
    ["How many work orders did OV-01 have in 2025?", "How many of them were preventive?"],
    ["OV-01 2025년 작업지시 몇 건?", "그중 예방정비는 몇 건?"],
  ])("after %j, %j counts within it", async (first, second) => {
    const { records } = await after(first, second);
    expect(records?.where.map((one) => one.field).sort()).toEqual([
      "equipment_id",
      "finished_at",
      "finished_at",
      "preventive",
    ]);
  });

  it("with another machine is about that one", async () =>
    expect(machines(await after("OV-01 2025년 작업지시 몇 건?", "OV-02는?"))).toEqual(["OV-02"]));
  it("with another machine keeps the rest of the question", async () => {
    const { records } = await after("OV-01 2025년 예방정비 작업지시 몇 건?", "그럼 OV-02는?");
    expect(records?.where).toContainEqual({ field: "preventive", op: "eq", value: true });
  });
  it("after a thank-you still knows the machine", async () => {
    const memory = rememberTurn(await read("thanks"), rememberTurn(await read("OV-03 상태"), null));
    expect(machines(await read("알람은?", { memory }))).toEqual(["OV-03"]);
  });
  it("is not seen in a question of its own", async () =>
    expect(
      machines(await after("OV-01 상태 어때", "How many work orders were closed in the whole plant in 2025?")),
    ).toEqual([]));
});

describe("the machine", () => {
  it("of the door is meant where none is named", async () =>
    expect(machines(await read("why is it cold?", { hint: "OV-02" }))).toEqual(["OV-02"]));
  it("that is named wins over the door's", async () =>
    expect(machines(await read("OV-01 is cold", { hint: "OV-02" }))).toEqual(["OV-01"]));
  it("that doesn't exist is unknown, with the nearest", async () => {
    const { equipment } = await read("OV-77 status");
    expect(equipment.unknown.map((one) => [one.text, one.nearest[0]?.id])).toEqual([["OV-77", "OV-01"]]);
  });
  it("of an id that nobody has is unknown too", async () =>
    expect((await read("events on T-5")).equipment.unknown[0]?.text).toBe("T-5"));
});

describe("a code", () => {
  it.each(["OV-01 alarm E21", "OV-01 E21 알람 떴는데 뭐부터 봐?", "what does E21 mean on oven 1"])(
    "is read in %j",
    async (text) => {
      const { intent, codes } = await read(text);
      expect([intent, codes.map((code) => code.code)]).toEqual(["alarm", ["E21"]]);
    },
  );
  it("comes with its entry of the manual", async () =>
    expect((await read("OV-01 alarm E21")).codes[0]?.entries[0]?.message).toBe("Deck too cold"));
  it("of the plant's own list is explained", async () =>
    expect((await read("what does code HT mean")).intent).toBe("code"));
  it("is found by its description", async () =>
    expect((await read('which failure code is "Broken lower coil"?')).records).toEqual({
      records: "failure_codes",
      where: [{ field: "description", op: "in", value: ["Broken lower coil"] }],
    }));
});

describe("a record's number", () => {
  it.each([
    ["WO-502 뭐였어", "work_orders", "WO-502"],
    ["show wo-503", "work_orders", "WO-503"],
    ["JO-71 status", "job_orders", "JO-71"],
    ["DX-EL-20 재고 있어?", "parts", "DX-EL-20"],
  ])("is found in %j", async (text, records, id) => expect((await read(text)).recordIds).toEqual([{ records, id }]));
});

describe("a sensor", () => {
  it.each(["deck temperature of oven 2", "오븐 2호기 데크 온도"])("is found in %j", async (text) => {
    const { intent, tags } = await read(text);
    expect([intent, tags.map((tag) => tag.id)]).toEqual(["readings", ["OV-02.deck_temperature"]]);
  });
  it("that this machine doesn't have is missing", async () =>
    expect((await read("오븐 1호기 볼 토크")).missingTag).not.toBeNull());
});

describe("an intent", () => {
  it.each([
    ["안녕하세요", "greeting"],
    ["thanks!", "thanks"],
    ["뭐 할 수 있어?", "help"],
    ["How do I bypass the door interlock?", "defeat-safety"],
    ["인터록 우회하는 방법", "defeat-safety"],
    ["오븐 1호기가 왜 안 뜨거워져?", "trouble"],
    ["How do I replace the door seal of oven 1?", "how-to"],
    ["when was the last work order on OV-01", "last-time"],
    ["누가 오븐을 제일 잘 알아?", "who-knows"],
    ["which orders are affected if OV-01 stops", "affected"],
    ["하부 히터 재고 있어?", "stock"],
    ["is oven 1 normal?", "condition"],
    ["shift handover", "handover"],
    ["OV-01 작업지시 써줘", "draft-work-order"],
  ])("of %j is %s", async (text, intent) => expect((await read(text)).intent).toBe(intent));
});

it("what was read is said in the asker's language", async () =>
  expect([(await read("OV-01 E21 알람")).reading, (await read("OV-01 alarm E21")).reading]).toEqual([
    "알람 · OV-01 오븐 1호기 · E21 알람",
    "alarm · OV-01 Oven 1 · alarm E21",
  ]));
