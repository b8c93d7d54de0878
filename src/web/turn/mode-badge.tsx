import type { Mode } from "../../core/run-event.ts";
import { useWords } from "../state/page-context.ts";
import type { TurnState } from "./turn-state.ts";

/** How answers come about, always shown. */
export function ModeBadge({ mode, model }: { mode: Mode; model: string | null }) {
  const { words } = useWords();
  const [label, hint] =
    mode === "model" ? [words.modeModel, words.modeModelHint] : [words.modeExtractive, words.modeExtractiveHint];
  return (
    <span class={`badge mode-${mode}`} title={mode === "model" && model ? `${hint} (${model})` : hint}>
      {label}
    </span>
  );
}

/** That the mode changed in mid-turn, and why. */
export function ModeNotice({ change }: { change: NonNullable<TurnState["modeChange"]> }) {
  const { words } = useWords();
  return (
    <div class="note is-mode" role="status">
      <p>{change.to === "extractive" ? words.modeChanged : words.modeChangedBack}</p>
      {change.reason && <p class="quiet small">{change.reason}</p>}
    </div>
  );
}
