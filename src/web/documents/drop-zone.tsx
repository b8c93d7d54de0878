import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../parts/icon.tsx";
import { useDocumentWords } from "./use-document-words.ts";

/** Takes files by a button, or dropped anywhere on the page. */
export function DropZone({ onFiles, children }: { onFiles: (files: File[]) => void; children?: ComponentChildren }) {
  const words = useDocumentWords();
  const field = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;

  useEffect(() => {
    // Dragging over a child leaves its parent: the depth tells when the page is really left.
    let depth = 0;
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const allow = (event: DragEvent): void => void (holdsFiles(event) && event.preventDefault());
    const drop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      take.current([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener("dragenter", enter);
    addEventListener("dragleave", leave);
    addEventListener("dragover", allow);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragenter", enter);
      removeEventListener("dragleave", leave);
      removeEventListener("dragover", allow);
      removeEventListener("drop", drop);
    };
  }, []);

  return (
    <div class={over ? "drop-zone is-over" : "drop-zone"}>
      <p class="drop-line">
        <span class="drop-words">{over ? words.dropNow : words.drop}</span>
        <button type="button" class="button is-main" onClick={() => field.current?.click()}>
          <Icon name="upload" /> {words.add}
        </button>
      </p>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label={words.add}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          // The same file may be chosen again.
          event.currentTarget.value = "";
        }}
      />
      {children}
    </div>
  );
}
