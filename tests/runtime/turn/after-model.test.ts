import { describe, expect, it } from "vitest";
import type { EvidenceDraft, EvidenceSource } from "../../../src/core/evidence.ts";
import { draft, line, section } from "../../../src/runtime/compose/draft.ts";
import { afterModel } from "../../../src/runtime/turn/after-model.ts";
import { createEvidenceBook } from "../../../src/runtime/turn/evidence-book.ts";
import { createPlaybookTurn } from "../../../src/runtime/playbooks/playbook.ts";
import type { TurnTools } from "../../../src/runtime/turn/turn-tools.ts";
import type { Understanding } from "../../../src/runtime/understand/understanding.ts";

const passage = (title: string, source: Partial<EvidenceSource>): EvidenceDraft => ({
  kind: "passage",
  title,
  text: `${title} says 65 N·m.`,
  language: "en",
  source: { label: title, documentId: title, ...source },
  trust: "manual",
});

function turnWith(...found: EvidenceDraft[]) {
  const book = createEvidenceBook(() => {});
  const evidence = book.add(found);
  const tools = { book } as unknown as TurnTools; // only the book is looked at
  const understood = { language: "en", machines: [] } as unknown as Understanding; // only the language is
  return {
    evidence,
    turn: createPlaybookTurn(
      understood,
      tools,
      () => {},
      () => [],
    ),
  };
}

describe("after a model's answer", () => {
  it("a cited recognised text is doubted, an uncited one is not", () => {
    const { turn } = turnWith(passage("Scan", { origin: "ocr", page: 3 }), passage("Print", {}));
    expect(afterModel(draft([]), turn, "It takes 65 N·m. [E1]")).toMatch(/recognised from a picture.*page 3.*\[E1\]/);
    expect(afterModel(draft([]), turn, "It takes 65 N·m. [E2]")).toBe("");
  });
  it("a cited older edition is said to be superseded", () => {
    const { turn } = turnWith(passage("Manual", { revision: "B", inForce: false }));
    expect(afterModel(draft([]), turn, "It takes 65 N·m. [E1]")).toContain("older edition (Rev. B)");
  });
  it("a card and the manual that it corrects are both shown unless both are cited", () => {
    const { turn, evidence } = turnWith(passage("Card", {}), passage("Manual", {}));
    const conflict = {
      ...section("They disagree", [line("Card: 20", evidence[0]), line("Manual: 22", evidence[1])]),
      always: true,
    };
    expect(afterModel(draft([conflict]), turn, "Tighten to 20. [E1]")).toContain("Manual: 22");
    expect(afterModel(draft([conflict]), turn, "The card says 20 [E1], the manual 22 [E2].")).toBe("");
  });
});
