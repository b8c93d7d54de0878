import type { EvidenceDraft } from "../../core/evidence.ts";
import type { Proposal } from "../../core/run-event.ts";
import { lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";

/** A draft that waits for approval, with its exact text. `data` is the proposal. */
export function draftEvidence(proposal: Proposal, sample: boolean, { language, ctx }: ToolContext): EvidenceDraft {
  const title =
    proposal.kind === "work-order"
      ? say(language, "작업지시 초안", "Work order draft")
      : say(language, "품질 보류 초안", "Quality hold draft");
  const state = {
    pending: say(
      language,
      "승인 대기: 아직 아무것도 기록되지 않았습니다.",
      "Waits for approval: nothing is written yet.",
    ),
    approved: say(language, "이미 승인되었습니다.", "Already approved."),
    rejected: say(language, "이미 반려되었습니다.", "Already rejected."),
    expired: say(language, "기한이 지났습니다.", "Expired."),
  }[proposal.status];
  return {
    kind: proposal.kind === "work-order" ? "work-order" : "lot",
    title: `${title} ${proposal.id}`,
    text: lines(state, proposal.text),
    language,
    source: {
      label: `${say(language, "제안", "proposal")} ${proposal.id}`,
      store: "proposals",
      records: [proposal.id],
      sample,
    },
    trust: "record",
    ...(proposal.equipmentId ? { equipmentId: proposal.equipmentId } : {}),
    at: ctx.now().toISOString(),
    data: { proposal },
  };
}
