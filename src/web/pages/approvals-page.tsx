import { useEffect, useState } from "preact/hooks";
import { toProblem } from "../api/problem.ts";
import type { Problem, ProposalView } from "../api/shapes.ts";
import { ProblemNote } from "../parts/problem-note.tsx";
import { usePage, useWords } from "../state/page-context.ts";
import { ProposalCard } from "../turn/proposal-card.tsx";

/** Drafts that wait for a person, and below them what was decided lately. */
export function ApprovalsPage() {
  const { session } = usePage();
  const { words } = useWords();
  const [proposals, setProposals] = useState<ProposalView[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = async (): Promise<void> => {
    try {
      setProposals(await session.client.proposals());
      setProblem(null);
    } catch (thrown) {
      setProblem(toProblem(thrown));
    }
  };
  useEffect(() => void load(), []);
  const pending = proposals?.filter(({ status }) => status === "pending") ?? [];
  const decided = proposals?.filter(({ status }) => status !== "pending").slice(0, 20) ?? [];
  return (
    <main class="page">
      <h1>{words.approvals}</h1>
      {problem && <ProblemNote problem={problem} onRetry={() => void load()} />}
      {!proposals && !problem && <p class="quiet">{words.loading}</p>}
      {proposals && pending.length === 0 && (
        <div class="empty">
          <p>{words.noApprovals}</p>
          <p class="quiet small">{words.noApprovalsHint}</p>
        </div>
      )}
      {pending.map((proposal) => (
        <ProposalCard key={proposal.id} proposal={proposal} onChanged={load} />
      ))}
      {decided.length > 0 && <h2>{words.decided}</h2>}
      {decided.map((proposal) => (
        <ProposalCard key={proposal.id} proposal={proposal} onChanged={load} />
      ))}
    </main>
  );
}
