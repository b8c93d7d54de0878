import type { IngestionFile } from "../api/ingestions.ts";
import { useDocumentWords } from "./use-document-words.ts";

/** A file of an ingestion: how far it is, or its verdict with the reason and what was noticed. */
export function FileLine({ file, working }: { file: IngestionFile; working: boolean }) {
  const words = useDocumentWords();
  const { path, verdict, reason, notices, pages, pagesDone, passages, codes, unreadPages } = file;
  const opened = pages !== null && pagesDone > 0;
  const now = !working
    ? words.waiting
    : opened && pagesDone >= pages
      ? words.settling
      : opened
        ? words.readingPage(pagesDone, pages)
        : words.waiting;
  const content = [
    pages !== null && words.pages(pages),
    passages > 0 && words.passagesOf(passages),
    codes > 0 && words.codes(codes),
  ].filter(Boolean);
  return (
    <li class="file-line">
      <span class={`verdict is-${verdict ?? "open"}`}>{verdict ? words.verdicts[verdict] : now}</span>
      <span class="file-path">{path}</span>
      {verdict && content.length > 0 && <span class="quiet small file-more">{content.join(" · ")}</span>}
      {unreadPages > 0 && <span class="small file-more is-warn">{words.unread(unreadPages)}</span>}
      {reason && <span class={`small file-more ${verdict === "failed" ? "is-failed" : ""}`}>{reason}</span>}
      {notices.map((notice) => (
        <span key={notice} class="quiet small file-more">
          {notice}
        </span>
      ))}
    </li>
  );
}
