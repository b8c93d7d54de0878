import { describe, expect, it } from "vitest";
import { createGrounder } from "../../../src/runtime/ground/create-grounder.ts";
import { book, createRandom, fact } from "../evidence.ts";

const evidence = book(
  fact("E1", "Deck 1 is at 182.5 °C, normal 210-230 °C. Dr. Weiss, see no. 7."),
  fact("E2", "Belt tension 1,200 N"),
  fact("E3", "1. Turn the main switch off and lock it.\n2. Hang the lockout tag on the bar.", {
    kind: "safety",
    trust: "approved",
  }),
);

function ground(pieces: string[]) {
  let streamed = "";
  const grounder = createGrounder({
    evidence: () => evidence,
    question: "Why is OV-01 cold?",
    onText: (text) => (streamed += text),
  });
  for (const piece of pieces) grounder.push(piece);
  return { ...grounder.end(), streamed };
}
const textOf = (whole: string): string => ground([whole]).text;

const answer = `## What it is
The deck is at 182.5 °C [E1]. It should have 210 to 230 °C [E1]  and has not. [E1] The belt is worn.

**Causes:**
- The heating element is broken [E9].
- The tension is 1200 N [E2]; check it. [E1]

1. Turn the main switch off and lock it. [E3]
2. Hang the lockout tag on the bar.

### Nothing holds here
It takes 45 minutes [E1].

온도가 182.5도예요. [E1] 벨트는 1,200 N이에요 [E2]. 확실해요.
Dr. Weiss says so [E1]. See no. 7 [E1]. Done [E1, E2].
`;

describe("a model's words", () => {
  it("come through as far as they hold", () => {
    expect(textOf(answer)).toBe(`## What it is
The deck is at 182.5 °C [E1]. It should have 210 to 230 °C [E1] and has not. [E1]

**Causes:**
- The tension is 1200 N [E2]; check it. [E1]

1. Turn the main switch off and lock it. [E3]
2. Hang the lockout tag on the bar. [E3]

온도가 182.5도예요. [E1] 벨트는 1,200 N이에요 [E2].
Dr. Weiss says so [E1]. See no. 7 [E1]. Done [E1][E2].`);
  });

  it("give the same text however they are cut", () => {
    const whole = ground([answer]);
    const random = createRandom(7);
    for (let round = 0; round < 1_000; round++) {
      const pieces: string[] = [];
      for (let at = 0; at < answer.length;) {
        const size = 1 + Math.floor(random() * random() * 40);
        pieces.push(answer.slice(at, at + size));
        at += size;
      }
      expect(ground(pieces), JSON.stringify(pieces)).toEqual(whole);
    }
  });

  it("give the same text character by character", () => expect(ground([...answer])).toEqual(ground([answer])));

  it("are shown as soon as a statement is whole", () => {
    const shown: string[] = [];
    const grounder = createGrounder({ evidence: () => evidence, question: "", onText: (text) => shown.push(text) });
    grounder.push("The deck is cold [E1]. And the belt");
    expect(shown).toEqual(["The deck is cold [E1]."]);
  });

  it("are streamed as they end up", () => {
    const { streamed, text } = ground([...answer]);
    expect(streamed.trim()).toBe(text);
  });

  it("name what was dropped and why", () =>
    expect(ground([answer]).dropped).toEqual([
      { statement: "The belt is worn.", reason: "no-citation" },
      { statement: "- The heating element is broken [E9].", reason: "no-citation" },
      { statement: "It takes 45 minutes [E1].", reason: "figure" },
      { statement: "확실해요.", reason: "no-citation" },
    ]));

  it("that nothing supports are no answer at all", () =>
    expect(textOf("It is fine.\n\nDon't worry:\n- really.")).toBe(""));
});

describe("a heading", () => {
  it("waits for a statement that stays", () =>
    expect(textOf("**Causes**\n\nThe belt is loose [E2].")).toBe("**Causes**\n\nThe belt is loose [E2]."));
  it("without a statement vanishes", () =>
    expect(textOf("Cold [E1].\n\n**Causes**\n\n**Parts**\n\nNone.")).toBe("Cold [E1]."));
  it("doesn't pass to the paragraph after its own", () =>
    expect(textOf("**Causes:**\n- The moon.\n\nThe belt is loose [E2].")).toBe("The belt is loose [E2]."));
  it("with a figure needs a citation like any statement", () =>
    expect(textOf("**Wait 45 minutes:**\nThe belt is loose [E2].")).toBe("The belt is loose [E2]."));
  it("about a safeguard is dropped", () =>
    expect(textOf("**Bypass the interlock:**\nThe belt is loose [E2].")).toBe("The belt is loose [E2]."));
});

describe("a table", () => {
  it("keeps its head above the rows that hold", () =>
    expect(textOf("| what | N |\n|---|---|\n| belt [E2] | 1200 |\n| deck [E2] | 7 |")).toBe(
      "| what | N |\n|---|---|\n| belt [E2] | 1200 |",
    ));
  it("without such a row vanishes", () =>
    expect(textOf("| what | N |\n|---|---|\n| belt | 1200 |\n\nLoose [E2].")).toBe("Loose [E2]."));
});
