import { useState } from "preact/hooks";
import { isEnded, type Ingestion } from "../api/ingestions.ts";
import { toProblem } from "../api/problem.ts";
import type { Problem } from "../api/shapes.ts";
import { Icon } from "../parts/icon.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { FileLine } from "./file-line.tsx";
import type { Ingestions, Upload } from "./ingestions-state.ts";
import { ProgressBar } from "./progress-bar.tsx";
import { useDocumentWords } from "./use-document-words.ts";

const mostFiles = 12;

/** What is being sent and read now, and what ended while the page was open. */
export function IngestionList({ ingestions, shown }: { ingestions: Ingestions; shown: Ingestion[] }) {
  const words = useDocumentWords();
  const uploads = ingestions.uploads.value;
  if (uploads.length + shown.length === 0) return null;
  return (
    <section class="ingestions" aria-label={words.ingestions}>
      {uploads.map((upload) => (
        <UploadCard key={upload.key} upload={upload} ingestions={ingestions} />
      ))}
      {shown.map((ingestion) => (
        <IngestionCard
          key={ingestion.id}
          ingestion={ingestion}
          onStop={() => ingestions.cancel(ingestion.id)}
          onDismiss={() => ingestions.dismiss(ingestion.id)}
        />
      ))}
    </section>
  );
}

function UploadCard({ upload, ingestions }: { upload: Upload; ingestions: Ingestions }) {
  const words = useDocumentWords();
  const { key, files, share, problem } = upload;
  const percent = Math.floor(share * 100);
  return (
    <article class="ingestion">
      <header class="ingestion-head">
        <b>{problem ? words.notSent : share >= 1 ? words.settling : words.sending(percent)}</b>
        <span class="quiet">{files.length === 1 ? files[0]?.name : words.files(files.length)}</span>
        {!problem && (
          <button type="button" class="button" onClick={() => ingestions.drop(key)}>
            {words.stop}
          </button>
        )}
      </header>
      {!problem && <ProgressBar share={share} label={words.sending(percent)} />}
      {problem && (
        <>
          <ProblemNote problem={problem} />
          <p class="buttons">
            <button type="button" class="button" onClick={() => ingestions.sendAgain(key)}>
              {words.sendAgain}
            </button>
            <button type="button" class="button" onClick={() => ingestions.drop(key)}>
              {words.dismiss}
            </button>
          </p>
        </>
      )}
    </article>
  );
}

/** One ingestion with its files: those still open and those that failed stand first. */
function IngestionCard(props: { ingestion: Ingestion; onStop: () => Promise<void>; onDismiss: () => void }) {
  const { ingestion, onStop, onDismiss } = props;
  const words = useDocumentWords();
  const [stopping, setStopping] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { state, names, files, filesDone, filesTotal, pagesDone, pagesTotal, error } = ingestion;
  const ended = isEnded(ingestion);
  const total = filesTotal ?? files.length;
  // A long file counts by its pages, so that the bar moves while it is read.
  const share = total === 0 ? 0 : (filesDone + (pagesTotal > 0 ? (pagesDone / pagesTotal) * 0.95 : 0)) / total;
  const stop = (): void => {
    setStopping(true);
    onStop().catch((thrown: unknown) => {
      setStopping(false);
      setProblem(toProblem(thrown));
    });
  };
  const sorted = [...files].sort(
    (one, other) => rank(one.verdict) - rank(other.verdict) || one.ordinal - other.ordinal,
  );
  const what = names.length === 1 ? names[0] : words.files(filesTotal ?? names.length);
  return (
    <article class={`ingestion is-${state}`}>
      <header class="ingestion-head">
        <b>{words.jobStates[state]}</b>
        <span class="quiet ingestion-name">
          {what} {total > 1 && !ended && `· ${filesDone} / ${total}`}
        </span>
        {!ended && (
          <button type="button" class="button" disabled={stopping} onClick={stop}>
            {stopping ? words.stopping : words.stop}
          </button>
        )}
        {ended && (
          <button
            type="button"
            class="icon-button"
            aria-label={words.dismiss}
            title={words.dismiss}
            onClick={onDismiss}
          >
            <Icon name="cross" />
          </button>
        )}
      </header>
      {!ended && <ProgressBar share={Math.min(share, 0.99)} label={`${words.jobStates[state]}: ${what ?? ""}`} />}
      {error && <ProblemNote problem={{ code: "failed", detail: error }} />}
      {problem && <ProblemNote problem={problem} />}
      <ul class="file-lines">
        {sorted.slice(0, mostFiles).map((file) => (
          <FileLine key={file.ordinal} file={file} working={state === "working"} />
        ))}
      </ul>
      {sorted.length > mostFiles && <p class="quiet small">{words.moreFiles(sorted.length - mostFiles)}</p>}
    </article>
  );
}

function rank(verdict: string | null): number {
  if (verdict === "failed" || verdict === "skipped") return 0;
  return verdict === null ? 1 : 2;
}
