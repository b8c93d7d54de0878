import { Icon } from "../parts/icon.tsx";
import { useWords } from "../state/page-context.ts";
import type { TurnState } from "./turn-state.ts";

/** Quoted safety text or a refusal, above everything else of the turn. */
export function SafetyNotice(props: { notice: TurnState["notices"][number]; onOpen: (id: string) => void }) {
  const { words } = useWords();
  const { text, evidenceId, refusal } = props.notice;
  return (
    <div class={`safety ${refusal ? "is-refusal" : ""}`} role="alert">
      <p class="safety-title">
        <Icon name="shield" /> <span>{refusal ? words.refusalTitle : words.safetyTitle}</span>
        {evidenceId && (
          <button type="button" class="button is-plain" onClick={() => props.onOpen(evidenceId)}>
            {words.source} {evidenceId.slice(1)}
          </button>
        )}
      </p>
      <p class="plain-text">{text}</p>
    </div>
  );
}
