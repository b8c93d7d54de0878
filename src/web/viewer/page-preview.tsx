import { useEffect, useState } from "preact/hooks";
import { loadPage, type DocumentPage } from "../api/document-page.ts";
import { usePage } from "../state/page-context.ts";
import type { ViewedPassage } from "./document-viewer.tsx";
import { PagePicture } from "./page-picture.tsx";
import { useViewerWords } from "./use-viewer-words.ts";

/** The passage on its page as it came, a few lines high; a press opens the page. Nothing where there is no picture. */
export function PagePreview({
  documentId,
  page: number = 1,
  span,
  passage,
  onOpen,
}: ViewedPassage & { onOpen: () => void }) {
  const { session } = usePage();
  const words = useViewerWords();
  const [page, setPage] = useState<DocumentPage | null>(null);
  useEffect(() => {
    let gone = false;
    // A preview that does not come is no loss: the button below opens the page, and says what is wrong.
    loadPage(session.client, documentId, number).then(
      (loaded) => !gone && setPage(loaded),
      () => undefined,
    );
    return () => void (gone = true);
  }, [documentId, number]);
  if (!page?.picture) return null;
  return (
    <button type="button" class="page-preview" aria-label={words.openPage(number)} onClick={onOpen}>
      <PagePicture page={page} span={span} passage={passage} zoom={null} />
    </button>
  );
}
