import { expect, it } from "vitest";
import { pageOfPassage } from "../../src/knowledge/retrieve/page-of-passage.ts";

const first = "Drain the tank before the filter is taken out. ";
const second = "Tighten the bowl to 30 Nm and bleed the line.";
const passage = { page: 7, text: first + second, fromEnd: [second.length] };

it("names the page on which the asked part of a passage stands", () => {
  expect(pageOfPassage(passage, "how tight is the bowl, how many Nm")).toBe(8);
  expect(pageOfPassage(passage, "drain the tank")).toBe(7);
});

it("names the first page where both say the same or nothing, and none where there are no pages", () => {
  expect(pageOfPassage(passage, "coolant")).toBe(7);
  expect(pageOfPassage({ ...passage, page: null }, "bowl")).toBeNull();
  expect(pageOfPassage({ ...passage, fromEnd: [] }, "bowl")).toBe(7);
});
