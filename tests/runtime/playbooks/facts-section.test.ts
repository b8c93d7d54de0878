import { expect, it } from "vitest";
import type { Evidence } from "../../../src/core/evidence.ts";
import { factsSection } from "../../../src/runtime/playbooks/playbook.ts";

const evidence = (id: string, details: number): Evidence => ({
  ...{ id, kind: "count", title: id, trust: "record", source: { label: id } },
  text: [`${id} head`, ...Array.from({ length: details }, (_, index) => `detail ${index + 1}`)].join("\n"),
});
const linesOf = (all: Evidence[], options: Parameters<typeof factsSection>[2]) =>
  factsSection(null, all, options)?.lines.map(({ text }) => text);

it("what a section leaves out of a text, and of the list, is counted", () => {
  const said = linesOf([evidence("E1", 8), evidence("E2", 1), evidence("E3", 0)], { details: true, limit: 2 });
  expect(said?.slice(-5)).toEqual(["detail 6", "… +2", "E2 head", "detail 1", "… +1"]);
});

it("a section that holds all says nothing of more", () => {
  expect(linesOf([evidence("E1", 6)], { details: true })?.join()).not.toContain("…");
});
