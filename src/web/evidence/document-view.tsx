import { useEffect, useRef, useState } from "preact/hooks";
import type { EvidenceSource } from "../../core/evidence.ts";
import { toProblem } from "../api/problem.ts";
import type { DocumentText, Problem } from "../api/shapes.ts";
import { Markdown } from "../markdown/markdown.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { usePage, useWords } from "../state/page-context.ts";
import { chunksOfSpan } from "./chunks-of-span.ts";
import { markPassage } from "./mark-passage.ts";

/** A stored document in reading order, opened at the passage, which is marked. */
export function DocumentView(props: { documentId: string; source: EvidenceSource; passage: string }) {
  const { documentId, source, passage } = props;
  const { session } = usePage();
  const { words } = useWords();
  const [found, setFound] = useState<DocumentText | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const place = useRef<HTMLElement>(null);

  useEffect(() => {
    let gone = false;
    session.client.document(documentId).then(
      (text) => !gone && setFound(text),
      (thrown) => !gone && setProblem(toProblem(thrown)),
    );
    return () => void (gone = true);
  }, [documentId]);
  useEffect(() => {
    const element = place.current;
    if (!element || !found) return;
    const { span } = source;
    const exact = markPassage(element, span ? found.text.slice(...span) : passage);
    (exact ?? element).scrollIntoView({ block: exact || element.clientHeight < innerHeight / 2 ? "center" : "start" });
    element.focus({ preventScroll: true });
  }, [found, session.markdown.value]);

  if (problem) return <ProblemNote problem={problem} />;
  if (!found) return <p class="quiet">{words.loading}</p>;
  const marked = chunksOfSpan(found.chunks, source.span, passage);
  const first = marked.values().next().value;
  return (
    <article class="document">
      <h3>{found.title}</h3>
      <p class="quiet small">
        {[found.path, found.revision].filter(Boolean).join(" · ")} {marked.size > 0 && `· ${words.documentPassage}`}
      </p>
      {found.chunks.map((chunk, index) => {
        const isMarked = marked.has(index);
        const newHeading = chunk.heading !== "" && chunk.heading !== found.chunks[index - 1]?.heading;
        return (
          <section
            key={chunk.anchor}
            ref={index === first ? place : undefined}
            tabIndex={index === first ? -1 : undefined}
            class={`chunk ${isMarked ? "is-marked" : ""} ${chunk.safety ? "is-safety" : ""}`}
          >
            {newHeading && (
              <h4>
                {chunk.heading} {chunk.page !== null && <span class="quiet">· {words.page(chunk.page)}</span>}
              </h4>
            )}
            <Markdown text={chunk.text} />
          </section>
        );
      })}
    </article>
  );
}
