import { describe, expect, it } from "vitest";
import { scoreCodeLists } from "./code-lists/score-code-lists.ts";

// Lists in the styles of many makers: one half was before our eyes while the extraction was written, the other not.

describe("code lists of many shapes", () => {
  it("give every entry, and nothing else, where we looked", async () => {
    const score = await scoreCodeLists("develop");
    expect(score.misses).toEqual([]);
  });

  it("give nearly every entry of shapes that are rare", async () => {
    const score = await scoreCodeLists("fresh");
    expect(score.recall, score.misses.join("\n")).toBeGreaterThanOrEqual(0.95);
    expect(score.precision, score.misses.join("\n")).toBe(1);
  });

  it("give nearly every entry, and hardly anything else, where we did not look", async () => {
    const score = await scoreCodeLists("held-out");
    expect(score.samples).toBeGreaterThanOrEqual(33);
    expect(score.recall, score.misses.join("\n")).toBeGreaterThanOrEqual(0.95);
    expect(score.precision, score.misses.join("\n")).toBeGreaterThanOrEqual(0.98);
  });
});
