import { useState } from "preact/hooks";
import type { DocumentLine } from "../api/document-line.ts";
import { Icon } from "../parts/icon.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { useWords } from "../state/page-context.ts";
import { DocumentViewer, type ViewedPassage } from "../viewer/document-viewer.tsx";
import { DocumentDetail } from "./document-detail.tsx";
import { MetadataForm } from "./metadata-form.tsx";
import { RemoveForm } from "./remove-form.tsx";
import { useDocumentWords } from "./use-document-words.ts";

type View = "detail" | "viewer" | "edit" | "remove";

/** All about one document, and what can be done with it. */
export function DocumentSheet(props: {
  document: DocumentLine;
  /** Opens the viewer there at once. */
  passage: ViewedPassage | null;
  onChanged: (document: DocumentLine) => void;
  onRemoved: () => void;
  onClose: () => void;
}) {
  const { document, passage, onChanged, onRemoved, onClose } = props;
  const { words: page } = useWords();
  const words = useDocumentWords();
  const [view, setView] = useState<View>(passage ? "viewer" : "detail");
  const back =
    view === "detail" ? null : (
      <button type="button" class="button" onClick={() => setView("detail")}>
        <Icon name="left" /> {page.back}
      </button>
    );
  const title = { detail: words.kinds[document.kind], viewer: words.kinds[document.kind] };
  return (
    <Sheet
      title={{ ...title, edit: words.editTitle, remove: words.removeTitle }[view]}
      label={document.title}
      actions={back}
      wide={view === "viewer"}
      onClose={onClose}
    >
      {view === "viewer" && <DocumentViewer {...(passage ?? { documentId: document.id, passage: "" })} />}
      {view === "detail" && <DocumentDetail document={document} onView={setView} />}
      {view === "edit" && (
        <MetadataForm
          document={document}
          onCancel={() => setView("detail")}
          onSaved={(changed) => {
            onChanged(changed);
            setView("detail");
          }}
        />
      )}
      {view === "remove" && <RemoveForm document={document} onKeep={() => setView("detail")} onRemoved={onRemoved} />}
    </Sheet>
  );
}
