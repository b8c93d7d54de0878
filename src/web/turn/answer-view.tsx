import { useState } from "preact/hooks";
import { Icon } from "../parts/icon.tsx";
import { Markdown } from "../markdown/markdown.tsx";
import { usePage, useWords } from "../state/page-context.ts";
import { ModeBadge } from "./mode-badge.tsx";
import type { TurnState } from "./turn-state.ts";

/** The answer as it is written; a screen reader hears it when it is whole. */
export function AnswerView({ turn, onCitation }: { turn: TurnState; onCitation: (id: string) => void }) {
  const { words } = useWords();
  const running = turn.status === "running";
  const streaming = running && turn.answer === null;
  const labelOf = (id: string): string | null => {
    const found = turn.evidence.find((one) => one.id === id);
    return found ? `${words.evidence} ${id.slice(1)}: ${found.title}` : null;
  };
  const isSafety = (id: string): boolean => turn.evidence.some((one) => one.id === id && one.kind === "safety");
  const waiting = turn.evidence.length > 0 ? words.writing : words.gathering;
  return (
    <section class="answer" aria-label={words.answer}>
      {turn.answer?.abstained && turn.evidence.length > 0 && !turn.notices.some(({ refusal }) => refusal) && (
        <p class="abstained">{words.abstained}</p>
      )}
      <div aria-live="polite" aria-busy={streaming}>
        {turn.text !== "" && (
          <Markdown
            text={turn.text}
            streaming={streaming}
            evidenceLabel={labelOf}
            isSafety={isSafety}
            onCitation={onCitation}
          />
        )}
      </div>
      {running && turn.text === "" && (turn.connection === "connected" || turn.connection === "connecting") && (
        <p class="waiting" role="status">
          <span class="spinner" aria-hidden="true" /> {waiting}
        </p>
      )}
      {turn.answer && <AnswerFoot turn={turn} />}
    </section>
  );
}

function AnswerFoot({ turn: { runId, text, timings, mode } }: { turn: TurnState }) {
  const { words } = useWords();
  const model = usePage().session.status.value?.model ?? null;
  const [copied, setCopied] = useState(false);
  // The clipboard is missing on plain http: then there is no button.
  const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
  return (
    <p class="answer-foot">
      {mode && <ModeBadge mode={mode} model={model} />}
      {timings && (
        <span class="quiet small">
          {(timings.totalMs / 1000).toFixed(1)} {words.seconds}
        </span>
      )}
      {clipboard && (
        <button
          type="button"
          class="button is-plain"
          onClick={() => void clipboard.writeText(text).then(() => setCopied(true))}
        >
          <Icon name="copy" /> <span role="status">{copied ? words.copied : words.copy}</span>
        </button>
      )}
      {runId !== null && (
        <a class="button is-plain" href={`/api/runs/${encodeURIComponent(runId)}/document?format=docx`} download>
          <Icon name="save" /> {words.saveAsDocument}
        </a>
      )}
    </p>
  );
}
