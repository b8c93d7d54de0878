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

it("names the page that says it word for word, though another has as many of the words", () => {
  const before = "The pin is written by a component, never read; a value of HAL may assign it to a pin that is OUT. ";
  const after = "A component may assign a value to a pin that is OUT.";
  const both = { page: 683, text: before + after, fromEnd: [after.length] };
  expect(pageOfPassage(both, "a component may assign a value to a pin that is OUT")).toBe(684);
});
