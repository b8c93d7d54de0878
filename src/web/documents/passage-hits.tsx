import type { PassageHit } from "../api/documents.ts";
import { Icon } from "../parts/icon.tsx";
import { useWords } from "../state/page-context.ts";
import { useDocumentWords } from "./use-document-words.ts";
import { markWords } from "./mark-words.ts";

/** Passages that a search found; a press opens the page with the passage marked. */
export function PassageHits(props: {
  query: string;
  hits: PassageHit[];
  onOpen: (hit: PassageHit) => void;
  onClose: () => void;
}) {
  const { query, hits, onOpen, onClose } = props;
  const { words } = useWords();
  const documentWords = useDocumentWords();
  return (
    <section class="hits" aria-label={documentWords.passages(hits.length)}>
      <header class="hits-head">
        <h2 aria-live="polite">{documentWords.passages(hits.length)}</h2>
        <button type="button" class="icon-button" aria-label={documentWords.closeSearch} onClick={onClose}>
          <Icon name="cross" />
        </button>
      </header>
      {hits.length === 0 && <p class="quiet">{documentWords.noPassages}</p>}
      <ul class="document-list">
        {hits.map((hit) => (
          <li key={`${hit.documentId} ${hit.marked.join("-")}`}>
            <button type="button" class={`document-row ${hit.safety ? "is-safety" : ""}`} onClick={() => onOpen(hit)}>
              <span class="document-title">{hit.heading || hit.title}</span>
              <span class="document-marks">
                {!hit.inForce && <span class="mark is-warn">{documentWords.superseded}</span>}
                {hit.origin === "ocr" && <span class="mark is-warn">OCR</span>}
              </span>
              <span class="hit-text">
                {markWords(hit.text, query).map(({ text, marked }, index) =>
                  marked ? <mark key={index}>{text}</mark> : text,
                )}
              </span>
              <span class="quiet small document-path">
                {[hit.title, hit.page !== null && words.page(hit.page)].filter(Boolean).join(" · ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
