import type { Evidence } from "../../core/evidence.ts";

/** Evidence that contradicts this on purpose: a veteran's cards for a passage, the passages for a card. */
export function contradictionsOf(one: Evidence, all: Evidence[]): Evidence[] {
  const said = correctedBy(one);
  if (said !== "") return all.filter((other) => other.kind !== "card" && plain(other.text).includes(said));
  const text = plain(one.text);
  if (one.kind === "card" || one.source.documentId === undefined) return [];
  return all.filter((other) => other.kind === "card" && correctedBy(other) !== "" && text.includes(correctedBy(other)));
}

/** The sentence of a manual that a card says it corrects; empty where it corrects none. */
function correctedBy({ kind, data }: Evidence): string {
  if (kind !== "card") return "";
  const { card } = fields(data);
  const { says } = fields(fields(card)["corrects"]);
  return typeof says === "string" ? plain(says).slice(0, 120) : "";
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s*_`#"'“”‘’]+/g, "");
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
