import type { EvidenceDraft } from "../../core/evidence.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import type { ToolContext } from "../tool.ts";
import { equipmentTitle } from "../wording.ts";

/** Evidence that nothing could be computed, with the reason in one sentence. */
export function nothingComputed(
  machine: Pick<Equipment, "id" | "sample" | "name" | "nameKo">,
  text: string,
  data: object,
  { language, ctx }: ToolContext,
): EvidenceDraft {
  return {
    kind: "chart",
    title: equipmentTitle(machine as Equipment, language),
    text,
    language,
    source: { label: machine.id, store: "readings", records: [], sample: machine.sample },
    trust: "record",
    equipmentId: machine.id,
    at: ctx.now().toISOString(),
    data: { ...data, found: false },
  };
}
