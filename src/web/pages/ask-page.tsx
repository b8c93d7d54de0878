import { useEffect, useRef } from "preact/hooks";
import { ProblemNote } from "../parts/problem-note.tsx";
import { usePage, useWords } from "../state/page-context.ts";
import { TurnView } from "../turn/turn-view.tsx";
import { Composer } from "./composer.tsx";

/** The conversation with the question box below it. */
export function AskPage() {
  const { session } = usePage();
  const { words } = useWords();
  const { list, loading, problem } = session.turns;
  const end = useRef<HTMLDivElement>(null);
  const count = list.value.length;
  useEffect(() => {
    // A new question comes to the top of the screen, where its evidence will appear below it.
    const turns = end.current?.parentElement?.querySelectorAll(".turn");
    const last = turns?.[turns.length - 1];
    if (last) last.scrollIntoView({ block: "start" });
    else scrollTo(0, 0);
  }, [count]);
  return (
    <>
      <main class={count === 0 ? "ask is-empty" : "ask"}>
        {loading.value && (
          <p class="quiet" role="status">
            {words.loading}
          </p>
        )}
        {problem.value && (
          <ProblemNote
            problem={
              problem.value.status === 404 ? { code: "not_found", detail: words.notFoundConversation } : problem.value
            }
          />
        )}
        {count === 0 && !loading.value && !problem.value && <Welcome />}
        {list.value.map((turn) => (
          <TurnView key={turn.peek().key} turn={turn} />
        ))}
        <div ref={end} class="turn-end" />
      </main>
      <Composer />
    </>
  );
}

function Welcome() {
  const { session } = usePage();
  const { words, language } = useWords();
  const status = session.status.value;
  const problem = session.statusProblem.value;
  const examples = status?.examples[language] ?? [];
  return (
    <section class="welcome">
      <h1>{words.tagline}</h1>
      {problem && <ProblemNote problem={problem} onRetry={() => void session.refresh()} />}
      {examples.length > 0 && (
        <>
          <h2>{words.examples}</h2>
          <ul class="examples">
            {examples.map((example) => (
              <li key={example}>
                <button type="button" onClick={() => session.ask(example)}>
                  {example}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {status && examples.length === 0 && <p class="quiet">{words.noExamples}</p>}
      {status && <p class="quiet small">{status.reason[language]}</p>}
      {status?.problems.map((one) => (
        <ProblemNote
          key={one.message}
          problem={{ code: "status", detail: one.message, ...(one.fix ? { fix: one.fix } : {}) }}
        />
      ))}
    </section>
  );
}
