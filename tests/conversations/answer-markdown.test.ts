import { describe, expect, test } from "vitest";
import { answerMarkdown } from "../../src/conversations/export-answer.ts";
import type { Evidence } from "../../src/core/evidence.ts";
import type { Answer } from "../../src/core/run-event.ts";

const evidence = (id: string, more: Partial<Evidence["source"]> = {}): Evidence => ({
  id,
  kind: "passage",
  title: "Feeding",
  text: "Feed 3 mm",
  trust: "manual",
  source: { label: "Oven manual", ...more },
});
const answer = (text: string, mode: Answer["mode"] = "extractive"): Answer => ({
  runId: "r",
  answer: text,
  language: "en",
  mode,
  citations: [],
  evidence: [
    evidence("E1", { page: 7, revision: "B", inForce: false }),
    evidence("E2"),
    evidence("E11", { origin: "ocr" }),
    { ...evidence("E12"), at: "2026-01-01T15:30:00.000Z" },
  ],
  proposals: [],
  abstained: false,
  timings: { firstEvidenceMs: 1, totalMs: 2, modelMs: 0, modelCalls: 0 },
});
const turn = { question: "How far\n to feed?", createdAt: "2026-01-02T03:04:05.000Z" };
const render = (text: string, mode?: Answer["mode"]): string => answerMarkdown(turn, answer(text, mode), "Asia/Seoul");

describe("an answer as Markdown", () => {
  test("begins with the question on one line and when it was asked in the plant's time", () => {
    const [title, , asked] = render("Feed 3 mm [E1]").split("\n");
    expect(title).toBe("# How far to feed?");
    expect(asked).toContain("2026-01-02 12:04");
  });
  test("lists the sources that are cited, with page, edition and doubt, and no others", () => {
    const text = render("Feed 3 mm [E1]. Seen [E11].");
    expect(text).toContain("- [E1] Oven manual — Feeding · page 7 · edition B · a newer edition is in force");
    expect(text).toContain("- [E11] Oven manual — Feeding · text recognised from a picture");
    expect(text).not.toContain("[E2]");
  });
  test("tells the time of a source in the plant's time", () =>
    expect(render("Seen [E12].")).toContain("- [E12] Oven manual — Feeding · 2026-01-02 00:30"));
  test("says whether a model wrote it", () => {
    expect(render("x", "model")).toContain("written by a model");
    expect(render("x")).toContain("made by rules");
  });
  test("an answer without a source has no list of sources", () =>
    expect(render("I don't know.")).not.toContain("Sources"));
});
