import { usePage } from "../state/page-context.ts";

const nothing = (): null => null;
const never = (): boolean => false;

/**
 * Untrusted Markdown, plain until its reader has been loaded. While it streams only the last block is drawn anew. A press on a mark calls `onCitation` with
 * the evidence's id.
 */
export function Markdown(props: {
  text: string;
  streaming?: boolean;
  evidenceLabel?: (id: string) => string | null;
  onCitation?: (id: string) => void;
  /** Quotes of these stand out as safety text. */
  isSafety?: (id: string) => boolean;
}) {
  const { streaming = false, evidenceLabel = nothing, onCitation, isSafety = never } = props;
  const render = usePage().session.markdown.value;
  const text = streaming ? withoutHalfMark(props.text) : props.text;
  if (!render) return <p class="prose plain-text">{text}</p>;
  const blocks = render(text, evidenceLabel);
  const press = (event: MouseEvent): void => {
    const mark = (event.target as Element).closest("[data-evidence]");
    const id = mark?.getAttribute("data-evidence");
    if (id) onCitation?.(id);
  };
  return (
    <div class="prose" onClick={press}>
      {blocks.map(({ html }, index) => (
        // oxlint-disable-next-line no-danger -- cleaned by render-markdown
        <div
          key={index}
          class={marksOf(html).some(isSafety) ? "block is-safety" : "block"}
          dangerouslySetInnerHTML={{ __html: html }}
        />
      ))}
      {streaming && text !== "" && <span class="caret" aria-hidden="true" />}
    </div>
  );
}

function marksOf(html: string): string[] {
  return [...html.matchAll(/data-evidence="(E\d+)"/g)].map(([, id = ""]) => id);
}

/** Without a citation mark of which only the beginning has arrived. */
function withoutHalfMark(text: string): string {
  return text.replace(/\[E?\d*$/, "");
}
