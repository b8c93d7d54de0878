import { useState } from "preact/hooks";
import { Markdown } from "../markdown/markdown.tsx";
import { Icon } from "../parts/icon.tsx";
import { useWords } from "../state/page-context.ts";
import type { TurnState } from "./turn-state.ts";

const longText = 260;

/**
 * Quoted safety text or a refusal, above everything else of the turn. A long procedure shows its beginning, so that
 * the evidence stays in sight; the rest is one press away and stands in the answer too.
 */
export function SafetyNotice(props: { notices: TurnState["notices"]; onOpen: (id: string) => void }) {
  const { notices, onOpen } = props;
  const { words } = useWords();
  const [whole, setWhole] = useState(false);
  if (notices.length === 0) return null;
  const refusal = notices.some((notice) => notice.refusal);
  const isLong = notices.reduce((sum, { text }) => sum + text.length, 0) > longText;
  return (
    <div class={`safety ${refusal ? "is-refusal" : ""}`} role="alert">
      <p class="safety-title">
        <Icon name="shield" /> {refusal ? words.refusalTitle : words.safetyTitle}
      </p>
      <div class={isLong && !whole ? "safety-body is-cut" : "safety-body"}>
        {notices.map(({ text, evidenceId }) => (
          <div key={text} class="safety-text">
            <Markdown text={text} />
            {evidenceId && (isLong ? whole : true) && (
              <button type="button" class="button is-plain" onClick={() => onOpen(evidenceId)}>
                {words.source} {evidenceId.slice(1)}
              </button>
            )}
          </div>
        ))}
      </div>
      {isLong && (
        <button type="button" class="button" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? words.safetyLess : words.safetyWhole}
        </button>
      )}
    </div>
  );
}
