import { useEffect, useState } from "preact/hooks";
import { documentKinds, type DocumentLine } from "../api/document-line.ts";
import { changeDocument, type DocumentChanges } from "../api/documents.ts";
import { toProblem } from "../api/problem.ts";
import type { Problem } from "../api/shapes.ts";
import { ProblemNote } from "../parts/problem-note.tsx";
import { usePage } from "../state/page-context.ts";
import { useDocumentWords } from "./use-document-words.ts";

const kinds = documentKinds.filter((kind) => kind !== "card" && kind !== "glossary");

/** What a person says of a document. What was typed stays when saving fails. */
export function MetadataForm(props: {
  document: DocumentLine;
  onSaved: (document: DocumentLine) => void;
  onCancel: () => void;
}) {
  const { document, onSaved, onCancel } = props;
  const { session } = usePage();
  const words = useDocumentWords();
  const [title, setTitle] = useState(document.title);
  const [kind, setKind] = useState<string>(document.kind);
  const [language, setLanguage] = useState<string>(document.language);
  const [models, setModels] = useState(document.models.join(", "));
  const [machines, setMachines] = useState(document.equipmentIds.join(", "));
  const [revision, setRevision] = useState(document.revision ?? "");
  const [date, setDate] = useState(document.date ?? "");
  const [approved, setApproved] = useState(document.approved);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    // Only to warn of misspelt machines: without the list nothing is said.
    if (!session.machines.peek()) session.loadMachines().catch(() => undefined);
  }, []);
  const known = session.machines.value;
  const strangers = known ? listed(machines).filter((id) => !known.some((machine) => machine.id === id)) : [];

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const now = { title: title.trim(), kind, language, models: listed(models), equipmentIds: listed(machines) };
    const changes = changed(document, { ...now, revision: revision.trim() || null, date: date || null, approved });
    if (Object.keys(changes).length === 0) return onCancel();
    setBusy(true);
    setProblem(null);
    try {
      onSaved(await changeDocument(session.client, document.id, changes));
    } catch (thrown) {
      setProblem(toProblem(thrown));
      setBusy(false);
    }
  };
  const field = (name: string, value: string, set: (value: string) => void, more: object = {}) => (
    <label class="field">
      {name}
      <input class="input" value={value} onInput={(event) => set(event.currentTarget.value)} {...more} />
    </label>
  );
  const choice = (
    name: string,
    value: string,
    names: readonly (readonly [string, string])[],
    set: (v: string) => void,
  ) => (
    <label class="field">
      {name}
      <select class="input" value={value} onChange={(event) => set(event.currentTarget.value)}>
        {names.map(([one, label]) => (
          <option key={one} value={one}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <form class="detail metadata-form" onSubmit={(event) => void save(event)}>
      {field(words.titleName, title, setTitle, { required: true, maxLength: 300 })}
      {choice(
        words.kind,
        kind,
        kinds.map((one) => [one, words.kinds[one]] as const),
        setKind,
      )}
      {choice(words.language, language, Object.entries(words.languages), setLanguage)}
      {field(words.models, models, setModels, { placeholder: words.commaHint })}
      {field(words.machines, machines, setMachines, { placeholder: words.commaHint })}
      {strangers.length > 0 && <p class="small is-warn">{words.unknownMachines(strangers.join(", "))}</p>}
      {field(words.edition, revision, setRevision, { maxLength: 60 })}
      {field(words.editionDate, date, setDate, { type: "date" })}
      <label class="check">
        <input type="checkbox" checked={approved} onChange={(event) => setApproved(event.currentTarget.checked)} />
        <span>{words.approved}</span>
      </label>
      {problem && <ProblemNote problem={problem} />}
      <p class="buttons">
        <button type="submit" class="button is-main" disabled={busy}>
          {busy ? words.saving : words.save}
        </button>
        <button type="button" class="button" disabled={busy} onClick={onCancel}>
          {words.cancel}
        </button>
      </p>
    </form>
  );
}

function listed(text: string): string[] {
  return [...new Set(text.split(",").map((one) => one.trim()))].filter(Boolean);
}

/** Only what differs: what a file says of itself is not set by hand because someone saved a title. */
function changed(document: DocumentLine, now: Required<DocumentChanges>): DocumentChanges {
  const before = document as unknown as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])),
  );
}
