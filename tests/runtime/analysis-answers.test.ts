import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { openTestDatabase } from "../support/database.ts";
import { createScriptedRuntime, type ScriptedRuntime } from "../support/scripted-runtime.ts";

let database: Database;
let bakery: ScriptedRuntime;
beforeAll(async () => {
  database = await openTestDatabase();
  bakery = createScriptedRuntime(database);
});
afterAll(() => database.close());

async function ask(question: string, conversationId?: string) {
  const { answer, events } = await bakery.turn(question, conversationId ? { conversationId } : {});
  const tools = events.flatMap((event) => (event.type === "tool-started" ? [event.tool] : []));
  const started = events.find((event) => event.type === "run-started");
  return { text: answer?.answer ?? "", answer, tools, conversation: started?.conversationId ?? "" };
}

describe("an answer to something computed", () => {
  it("begins with the tool's own sentence and its figures", async () => {
    const { text, answer, tools } = await ask("MTBF of OV-01");
    expect(tools).toContain("review_reliability");
    const [first] = answer?.evidence ?? [];
    expect(text.replaceAll("*", "").split("\n")[0]).toContain(first?.text.split("\n")[0] ?? "nothing");
  });

  it("asks for the machine where stops of none are meant", async () => {
    const { text, tools, answer } = await ask("멈추기 전에 뭐가 달라졌어");
    expect([text.includes("어느 설비"), tools, answer?.abstained]).toEqual([true, [], true]);
  });

  it("takes a bare machine as the reply to that", async () => {
    const first = await ask("what drifted before the last two stops");
    const { tools } = await ask("OV-01", first.conversation);
    expect(tools).toContain("find_drift");
  });

  it("says that nothing measures what is to be foretold, and what is measured", async () => {
    const { text, tools } = await ask("when will the filter of OV-01 clog");
    expect(text).toMatch(/no sensor measures that|no sensors are connected/);
    expect(tools).not.toContain("forecast_limit");
  });

  it("asks which alarm is meant and changes none", async () => {
    const { text, answer } = await ask("이 알람 기준값 다시 잡아줘");
    expect(text).toContain("기준값을 바꾸지는 않습니다");
    expect(answer?.proposals).toEqual([]);
  });

  it("asks for the lot where none is named", async () => {
    const { text, tools } = await ask("which lots did the bad batch go into");
    expect(text).toContain("Which lot?");
    expect(tools).not.toContain("trace_lots");
  });

  it("abstains from an OEE where no orders are on record", async () => {
    const { answer, tools } = await ask("OV-03 OEE 얼마야");
    expect([tools.includes("oee"), answer?.abstained]).toEqual([true, true]);
  });
});
