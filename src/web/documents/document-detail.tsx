import type { DocumentLine } from "../api/document-line.ts";
import { shortTime } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { useWords } from "../state/page-context.ts";
import { useViewerWords } from "../viewer/use-viewer-words.ts";
import { useDocumentWords } from "./use-document-words.ts";

/** What is known of a document, and what can be done with it. */
export function DocumentDetail(props: {
  document: DocumentLine;
  onView: (view: "viewer" | "edit" | "remove") => void;
}) {
  const { document, onView } = props;
  const { language } = useWords();
  const words = useDocumentWords();
  const viewer = useViewerWords();
  const { title, path, models, equipmentIds, revision, date, trust, overrides, notices, inForce } = document;
  const hand = (field: string): string => (overrides.includes(field) ? ` (${words.byHand})` : "");
  const own = document.kind !== "card" && document.kind !== "glossary";
  const content = [
    document.pages !== null && words.pages(document.pages),
    words.passagesOf(document.passages),
    document.codes > 0 && words.codes(document.codes),
    document.unreadPages > 0 && words.unread(document.unreadPages),
  ];
  const lines: [string, string][] = [
    [words.models, models.length > 0 ? models.join(", ") + hand("models") : ""],
    [words.machines, equipmentIds.length > 0 ? equipmentIds.join(", ") + hand("equipment") : ""],
    [words.edition, revision === null ? "" : revision + hand("revision")],
    [words.editionDate, date === null ? "" : date + hand("date")],
    [words.language, words.languages[document.language] + hand("language")],
    [words.content, content.filter(Boolean).join(" · ")],
    [words.size, `${sizeOf(document.bytes)} · ${document.format}`],
    [words.readAt, shortTime(document.readAt, language)],
    [words.path, path],
  ];
  return (
    <article class="detail document-detail">
      <h3>{title}</h3>
      <p>
        <span class={`trust trust-${trust}`}>{viewer.trust[trust]}</span>
        {!inForce && <span class="mark is-warn">{words.superseded}</span>}
      </p>
      <p class="buttons">
        <button type="button" class="button is-main" onClick={() => onView("viewer")}>
          <Icon name="document" /> {words.open}
        </button>
        {own && (
          <button type="button" class="button" onClick={() => onView("edit")}>
            <Icon name="edit" /> {words.edit}
          </button>
        )}
        {document.original && (
          <a class="button" href={`/api/documents/${encodeURIComponent(document.id)}/original`} download>
            <Icon name="save" /> {words.download}
          </a>
        )}
        <button type="button" class="button" onClick={() => onView("remove")}>
          <Icon name="trash" /> {words.remove}
        </button>
      </p>
      {notices.length > 0 && (
        <div class="note">
          <p class="note-title">{words.noticesName}</p>
          <ul class="notice-list">
            {notices.map((notice) => (
              <li key={notice}>{notice}</li>
            ))}
          </ul>
        </div>
      )}
      <dl class="source-list">
        {lines.map(([name, value]) =>
          value === "" ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </article>
  );
}

/** "3.4 MB" */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
