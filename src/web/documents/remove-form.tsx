import { useState } from "preact/hooks";
import type { DocumentLine } from "../api/document-line.ts";
import { deleteDocument } from "../api/documents.ts";
import { toProblem } from "../api/problem.ts";
import type { Problem } from "../api/shapes.ts";
import { ProblemNote } from "../parts/problem-note.tsx";
import { usePage } from "../state/page-context.ts";
import { useDocumentWords } from "./use-document-words.ts";

/** Says what goes and that it can't be undone, before anything goes. */
export function RemoveForm(props: { document: DocumentLine; onKeep: () => void; onRemoved: () => void }) {
  const { document, onKeep, onRemoved } = props;
  const { session } = usePage();
  const words = useDocumentWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const remove = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await deleteDocument(session.client, document.id);
      onRemoved();
    } catch (thrown) {
      const said = toProblem(thrown);
      // Somebody else was quicker.
      if (said.status === 404) onRemoved();
      else setProblem(said);
      setBusy(false);
    }
  };
  return (
    <div class="detail">
      <h3>{document.title}</h3>
      <p class="quiet small">{document.path}</p>
      <p>{words.removeWarning}</p>
      <p>{words.removeFolder}</p>
      {problem && <ProblemNote problem={problem} />}
      <p class="buttons">
        <button type="button" class="button is-danger" disabled={busy} onClick={() => void remove()}>
          {busy ? words.removing : words.removeYes}
        </button>
        <button type="button" class="button" disabled={busy} onClick={onKeep}>
          {words.keep}
        </button>
      </p>
    </div>
  );
}
