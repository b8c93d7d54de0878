import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../state/page-context.ts";

type Part<Props> = (props: Props) => ComponentChildren;

/** A part of the page that is fetched when it is first shown; what can't be fetched can be tried again. */
export function lazyPart<Props extends object>(load: () => Promise<Part<Props>>): Part<Props> {
  let loaded: Part<Props> | null = null;
  return function LazyPart(props: Props) {
    const { words } = useWords();
    const [part, setPart] = useState<{ draw: Part<Props> } | null>(loaded && { draw: loaded });
    const [failures, setFailures] = useState(0);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (part) return;
      let gone = false;
      setFailed(false);
      load().then(
        (draw) => {
          loaded = draw;
          if (!gone) setPart({ draw });
        },
        () => !gone && setFailed(true),
      );
      return () => void (gone = true);
    }, [failures]);
    if (part) {
      const Draw = part.draw;
      return <Draw {...props} />;
    }
    if (!failed) return <p class="quiet">{words.loading}</p>;
    return (
      <div class="note is-problem" role="alert">
        <p class="note-title">{words.unreachable}</p>
        <button type="button" class="button" onClick={() => setFailures(failures + 1)}>
          {words.retry}
        </button>
      </div>
    );
  };
}
