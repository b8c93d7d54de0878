import { useState } from "preact/hooks";
import { loadIngestion, verdicts, type Ingestion } from "../api/ingestions.ts";
import { toProblem } from "../api/problem.ts";
import type { Problem } from "../api/shapes.ts";
import { shortTime } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { usePage, useWords } from "../state/page-context.ts";
import { FileLine } from "./file-line.tsx";
import { useDocumentWords } from "./use-document-words.ts";

const most = 30;

/** What was read earlier, newest first; a press shows the verdict on every file. */
export function PastIngestions({ past }: { past: Ingestion[] }) {
  const words = useDocumentWords();
  const [open, setOpen] = useState(false);
  if (past.length === 0) return null;
  return (
    <section class="past">
      <button type="button" class="fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        <b>{words.earlier}</b>
        <span class="quiet fold-kinds">{past.length}</span>
        <Icon name="down" />
      </button>
      {open && (
        <ul class="past-list">
          {past.slice(0, most).map((ingestion) => (
            <PastIngestion key={ingestion.id} ingestion={ingestion} />
          ))}
        </ul>
      )}
    </section>
  );
}

function PastIngestion({ ingestion }: { ingestion: Ingestion }) {
  const { session } = usePage();
  const { language } = useWords();
  const words = useDocumentWords();
  const [whole, setWhole] = useState<Ingestion | null>(null);
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { id, state, names, createdAt, counts, filesTotal, error } = ingestion;
  const toggle = (): void => {
    setOpen(!open);
    if (!open && !whole) loadIngestion(session.client, id).then(setWhole, (thrown) => setProblem(toProblem(thrown)));
  };
  const outcome = verdicts
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${words.verdicts[verdict]} ${counts[verdict]}`);
  const said = [state === "done" ? "" : words.jobStates[state], ...outcome].filter(Boolean).join(" · ");
  return (
    <li>
      <button type="button" class="document-row" aria-expanded={open} onClick={toggle}>
        <span class="document-title">{names.length === 1 ? names[0] : words.files(filesTotal ?? names.length)}</span>
        <span class="document-marks quiet small">{shortTime(createdAt, language)}</span>
        <span class="quiet small document-path">{said}</span>
      </button>
      {open && (error || problem) && <ProblemNote problem={problem ?? { code: "failed", detail: error ?? "" }} />}
      {open && (
        <ul class="file-lines">
          {whole?.files.slice(0, 200).map((file) => (
            <FileLine key={file.ordinal} file={file} working={false} />
          ))}
        </ul>
      )}
    </li>
  );
}
