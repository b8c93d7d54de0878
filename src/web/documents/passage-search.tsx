import { useState } from "preact/hooks";
import { searchPassages, type PassageHit } from "../api/documents.ts";
import { toProblem } from "../api/problem.ts";
import type { Problem } from "../api/shapes.ts";
import { Icon } from "../parts/icon.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { usePage } from "../state/page-context.ts";
import { useDocumentWords } from "./use-document-words.ts";

export type FoundPassages = { query: string; hits: PassageHit[] };

/** One box: typing narrows the list of documents, Enter searches inside them. */
export function PassageSearch(props: {
  text: string;
  onText: (text: string) => void;
  onFound: (found: FoundPassages) => void;
}) {
  const { text, onText, onFound } = props;
  const { session } = usePage();
  const words = useDocumentWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const search = async (event: Event): Promise<void> => {
    event.preventDefault();
    const query = text.trim();
    if (query === "" || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      onFound({ query, hits: await searchPassages(session.client, query) });
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <form class="search-form" role="search" onSubmit={(event) => void search(event)}>
        <input
          type="search"
          class="search"
          placeholder={words.search}
          aria-label={words.search}
          value={text}
          onInput={(event) => onText(event.currentTarget.value)}
        />
        <button type="submit" class="button" disabled={text.trim() === "" || busy}>
          <Icon name="search" /> {busy ? words.searching : words.searchInside}
        </button>
      </form>
      {problem && <ProblemNote problem={problem} />}
    </>
  );
}
