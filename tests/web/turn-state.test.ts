import { describe, expect, it } from "vitest";
import type { NumberedRunEvent, RunEvent } from "../../src/core/run-event.ts";
import { applyEvent, newTurn } from "../../src/web/turn/turn-state.ts";

const asked = newTurn({ key: "k", question: "alarm 2041", equipmentId: null, conversationId: null });
const numbered = (event: RunEvent, seq: number): NumberedRunEvent => ({ runId: "r", seq, at: "", event });
const after = (...events: RunEvent[]) =>
  events.reduce((turn, event, index) => applyEvent(turn, numbered(event, index + 1)), asked);

describe("a turn on the page", () => {
  it("takes an event once, however often it comes", () => {
    const delta = numbered({ type: "answer-delta", text: "once" }, 1);
    expect(applyEvent(applyEvent(asked, delta), delta).text).toBe("once");
  });

  it("forgets the streamed text when the mode changes", () => {
    const turn = after(
      { type: "answer-delta", text: "half a sente" },
      { type: "mode-changed", from: "model", to: "extractive", reason: "gone" },
      { type: "answer-delta", text: "Whole." },
    );
    expect(turn).toMatchObject({ text: "Whole.", mode: "extractive", modeChange: { reason: "gone" } });
  });

  it("ends as failed with the fix, or as cancelled", () => {
    const failed = after({ type: "run-failed", code: "unavailable", message: "No database.", fix: "Start it." });
    expect(failed).toMatchObject({ status: "failed", failure: { message: "No database.", fix: "Start it." } });
    expect(after({ type: "run-cancelled", reason: "enough" })).toMatchObject({ status: "cancelled" });
  });

  it("passes over an event that it does not know", () => {
    expect(after({ type: "something-new" } as never)).toMatchObject({ status: "running", lastSeq: 1 });
  });
});
