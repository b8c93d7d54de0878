import { describe, expect, it } from "vitest";
import { editDistance, jamoCost, latinCost } from "../../src/knowledge/vocabulary/edit-distance.ts";
import { syllablesOf } from "../../src/knowledge/vocabulary/jamo.ts";
import { differentLetters, latinLetters, lettersOf } from "../../src/knowledge/vocabulary/letter-sets.ts";

const korean =
  "베어링 베아링 배어링 배링 베어린 밸브 벨브 밸부 펌프 펌푸 펌브 뻠프 닭갈비 닥갈비 값 갑 없음 업슴 의자 외자 왜자".split(
    " ",
  );
const english =
  "pressure presure prssure pressuer pump bump pummp valve valev vale calve coolant coolnat nozzle nozzel".split(" ");

/** As a spelling is compared: a silent ㅇ left out. */
const heard = (word: string) =>
  syllablesOf(word)
    .map(({ initial, vowel, final }) => (initial === "ㅇ" ? "" : initial) + vowel + final)
    .join("");

describe("letter sets", () => {
  it("never tell two Korean words further apart than they are", () => {
    for (const one of korean)
      for (const other of korean) {
        const distance = editDistance(heard(one), heard(other), 64, jamoCost);
        expect(differentLetters(lettersOf(one), lettersOf(other)), `${one} ${other}`).toBeLessThanOrEqual(distance);
      }
  });

  it("never tell two English words further apart than seven tenths a letter", () => {
    for (const one of english)
      for (const other of english) {
        const distance = editDistance(one, other, 64, latinCost) + 1e-9;
        const letters = differentLetters(latinLetters(one), latinLetters(other));
        expect(letters * 0.7, `${one} ${other}`).toBeLessThanOrEqual(distance);
      }
  });

  it("tell words of other letters apart and letters that sound alike not", () => {
    expect(differentLetters(lettersOf("베어링"), lettersOf("배오링"))).toBe(0);
    expect(differentLetters(lettersOf("베어링"), lettersOf("스핀들"))).toBeGreaterThan(2);
    expect(differentLetters(latinLetters("valve"), latinLetters("pump"))).toBe(4);
  });
});
