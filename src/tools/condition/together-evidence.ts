import type { EvidenceDraft } from "../../core/evidence.ts";
import { formatNumber } from "../../core/format/format.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import { tagTitle } from "../arguments/tags.ts";
import { equipmentTitle, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";
import type { Together } from "./together.ts";

/** That each sensor is within its own normal, but not together. */
export function togetherEvidence(
  together: Together,
  machine: Equipment,
  tags: Tag[],
  { language, ctx }: ToolContext,
): EvidenceDraft {
  const title = equipmentTitle(machine, language);
  const figure = (value: number): string => formatNumber(Number(value.toPrecision(3)));
  const byQ = together.qLimit !== null && together.q > together.qLimit;
  const measure = byQ
    ? `Q ${figure(together.q)} > ${figure(together.qLimit ?? 0)}`
    : `T² ${figure(together.t2)} > ${figure(together.t2Limit)}`;
  const parts = together.contributions.slice(0, 3).map(({ tagId, share }) => {
    const tag = tags.find(({ id }) => id === tagId);
    return `${tag ? tagTitle(tag, language) : tagId} ${formatNumber(Math.round(share * 100))} %`;
  });
  return {
    kind: "chart",
    title,
    text: say(
      language,
      `${title}: 센서 하나하나는 평소 범위지만, 함께 보면 평소의 관계에서 벗어났습니다 (${measure}) — 기여: ${parts.join(", ")}. 정상 가동 ${together.trainedOn}점으로 배운 관계와 비교.`,
      `${title}: each sensor is within its own normal, but together they left their usual relation (${measure}) — by ${parts.join(", ")}. Learned from ${together.trainedOn} points of normal running.`,
    ),
    language,
    source: {
      label: say(language, "센서", "sensors"),
      store: "readings",
      records: together.contributions.map(({ tagId }) => tagId),
      sample: machine.sample,
    },
    trust: "record",
    equipmentId: machine.id,
    at: ctx.now().toISOString(),
    data: { found: true, together },
  };
}
