import { expect, it } from "vitest";
import { readCitations } from "../../../src/runtime/ground/read-citations.ts";
import { book, fact } from "../evidence.ts";

const evidence = book(fact("E1", "one", { source: { label: "Manual" } }), fact("E2", "two"));
const cited = (text: string): string[] => readCitations(text, evidence).map(({ start, end }) => text.slice(start, end));

it("points at the sentence it stands in", () =>
  expect(cited("It is cold. The deck has 182.5 °C [E1]. So it is.")).toEqual(["The deck has 182.5 °C [E1]"]));
it("points at the sentence before it, full stop between or not", () =>
  expect(cited("Cold. [E1] Loose [E2].")).toEqual(["Cold. [E1]", "Loose [E2]"]));
it("of two marks at one sentence both point at it", () =>
  expect(cited("Fine. Cold [E1][E2].")).toEqual(["Cold [E1]", "Cold [E1][E2]"]));
it("points behind the number or bullet of a list item", () =>
  expect(cited("1. Look [E1].\n- Listen [E2].")).toEqual(["Look [E1]", "Listen [E2]"]));
it("points into the right line of a quotation", () => expect(cited("> one\n> two [E2]")).toEqual(["two [E2]"]));
it("has the label of its source", () => expect(readCitations("Cold [E1].", evidence)[0]?.label).toBe("Manual"));
it("of evidence that doesn't exist is none", () => expect(cited("Cold [E7].")).toEqual([]));
it("is found in a long answer in a moment", () => {
  const began = performance.now();
  expect(readCitations("The deck is cold [E1]. ".repeat(400), evidence)).toHaveLength(400);
  expect(performance.now() - began).toBeLessThan(1_500);
});
