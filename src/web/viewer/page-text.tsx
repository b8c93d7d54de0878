import { useEffect, useRef } from "preact/hooks";
import type { DocumentPage } from "../api/document-page.ts";
import { Markdown } from "../markdown/markdown.tsx";
import { usePage, useWords } from "../state/page-context.ts";
import { chunksOfSpan } from "./chunks-of-span.ts";
import { markPassage } from "./mark-passage.ts";
import { useViewerWords } from "./use-viewer-words.ts";

/** A page's text in reading order, opened at the passage, which is marked. */
export function PageText(props: { page: DocumentPage; span: [number, number] | undefined; passage: string }) {
  const { page, span, passage } = props;
  const { session } = usePage();
  const { words } = useWords();
  const viewerWords = useViewerWords();
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const exact = markPassage(element, span ? within(page, span) : passage);
    (exact ?? element).scrollIntoView({ block: exact || element.clientHeight < innerHeight / 2 ? "center" : "start" });
    element.focus({ preventScroll: true });
  }, [page, session.markdown.value]);

  const marked = chunksOfSpan(page.sections, span, passage);
  const first = marked.values().next().value;
  const showsPages = page.pages === 1;
  return (
    <article class="document">
      {page.sections.length === 0 && page.text.trim() === "" && <p class="quiet">{viewerWords.emptyPage}</p>}
      {page.sections.length === 0 && page.text.trim() !== "" && <Markdown text={page.text} />}
      {page.sections.map((chunk, index) => {
        const isMarked = marked.has(index);
        const newHeading = chunk.heading !== "" && chunk.heading !== page.sections[index - 1]?.heading;
        return (
          <section
            key={chunk.anchor}
            ref={index === first ? place : undefined}
            tabIndex={index === first ? -1 : undefined}
            class={`chunk ${isMarked ? "is-marked" : ""} ${chunk.safety ? "is-safety" : ""}`}
          >
            {newHeading && (
              <h4>
                {chunk.heading}{" "}
                {showsPages && chunk.page !== null && <span class="quiet">· {words.page(chunk.page)}</span>}
              </h4>
            )}
            <Markdown text={chunk.text} />
          </section>
        );
      })}
    </article>
  );
}

function within({ text, start }: DocumentPage, [from, to]: [number, number]): string {
  return text.slice(Math.max(0, from - start), Math.max(0, to - start));
}
