import { useRef, useState } from "preact/hooks";
import type { Proposal } from "../../core/run-event.ts";
import { toProblem } from "../api/problem.ts";
import type { Problem, ProposalView } from "../api/shapes.ts";
import { Icon } from "../parts/icon.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { usePage, useWords } from "../state/page-context.ts";
import { RejectForm } from "./reject-form.tsx";

/** A draft with the exact text that would be written, and the two decisions. */
export function ProposalCard(props: {
  proposal: Proposal | ProposalView;
  onChanged: () => Promise<void>;
  href?: string;
}) {
  const { proposal, onChanged, href } = props;
  const { session } = usePage();
  const { words } = useWords();
  const [step, setStep] = useState<"idle" | "rejecting" | "sending">("idle");
  const [problem, setProblem] = useState<Problem | null>(null);
  // A second press comes before the first one is drawn: a signal or state would be too late.
  const sending = useRef(false);

  async function decide(action: () => Promise<void>): Promise<void> {
    if (sending.current) return;
    sending.current = true;
    setStep("sending");
    setProblem(null);
    try {
      await action();
    } catch (thrown) {
      setProblem(toProblem(thrown));
    }
    await onChanged().catch(() => undefined);
    void session.refresh();
    sending.current = false;
    setStep("idle");
  }
  /** What is approved is what is shown: the server's text must be the one on the screen. */
  async function approve(): Promise<void> {
    const kept = (await session.client.proposals(proposal.runId ? { runId: proposal.runId } : {})).find(
      ({ id }) => id === proposal.id,
    );
    if (kept && kept.text !== proposal.text) return;
    await session.client.approve(proposal.id, kept?.textHash);
  }

  const states = {
    pending: words.statePending,
    approved: words.stateApproved,
    rejected: words.stateRejected,
    expired: words.stateExpired,
  };
  const reason = "reason" in proposal ? proposal.reason : null;
  return (
    <section class={`proposal is-${proposal.status}`} aria-label={kindName()}>
      <header class="proposal-head">
        <b>{kindName()}</b>
        {proposal.equipmentId && <span class="machine-mark">{proposal.equipmentId}</span>}
        <span class={`badge state-${proposal.status}`} role="status">
          {proposal.status === "approved" && <Icon name="check" />}
          {states[proposal.status]}
        </span>
      </header>
      <p class="proposal-text">{proposal.text}</p>
      {proposal.recordId && (
        <p class="quiet small">
          {words.writtenAs} <b>{proposal.recordId}</b>
        </p>
      )}
      {reason && (
        <p class="quiet small">
          {words.rejectReason}: {reason}
        </p>
      )}
      {problem && <ProblemNote problem={problem} />}
      {proposal.status === "pending" && (
        <>
          <p class="quiet small">{words.proposalExact}</p>
          {step === "rejecting" ? (
            <RejectForm
              onBack={() => setStep("idle")}
              onReject={(why) => void decide(() => session.client.reject(proposal.id, why))}
            />
          ) : (
            <p class="buttons">
              <button
                type="button"
                class="button is-main"
                disabled={step === "sending"}
                onClick={() => void decide(approve)}
              >
                {step === "sending" ? words.deciding : words.approve}
              </button>
              <button type="button" class="button" disabled={step === "sending"} onClick={() => setStep("rejecting")}>
                {words.reject}
              </button>
            </p>
          )}
        </>
      )}
      {href && (
        <a class="button is-plain" href={href}>
          {words.openConversation}
        </a>
      )}
    </section>
  );

  function kindName(): string {
    return proposal.kind === "work-order" ? words.proposalWorkOrder : words.proposalHold;
  }
}
