import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../parts/icon.tsx";
import { usePage, useWords } from "../state/page-context.ts";
import { MachinePicker } from "./machine-picker.tsx";

/** The box one asks in: machine, question, and ask or stop. */
export function Composer() {
  const { session } = usePage();
  const { words } = useWords();
  const [picking, setPicking] = useState(false);
  const [stopping, setStopping] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const { draft, machine, turns } = session;
  const running = turns.list.value.find((turn) => turn.value.status === "running");
  const hasTurns = turns.list.value.length > 0;

  useEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight + 2, 200)}px`;
  }, [draft.value]);

  const send = (): void => {
    if (!running) session.ask(draft.peek());
  };
  const stop = (): void => {
    if (!running) return;
    setStopping(running.peek().key);
    turns.cancel(running, words.stopReason).catch(() => setStopping(null));
  };
  return (
    <form
      class={hasTurns && !machine.value ? "composer is-compact" : "composer"}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="composer-frame">
        <button type="button" class="machine-button" title={words.chooseMachine} onClick={() => setPicking(true)}>
          <Icon name="machine" />
          <span>{machine.value ? machine.value.id : words.anyMachine}</span>
        </button>
        {machine.value && (
          <button
            type="button"
            class="icon-button"
            aria-label={words.removeMachine}
            onClick={() => (machine.value = null)}
          >
            <Icon name="cross" />
          </button>
        )}
        <div class="composer-row">
          <textarea
            id="question"
            ref={field}
            rows={1}
            maxLength={4000}
            enterkeyhint="send"
            aria-label={words.questionLabel}
            placeholder={hasTurns ? words.followUpPlaceholder : words.questionPlaceholder}
            value={draft.value}
            onInput={(event) => (draft.value = event.currentTarget.value)}
            onKeyDown={(event) => {
              // While Korean is being composed, Enter ends the syllable and does not send.
              if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
              event.preventDefault();
              send();
            }}
          />
          {running ? (
            <button type="button" class="send is-stop" onClick={stop} disabled={stopping === running.value.key}>
              <Icon name="stop" /> <span>{stopping === running.value.key ? words.stopping : words.stop}</span>
            </button>
          ) : (
            <button type="submit" class="send" disabled={draft.value.trim() === ""}>
              <Icon name="send" /> <span>{words.send}</span>
            </button>
          )}
        </div>
      </div>
      {picking && <MachinePicker onClose={() => setPicking(false)} />}
    </form>
  );
}
