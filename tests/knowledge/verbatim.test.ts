import { describe, expect, it, onTestFinished } from "vitest";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import { longestRun, verbatimFirst, wordsIn } from "../../src/knowledge/retrieve/verbatim.ts";
import { search } from "../../src/knowledge/search.ts";
import { contextOf, openKnowledge, temporaryFolder } from "./support.ts";

const asked = "If invert is TRUE, then setting the out pin TRUE drives the physical pin low.";

describe("a sentence asked for word for word", () => {
  const passages = [
    "The out pin of the card is TRUE, then the physical pin is low; invert, if TRUE, drives the setting of the pin.",
    "Any pin may be inverted.",
    "The parameter is new. If `invert` is TRUE, then setting the\n`out` pin TRUE drives the physical pin low. More follows.",
    "The parameter is new. If invert is TRUE, then setting the\nout pin TRUE drives the physical pin low. More follows.",
  ];

  it("puts the passage first that says it, of two with its words the one that writes it so", () => {
    expect(verbatimFirst(passages, (text) => text, asked)).toEqual([3, 2, 0, 1].map((at) => passages[at]));
  });

  it("leaves the order alone for a question of its own words and for a few words", () => {
    expect(verbatimFirst(passages, (text) => text, "why does the physical pin stay low when I invert it")).toEqual(
      passages,
    );
    expect(verbatimFirst(passages, (text) => text, "the physical pin low")).toEqual(passages);
  });

  it("takes most of a sentence too: a passage may end in the middle of it", () => {
    const cut = ["The physical pin is set low.", "If invert is TRUE, then setting the out pin TRUE"];
    expect(verbatimFirst(cut, (text) => text, asked)[0]).toBe(cut[1]);
  });
});

it("tells how many words of a question stand in a text one after the other", () => {
  expect(longestRun(wordsIn("drain the tank first"), wordsIn("First, stop. Then drain the tank."))).toBe(3);
  expect(longestRun(["oil"], ["water"])).toBe(0);
  expect(longestRun(wordsIn("필터를 빼기 전에"), wordsIn("탱크를 비우고 필터를 빼기 전에 잠근다"))).toBe(3);
});

it("finds the passage that has a sentence before one that repeats its words more often", async () => {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  folder.write("pump.md", "# Pump\n\nBefore the pump is started the valve of the tank must be open by half a turn.\n");
  folder.write(
    "valve.md",
    "# Valve of the tank\n\nValve, tank, pump: the tank valve is open before the pump started a turn; the pump must be open by half, the tank valve half open, the valve turn half the tank.\n",
  );
  const knowledge = await openKnowledge();
  onTestFinished(() => knowledge.database.close());
  await ingestPaths(contextOf(["admin"]), knowledge, { paths: [folder.path] });
  const query = "the pump is started the valve of the tank must be open by half a turn";
  const { results } = await search(contextOf(), knowledge, { query });
  expect(results[0]?.path).toMatch(/pump\.md$/);
});
