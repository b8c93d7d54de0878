import type { Problem } from "../api/shapes.ts";
import { useWords } from "../state/page-context.ts";
import { Icon } from "./icon.tsx";

/** What went wrong and what to do about it. */
export function ProblemNote({
  problem,
  onRetry,
}: {
  problem: Pick<Problem, "code" | "detail" | "fix">;
  onRetry?: () => void;
}) {
  const { words } = useWords();
  const said = {
    unreachable: [words.unreachable, words.unreachableFix],
    ended: [words.ended, words.endedFix],
  }[problem.code];
  const [what, fix] = said ?? [problem.detail, problem.fix];
  return (
    <div class="note is-problem" role="alert">
      <p class="note-title">
        <Icon name="warning" /> {what}
      </p>
      {fix && (
        <p>
          <b>{words.failedFix}:</b> {fix}
        </p>
      )}
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          {words.retry}
        </button>
      )}
    </div>
  );
}
