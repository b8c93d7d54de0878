import { useEffect, useState } from "preact/hooks";
import { toProblem } from "../api/problem.ts";
import type { ConversationLine, Problem } from "../api/shapes.ts";
import { shortTime } from "../parts/format.ts";
import { ProblemNote } from "../parts/problem-note.tsx";
import { usePage, useWords } from "../state/page-context.ts";
import { placeHref } from "../state/place.ts";

/** What was asked before; newest first. */
export function HistoryPage() {
  const { words } = useWords();
  return (
    <main class="page">
      <h1>{words.history}</h1>
      <ConversationList />
    </main>
  );
}

export function ConversationList() {
  const { session, place } = usePage();
  const { words, language } = useWords();
  const [lines, setLines] = useState<ConversationLine[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const current = place.value.name === "conversation" ? place.value.id : null;
  const load = (): void => {
    setProblem(null);
    session.client.conversations().then(setLines, (thrown: unknown) => setProblem(toProblem(thrown)));
  };
  useEffect(load, [session.turns.conversationId.value, session.turns.list.value.length]);
  if (problem) return <ProblemNote problem={problem} onRetry={load} />;
  if (!lines) return <p class="quiet">{words.loading}</p>;
  if (lines.length === 0)
    return (
      <div class="empty">
        <p>{words.noHistory}</p>
        <p class="quiet small">{words.noHistoryHint}</p>
      </div>
    );
  return (
    <ul class="conversation-list">
      {lines.map(({ id, title, updatedAt }) => (
        <li key={id}>
          <a href={placeHref({ name: "conversation", id })} aria-current={id === current ? "page" : undefined}>
            <span class="conversation-title">{title}</span>
            <span class="quiet small">{shortTime(updatedAt, language)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
