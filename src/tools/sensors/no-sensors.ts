import type { EvidenceDraft } from "../../core/evidence.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import { equipmentTitle, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";

/** That a machine has no sensors at all: an old machine without a network is read by hand. */
export function noSensors(machine: Equipment, { language, ctx }: ToolContext): EvidenceDraft {
  const title = equipmentTitle(machine, language);
  return {
    kind: "reading",
    title,
    text: say(
      language,
      `${title}에는 연결된 센서가 없습니다. 값은 현장에서 직접 확인해야 합니다.`,
      `No sensors of ${title} are connected. Values must be read at the machine.`,
    ),
    language,
    source: { label: say(language, "센서 목록", "sensor list"), store: "tags", records: [], sample: machine.sample },
    trust: "record",
    equipmentId: machine.id,
    at: ctx.now().toISOString(),
    data: { found: false, equipmentId: machine.id, tags: [] },
  };
}
