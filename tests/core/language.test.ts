import { describe, expect, it } from "vitest";
import { editDistance } from "../../src/core/language/distance.ts";
import { stripParticles } from "../../src/core/language/particles.ts";
import { detectLanguage, normalizeText, toJamo, withParticle } from "../../src/core/language/script.ts";

describe("the asker's language", () => {
  it.each([
    ["CNC-07 spindle alarm 2041 떴는데 뭐부터 봐야 돼?", "ko"],
    ["OV-03 error 9", "en"],
    ["오븐 3호기", "ko"],
    ["ABAC low pressure 원인", "ko"],
    ["what does 누유 mean", "en"],
    ["show me the 작업지시 of last week", "en"],
    ["is 오븐 3호기 상태 괜찮아", "ko"],
    ["", "en"],
  ])("of %j", (text, language) => expect(detectLanguage(text)).toBe(language));
});

describe("a normalized text", () => {
  it("has composed Hangul", () => expect(normalizeText("오븐".normalize("NFD"))).toBe("오븐"));
  it("has half-width letters and digits", () => expect(normalizeText("ＣＮＣ－０７")).toBe("CNC-07"));
  it("has no invisible or direction-changing characters", () =>
    expect(normalizeText("by\u200bpass\u202e the\ufeff guard")).toBe("bypass the guard"));
  it("has plain hyphens and quotes", () => expect(normalizeText("CNC–07 ‘알람’ “2041”")).toBe(`CNC-07 '알람' "2041"`));
  it("has single spaces", () => expect(normalizeText("  a\t\n b ")).toBe("a b"));
});

describe("a word without its particles", () => {
  it.each([
    ["오븐에서", "오븐"],
    ["오븐이", "오븐"],
    ["믹서는", "믹서"],
    ["CNC-07부터", "CNC-07"],
    ["라인에서도", "라인"],
    ["오븐에서만", "오븐"],
  ])("%j → %j", (word, bare) => expect(stripParticles(word)).toBe(bare));
  it("keeps two characters at least", () => expect(stripParticles("회로")).toBe("회로"));
});

describe("the particle that fits", () => {
  it.each([
    ["압력", "압력은"],
    ["온도", "온도는"],
    ["CNC-07", "CNC-07은"],
    ["CNC-05", "CNC-05는"],
    ["MILL", "MILL은"],
    ["(오븐)", "(오븐)은"],
  ])("after %j", (word, expected) => expect(withParticle(word, "은", "는")).toBe(expected));
});

describe("the edit distance", () => {
  it.each([
    ["oven", "oven", 0],
    ["oven", "ovne", 1],
    ["oven", "over", 1],
    ["oven", "ovn", 1],
    ["oven", "mixer", 4],
    ["", "abc", 3],
  ])("of %j and %j is %i", (a, b, distance) => expect(editDistance(a, b)).toBe(distance));
  it("stops counting one above the limit", () => expect(editDistance("abcdefgh", "zyxwvuts", 2)).toBe(3));
  it("of a wrong Korean vowel is one letter", () => expect(editDistance(toJamo("스핀들"), toJamo("스펜들"))).toBe(1));
});
