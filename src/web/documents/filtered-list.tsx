import type { DocumentLine } from "../api/document-line.ts";
import { DocumentList } from "./document-list.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { filterDocuments, noFilter, type DocumentFilter } from "./filter-documents.ts";
import { useDocumentWords } from "./use-document-words.ts";

/** The list with what narrows it down, and how many are left. */
export function FilteredList(props: {
  documents: DocumentLine[];
  filter: DocumentFilter;
  onFilter: (filter: DocumentFilter) => void;
  onOpen: (id: string) => void;
}) {
  const { documents, filter, onFilter, onOpen } = props;
  const words = useDocumentWords();
  const shown = filterDocuments(documents, filter);
  return (
    <>
      <FilterBar documents={documents} filter={filter} onChange={onFilter} />
      <p class="quiet small" role="status">
        {words.shown(shown.length, documents.length)}
      </p>
      {shown.length === 0 && (
        <div class="empty">
          <p>{words.noneFits}</p>
          <button type="button" class="button" onClick={() => onFilter(noFilter)}>
            {words.clearFilters}
          </button>
        </div>
      )}
      <DocumentList documents={shown} onOpen={onOpen} />
    </>
  );
}
