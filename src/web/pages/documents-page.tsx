import { useEffect, useState } from "preact/hooks";
import type { DocumentLine } from "../api/document-line.ts";
import { listDocuments, readsScans } from "../api/documents.ts";
import { isEnded } from "../api/ingestions.ts";
import { toProblem } from "../api/problem.ts";
import type { Problem } from "../api/shapes.ts";
import { DocumentSheet } from "../documents/document-sheet.tsx";
import { DropZone } from "../documents/drop-zone.tsx";
import { noFilter } from "../documents/filter-documents.ts";
import { FilteredList } from "../documents/filtered-list.tsx";
import { IngestionList } from "../documents/ingestion-list.tsx";
import { createIngestions } from "../documents/ingestions-state.ts";
import { PassageHits } from "../documents/passage-hits.tsx";
import { PassageSearch, type FoundPassages } from "../documents/passage-search.tsx";
import { PastIngestions } from "../documents/past-ingestions.tsx";
import { useDocumentWords } from "../documents/use-document-words.ts";
import { ProblemNote } from "../parts/problem-note.tsx";
import { usePage, useWords } from "../state/page-context.ts";
import type { ViewedPassage } from "../viewer/document-viewer.tsx";

type Opened = { id: string; passage: ViewedPassage | null };

/** The documents that answers come from: adding, finding, reading, describing and removing them. */
export function DocumentsPage() {
  const { session } = usePage();
  const { words: page } = useWords();
  const words = useDocumentWords();
  const ingestions = session.keep("ingestions", () => createIngestions(session.client));
  const [documents, setDocuments] = useState<DocumentLine[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [filter, setFilter] = useState(noFilter);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [found, setFound] = useState<FoundPassages | null>(null);
  const [scans, setScans] = useState<boolean | null>(null);

  const load = async (): Promise<void> => {
    try {
      setDocuments((await listDocuments(session.client)).documents);
      setProblem(null);
    } catch (thrown) {
      setProblem(toProblem(thrown));
    }
  };
  const changes = ingestions.changes.value;
  useEffect(() => {
    const soon = setTimeout(() => void load(), documents ? 500 : 0);
    return () => clearTimeout(soon);
  }, [changes]);
  useEffect(() => {
    ingestions.refresh().catch(() => undefined);
    readsScans(session.client).then(setScans, () => undefined);
  }, []);

  const list = ingestions.list.value ?? [];
  const current = list.filter((one) => !isEnded(one) || ingestions.watched(one.id));
  const openDocument = (id: string): void => setOpened({ id, passage: null });
  const one = opened && documents?.find(({ id }) => id === opened.id);
  return (
    <main class="page documents-page">
      <h1>{words.title}</h1>
      <DropZone onFiles={ingestions.send}>
        <p class="quiet small">
          {words.formats} {scans === null ? "" : scans ? words.ocrThere : words.ocrMissing} {words.formatsNot}
        </p>
      </DropZone>
      <IngestionList ingestions={ingestions} shown={current} />
      {problem && <ProblemNote problem={problem} onRetry={() => void load()} />}
      {!documents && !problem && <p class="quiet">{page.loading}</p>}
      {documents?.length === 0 && (
        <div class="empty">
          <p>{words.empty}</p>
          <p class="quiet small">{words.emptyHint}</p>
        </div>
      )}
      {documents && documents.length > 0 && (
        <>
          <PassageSearch text={filter.text} onText={(text) => setFilter({ ...filter, text })} onFound={setFound} />
          {found ? (
            <PassageHits
              {...found}
              onOpen={({ documentId, page: number, marked: span, markedText: passage }) =>
                setOpened({ id: documentId, passage: { documentId, page: number ?? undefined, span, passage } })
              }
              onClose={() => setFound(null)}
            />
          ) : (
            <FilteredList documents={documents} filter={filter} onFilter={setFilter} onOpen={openDocument} />
          )}
        </>
      )}
      <PastIngestions past={list.filter((one) => !current.includes(one))} />
      {one && (
        <DocumentSheet
          key={one.id}
          document={one}
          passage={opened.passage}
          onChanged={(now) => setDocuments((documents ?? []).map((old) => (old.id === now.id ? now : old)))}
          onRemoved={() => {
            setOpened(null);
            setDocuments((documents ?? []).filter(({ id }) => id !== one.id));
            void load();
          }}
          onClose={() => setOpened(null)}
        />
      )}
    </main>
  );
}
