import type { Signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { EvidenceList } from "../evidence/evidence-list.tsx";
import { EvidenceSheet } from "../evidence/evidence-sheet.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { usePage, useWords } from "../state/page-context.ts";
import { AnswerView } from "./answer-view.tsx";
import { FeedbackBox } from "./feedback-box.tsx";
import { ModeNotice } from "./mode-badge.tsx";
import { ProposalCard } from "./proposal-card.tsx";
import { SafetyNotice } from "./safety-notice.tsx";
import { StepList } from "./step-list.tsx";
import type { TurnState } from "./turn-state.ts";

/** One question and all that became of it, from top to bottom in the order in which it comes about. */
export function TurnView({ turn: state }: { turn: Signal<TurnState> }) {
  const turn = state.value;
  const { session } = usePage();
  const { words } = useWords();
  const [openId, setOpenId] = useState<string | null>(null);
  const running = turn.status === "running";
  return (
    <article class="turn" aria-label={`${words.you}: ${turn.question}`}>
      <header class="turn-head">
        <p class="question">
          {turn.equipmentId && <span class="machine-mark">{turn.equipmentId}</span>}
          {turn.question}
        </p>
        <p class="understood" aria-live="polite">
          {turn.understood ? (
            <span>
              <span class="quiet">{words.understood}:</span> {turn.understood.reading}
            </span>
          ) : (
            running && <span class="quiet">{words.understanding}</span>
          )}
        </p>
      </header>
      <ConnectionNote turn={turn} />
      <Failure turn={turn} />
      <SafetyNotice notices={turn.notices} onOpen={setOpenId} />
      <div class="turn-columns">
        <EvidenceList evidence={turn.evidence} answering={turn.text !== ""} onOpen={setOpenId} />
        <div class="turn-main">
          <StepList turn={turn} />
          {turn.modeChange && <ModeNotice change={turn.modeChange} />}
          <AnswerView turn={turn} onCitation={setOpenId} />
          {turn.status === "cancelled" && <p class="note">{words.cancelled}</p>}
          {turn.proposals.map((proposal) => (
            <ProposalCard
              key={proposal.id}
              proposal={proposal}
              onChanged={() => session.turns.refreshProposals(state)}
            />
          ))}
          {turn.status === "finished" && turn.answer && !turn.answer.abstained && turn.evidence.length > 0 && (
            <FeedbackBox
              verdict={turn.verdict}
              onRate={(verdict, comment) => session.turns.rate(state, verdict, comment)}
            />
          )}
        </div>
      </div>
      {openId && (
        <EvidenceSheet evidence={turn.evidence} openId={openId} onOpen={setOpenId} onClose={() => setOpenId(null)} />
      )}
    </article>
  );
}

function ConnectionNote({ turn: { status, connection } }: { turn: TurnState }) {
  const { words } = useWords();
  if (status !== "running" || (connection !== "offline" && connection !== "reconnecting")) return null;
  return (
    <p class="note is-connection" role="status">
      <span class="spinner" aria-hidden="true" /> {connection === "offline" ? words.offline : words.reconnecting}
    </p>
  );
}

function Failure({ turn }: { turn: TurnState }) {
  const { session } = usePage();
  const { words } = useWords();
  const { failure, question, equipmentId } = turn;
  if (!failure) return null;
  return (
    <div class="failure">
      <p class="failed-title">{words.failedTitle}</p>
      <ProblemNote
        problem={{ code: failure.code, detail: failure.message, ...(failure.fix ? { fix: failure.fix } : {}) }}
      />
      <button type="button" class="button" onClick={() => session.ask(question, equipmentId)}>
        {words.askAgain}
      </button>
    </div>
  );
}
