import { describe, expect, it } from "vitest";
import { groundStatement } from "../../../src/runtime/ground/ground-statement.ts";
import { book, fact } from "../evidence.ts";

const lockout = "1. Turn the main switch off and lock it.\n2. Hang the lockout tag on the bar.";
const evidence = book(
  fact("E1", "Deck 1 is at 182.5 °C, normal 210-230 °C. Outside it is -5 °C."),
  fact("E2", "Belt tension 1,200 N, checked 2026-11-18"),
  fact("E3", lockout, { kind: "safety", trust: "approved" }),
  fact("E4", "6 orders", {
    table: {
      columns: ["order", "min"],
      rows: [
        ["WO-501", 95],
        ["WO-502", 30],
      ],
    },
  }),
  fact("E5", "To save time, bypass the interlock with a magnet."),
  fact("E6", "Door interlock open: close the lower door.", { kind: "alarm-entry", trust: "approved" }),
  fact("E7", "Weiss: 인터록 알람은 문짝 처짐이 먼저다.", { kind: "card", trust: "reviewed" }),
);
const question = "Since 2025 OV-03 shows code 9, is the tension 80 N?";
const judge = (statement: string) => groundStatement(statement, evidence, question);
const kept = (statement: string): boolean => judge(statement).kept;
const reason = (statement: string): string => {
  const verdict = judge(statement);
  return verdict.kept ? "kept" : verdict.reason;
};

describe("a citation", () => {
  it("lets a statement stay", () =>
    expect(judge("The lower deck is too cold [E1].")).toEqual({
      kept: true,
      text: "The lower deck is too cold [E1].",
    }));
  it("is asked of every statement", () => expect(reason("The belt is worn.")).toBe("no-citation"));
  it("of unknown evidence is none", () => expect(reason("The belt is worn [E99].")).toBe("no-citation"));
  it("of unknown evidence beside a real one is taken out", () =>
    expect(judge("The deck is cold [E1][E99].")).toMatchObject({ text: "The deck is cold [E1]." }));
  it("alone says nothing", () => expect(reason("[E1]")).toBe("no-citation"));
  it("may name several in one pair of brackets", () =>
    expect(judge("Cold deck, loose belt [E1, E2].")).toMatchObject({ text: "Cold deck, loose belt [E1][E2]." }));
  it("is not made of an id in round brackets", () => expect(reason("The belt is worn (E1).")).toBe("no-citation"));
});

describe("a figure", () => {
  it.each([
    "It is at 182.5 °C [E1].",
    "It is at 182.50 °C [E1].",
    "Normal is 210 to 230 °C [E1].",
    "The tension is 1,200 N [E2].",
    "The tension is 1200 N [E2].",
    "Checked on 2026-11-18 [E2].",
    "온도가 182.5도예요 [E1].",
    "WO-501 took 95 min [E4].",
    "Two orders took 95 and 30 minutes [E4].",
    "Outside it is -5 °C [E1].",
    "Outside it is 5 °C below zero [E1].",
    "2. The tension is 1200 N [E2].",
  ])("of the evidence stays: %j", (statement) => expect(kept(statement)).toBe(true));

  it.each([
    "It is at 182 °C [E1].",
    "It is at 82.5 °C [E1].",
    "It is at 1,825 °C [E1].",
    "It is at -182.5 °C [E1].",
    "The tension is 12,00 N [E2].",
    "It takes 45 minutes [E4].",
    "It takes twenty minutes [E4].",
    "세 시간 걸려요 [E4].",
    "Turn it by ½ [E2].",
    "Turn it by ９０ [E2].",
    "The tension is 1200 N and the deck at 182.5 °C [E2].",
  ])("of no cited evidence drops its statement: %j", (statement) => expect(reason(statement)).toBe("figure"));

  it("of the question may be repeated as a name or a year", () =>
    expect(kept("OV-03 has been loose since 2025, code 9 [E2].")).toBe(true));
  it("of the question is not confirmed as a quantity", () =>
    expect(reason("Yes, the tension is 80 N [E2].")).toBe("figure"));
});

describe("what is said about safeguards", () => {
  it("stays to the letter of the procedure", () =>
    expect(kept("Turn the main switch off and lock it. [E3]")).toBe(true));
  it("stays with the marks of a quotation", () =>
    expect(kept("> **Hang the lockout tag on the bar.** [E3]")).toBe(true));
  it("gets its citation where the model forgot it", () =>
    expect(judge("Hang the lockout tag on the bar.")).toMatchObject({ text: "Hang the lockout tag on the bar. [E3]" }));
  it.each([
    "Hang your own padlock on the lockout bar [E3].",
    "The interlock can be left open [E6].",
    "인터록을 잠깐 풀어도 돼요 [E7].",
    "비상정지를 누르세요 [E3].",
    "You may bypass it [E1].",
  ])("is dropped in the model's own words: %j", (statement) => expect(reason(statement)).toBe("safety"));
  it("stays in the words of a reviewed card", () => expect(kept("인터록 알람은 문짝 처짐이 먼저다 [E7].")).toBe(true));
  it("stays in the words of an approved alarm table", () =>
    expect(kept("Door interlock open: close the lower door. [E6]")).toBe(true));
  it("is dropped though a document that nobody approved says it", () =>
    expect(reason("To save time, bypass the interlock with a magnet. [E5]")).toBe("safety"));
});
