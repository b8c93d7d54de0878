import { useEffect, useRef, useState } from "preact/hooks";
import { useWords } from "../state/page-context.ts";

/** Asks why; a rejection without a reason teaches nobody. */
export function RejectForm({ onBack, onReject }: { onBack: () => void; onReject: (reason: string) => void }) {
  const { words } = useWords();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() === "") setMissing(true);
        else onReject(reason.trim());
      }}
    >
      <label class="field">
        {words.rejectReason}
        <textarea ref={field} rows={2} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      {missing && reason.trim() === "" && (
        <p class="field-error" role="alert">
          {words.reasonNeeded}
        </p>
      )}
      <p class="buttons">
        <button type="submit" class="button is-danger">
          {words.rejectSend}
        </button>
        <button type="button" class="button" onClick={onBack}>
          {words.cancelAction}
        </button>
      </p>
    </form>
  );
}
