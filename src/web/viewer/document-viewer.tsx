import { useEffect, useState } from "preact/hooks";
import { loadPage, type DocumentPage } from "../api/document-page.ts";
import { toProblem } from "../api/problem.ts";
import type { Problem } from "../api/shapes.ts";
import { Icon } from "../parts/icon.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { usePage, useWords } from "../state/page-context.ts";
import { boxAround, boxesOfSpan, stepZoom, zoomToFit } from "./boxes-of-span.ts";
import { PagePicture } from "./page-picture.tsx";
import { PageText } from "./page-text.tsx";
import { useViewerWords } from "./use-viewer-words.ts";
import { ViewerBar } from "./viewer-bar.tsx";

export type ViewedPassage = {
  documentId: string;
  /** 1 unless told. */
  page?: number | undefined;
  /** Characters of the document that are marked. */
  span?: [number, number] | undefined;
  /** Their text. */
  passage: string;
};

/** A stored document, page by page: as it came with the passage marked, or as text. */
export function DocumentViewer({ documentId, page: opened = 1, span, passage }: ViewedPassage) {
  const { session } = usePage();
  const { words } = useWords();
  const [number, setNumber] = useState(opened);
  const [page, setPage] = useState<DocumentPage | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [asText, setAsText] = useState(false);
  const [zoom, setZoom] = useState<number | null>(null);

  useEffect(() => {
    let gone = false;
    setProblem(null);
    loadPage(session.client, documentId, number).then(
      (loaded) => !gone && setPage(loaded),
      (thrown) => !gone && setProblem(toProblem(thrown)),
    );
    return () => void (gone = true);
  }, [documentId, number, attempt]);

  if (!page) {
    if (problem) return <ProblemNote problem={problem} onRetry={() => setAttempt(attempt + 1)} />;
    return <p class="quiet viewer-wait">{words.loading}</p>;
  }
  const shown = zoom ?? zoomToFit(boxAround(boxesOfSpan(page.lines, span)), innerWidth);
  const isPicture = page.picture !== null && !asText;
  const turn = (to: number): void => setNumber(Math.min(page.pages, Math.max(1, to)));
  const keys = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "-") setZoom(stepZoom(shown, event.key === "+" ? 1 : -1));
    else if (event.key === "ArrowRight" && shown <= 1) turn(number + 1);
    else if (event.key === "ArrowLeft" && shown <= 1) turn(number - 1);
    else return;
    event.preventDefault();
  };
  return (
    <div class="viewer" onKeyDown={keys}>
      <ViewerHead page={page} />
      {(page.pages > 1 || page.picture !== null) && (
        <ViewerBar
          number={number}
          page={page}
          asText={asText}
          zoom={shown}
          onPage={turn}
          onZoom={setZoom}
          onText={setAsText}
        />
      )}
      <ViewerNotes page={page} opened={opened} hasPassage={span !== undefined} onPage={turn} />
      {problem && <ProblemNote problem={problem} onRetry={() => setAttempt(attempt + 1)} />}
      {isPicture ? (
        <PagePicture page={page} span={span} passage={passage} zoom={zoom} onZoom={setZoom} />
      ) : (
        <div class="viewer-text" tabIndex={0}>
          <PageText key={page.number} page={page} span={span} passage={page.number === opened ? passage : ""} />
        </div>
      )}
    </div>
  );
}

function ViewerHead({ page: { document } }: { page: DocumentPage }) {
  const words = useViewerWords();
  const { title, path, revision, date, trust } = document;
  const edition = [revision && words.revision(revision), date].filter(Boolean).join(" · ");
  return (
    <header class="viewer-head">
      <h3>{title}</h3>
      <p class="quiet small">
        <span class={`trust trust-${trust}`}>{words.trust[trust]}</span>
        {edition && <span>{edition}</span>}
        <span class="viewer-path">{path}</span>
      </p>
    </header>
  );
}

/** What a reader must know before he believes the page. */
function ViewerNotes(props: {
  page: DocumentPage;
  opened: number;
  hasPassage: boolean;
  onPage: (number: number) => void;
}) {
  const { page, opened, hasPassage, onPage } = props;
  const words = useViewerWords();
  const unread = page.picture === null ? words.unreadNoPicture : words.unread;
  return (
    <>
      {!page.document.inForce && <Strip text={words.superseded} />}
      {page.origin === "ocr" && <Strip text={words.ocr} />}
      {page.origin === "unread" && <Strip text={unread} />}
      {hasPassage && page.number !== opened && (
        <p class="viewer-strip is-quiet">
          {words.passageElsewhere(opened)}{" "}
          <button type="button" class="button" onClick={() => onPage(opened)}>
            {words.toPassage}
          </button>
        </p>
      )}
    </>
  );
}

function Strip({ text }: { text: string }) {
  return (
    <p class="viewer-strip" role="note">
      <Icon name="warning" /> {text}
    </p>
  );
}
