import { useState } from "preact/hooks";
import type { DocumentLine } from "../api/document-line.ts";
import { useWords } from "../state/page-context.ts";
import { shortTime } from "../parts/format.ts";
import { useDocumentWords } from "./use-document-words.ts";

const firstRows = 60;

/** Documents, one a row; a press opens all about it. */
export function DocumentList({ documents, onOpen }: { documents: DocumentLine[]; onOpen: (id: string) => void }) {
  const words = useDocumentWords();
  const [most, setMost] = useState(firstRows);
  return (
    <>
      <ul class="document-list">
        {documents.slice(0, most).map((document) => (
          <li key={document.id}>
            <DocumentRow document={document} onOpen={() => onOpen(document.id)} />
          </li>
        ))}
      </ul>
      {documents.length > most && (
        <button type="button" class="button wide" onClick={() => setMost(most + 200)}>
          {words.more(documents.length - most)}
        </button>
      )}
    </>
  );
}

function DocumentRow({ document, onOpen }: { document: DocumentLine; onOpen: () => void }) {
  const words = useDocumentWords();
  const { language } = useWords();
  const { title, path, kind, models, revision, date, inForce, unreadPages, notices, pages, passages, codes } = document;
  const about = [words.kinds[kind], models.slice(0, 3).join(", "), [revision, date].filter(Boolean).join(" · ")];
  const content = [pages !== null && words.pages(pages), words.passagesOf(passages), codes > 0 && words.codes(codes)];
  return (
    <button type="button" class="document-row" onClick={onOpen}>
      <span class="document-title">{title}</span>
      <span class="document-marks">
        {!inForce && <span class="mark is-warn">{words.superseded}</span>}
        {unreadPages > 0 && <span class="mark is-warn">{words.unread(unreadPages)}</span>}
        {notices.length > 0 && unreadPages === 0 && <span class="mark">{words.notices(notices.length)}</span>}
      </span>
      <span class="document-about">{about.filter(Boolean).join(" · ")}</span>
      <span class="quiet small document-content">
        {[...content, shortTime(document.readAt, language)].filter(Boolean).join(" · ")}
      </span>
      <span class="quiet small document-path">{path}</span>
    </button>
  );
}
