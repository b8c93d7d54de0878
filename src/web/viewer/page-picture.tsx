import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { pictureAddress, type DocumentPage } from "../api/document-page.ts";
import { toProblem } from "../api/problem.ts";
import type { Problem } from "../api/shapes.ts";
import { ProblemNote } from "../parts/problem-note.tsx";
import { usePage } from "../state/page-context.ts";
import { boxAround, boxesOfSpan, leastZoom, mostZoom, zoomToFit } from "./boxes-of-span.ts";
import { followPinch } from "./follow-pinch.ts";
import { usePictureWidth } from "./use-picture-width.ts";
import { useViewerWords } from "./use-viewer-words.ts";

/**
 * A page as it came, with the lines of a passage marked and scrolled into view. Without `onZoom` it is a still view of
 * the passage.
 */
export function PagePicture(props: {
  page: DocumentPage;
  span: [number, number] | undefined;
  passage: string;
  zoom: number | null;
  onZoom?: (zoom: number) => void;
}) {
  const { page, span, passage, onZoom } = props;
  const { session } = usePage();
  const words = useViewerWords();
  const stage = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const [isThere, setThere] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const boxes = boxesOfSpan(page.lines, span);
  const around = boxAround(boxes);
  const zoom = props.zoom ?? zoomToFit(around, innerWidth);
  const size = page.size ?? { width: 595, height: 842 };

  useLayoutEffect(() => {
    const element = stage.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setWidth(element.clientWidth));
    watch.observe(element);
    setWidth(element.clientWidth);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const element = stage.current;
    if (!element || !onZoom) return;
    let now = zoom;
    return followPinch(element, (factor, at) => {
      now = Math.min(mostZoom, Math.max(leastZoom, now * factor));
      focus.current = at;
      onZoom(now);
    });
  }, [page.number, onZoom === undefined]);
  useLayoutEffect(() => {
    setThere(false);
    setProblem(null);
  }, [page.document.id, page.number]);

  // Where the passage is shown first, and what stays in place while it is enlarged.
  const focus = useRef<{ x: number; y: number } | null>(null);
  const drawn = useRef({ key: "", width: 0 });
  const key = `${page.document.id} ${page.number} ${span?.join("-") ?? ""}`;
  const paper = width * zoom;
  useLayoutEffect(() => {
    const element = stage.current;
    if (!element || width === 0) return;
    const height = (paper * size.height) / size.width;
    const before = drawn.current;
    drawn.current = { key, width: paper };
    if (before.key !== key || before.width === 0) {
      element.scrollTop = around ? around[1] * height - element.clientHeight * 0.25 : 0;
      element.scrollLeft = around ? (around[0] + around[2] / 2) * paper - width / 2 : 0;
      return;
    }
    const { x, y } = focus.current ?? { x: width / 2, y: element.clientHeight / 2 };
    focus.current = null;
    const grown = paper / before.width;
    element.scrollLeft = (element.scrollLeft + x) * grown - x;
    element.scrollTop = (element.scrollTop + y) * grown - y;
  }, [key, paper]);

  const ask = async (): Promise<void> => {
    // The picture itself does not say why it fails; the server does.
    try {
      await session.client.call("GET", address ?? "");
    } catch (thrown) {
      // An answer that is no JSON is the picture: it is there after all.
      if (thrown instanceof SyntaxError && attempt < 2) setAttempt(attempt + 1);
      else if (thrown instanceof SyntaxError) setProblem({ ...toProblem(thrown), detail: words.noPicture });
      else setProblem(toProblem(thrown));
    }
  };
  const pixels = usePictureWidth(paper);
  const address = pixels === null ? null : pictureAddress(page, pixels);
  const label = words.pictureOf(page.number, page.document.title);
  return (
    <div
      ref={stage}
      class={onZoom ? "stage" : "stage is-still"}
      {...(onZoom ? { tabIndex: 0, role: "region", "aria-label": label } : {})}
    >
      <div class="paper" style={{ width: `${zoom * 100}%`, aspectRatio: `${size.width} / ${size.height}` }}>
        {address !== null && !problem && (
          <img
            key={`${key} ${attempt}`}
            src={address}
            alt={label}
            draggable={false}
            onLoad={() => setThere(true)}
            onError={() => void ask()}
          />
        )}
        {boxes.length > 0 && !problem && (
          <svg class="marks" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
            {boxes.map(([x, y, w, h], index) => (
              <rect key={index} x={x - 0.004} y={y - h * 0.12} width={w + 0.008} height={h * 1.24} />
            ))}
          </svg>
        )}
        {!isThere && !problem && (
          <p class="paper-note" role="status">
            <span class="spinner" aria-hidden="true" /> {words.drawing}
          </p>
        )}
      </div>
      {problem && (
        <div class="paper-problem">
          <ProblemNote
            problem={problem}
            onRetry={() => {
              setProblem(null);
              setAttempt(attempt + 1);
            }}
          />
        </div>
      )}
      {boxes.length > 0 && (
        <p class="unseen">
          {words.marked} {passage}
        </p>
      )}
    </div>
  );
}
