import { expect, it } from "vitest";
import type { Evidence } from "../../src/core/evidence.ts";
import { contradictionsOf } from "../../src/web/evidence/corrections.ts";

const passage: Evidence = {
  id: "E1",
  kind: "passage",
  title: "Torque",
  text: "Tighten the **clamp bolts** to 45 Nm.\nThen turn by hand.",
  source: { label: "Manual", documentId: "d1" },
  trust: "manual",
};
const card: Evidence = {
  id: "E2",
  kind: "card",
  title: "38 Nm are enough",
  text: "The clamp bolts shear above 40 Nm.",
  source: { label: "CARD-1", documentId: "d2" },
  trust: "reviewed",
  data: { card: { corrects: { document: "m", heading: "Torque", says: "tighten the clamp bolts to 45 Nm" } } },
};
const other: Evidence = { ...passage, id: "E3", text: "Oil the chain." };

it("leads from a manual's passage to the card that corrects it, and back", () => {
  const all = [passage, card, other];
  expect(contradictionsOf(passage, all)).toEqual([card]);
  expect(contradictionsOf(card, all)).toEqual([passage]);
  expect(contradictionsOf(other, all)).toEqual([]);
  expect(contradictionsOf({ ...card, data: { card: { corrects: null } } }, all)).toEqual([]);
});
