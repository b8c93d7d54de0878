import { documentKinds, type DocumentLine } from "../api/document-line.ts";
import { documentStates, modelsOf, type DocumentFilter, type DocumentState } from "./filter-documents.ts";
import { useDocumentWords } from "./use-document-words.ts";

type Choice = readonly (readonly [value: string, name: string])[];

/** Narrows the list down; only what the documents have is offered. */
export function FilterBar(props: {
  documents: DocumentLine[];
  filter: DocumentFilter;
  onChange: (filter: DocumentFilter) => void;
}) {
  const { documents, filter, onChange } = props;
  const words = useDocumentWords();
  const kinds = documentKinds.filter((kind) => documents.some((document) => document.kind === kind));
  const models = modelsOf(documents);
  const select = (name: string, value: string, choices: Choice, set: (value: string) => void) => (
    <select
      aria-label={name}
      class={value === choices[0]?.[0] ? "" : "is-set"}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    >
      {choices.map(([one, label]) => (
        <option key={one} value={one}>
          {label}
        </option>
      ))}
    </select>
  );
  return (
    <div class="filter-bar">
      {kinds.length > 1 &&
        select(
          words.kind,
          filter.kind,
          [["", words.anyKind], ...kinds.map((kind) => [kind, words.kinds[kind]] as const)],
          (kind) => onChange({ ...filter, kind }),
        )}
      {models.length > 0 &&
        select(
          words.model,
          filter.model,
          [["", words.anyModel], ...models.map((model) => [model, model] as const)],
          (model) => onChange({ ...filter, model }),
        )}
      {select(
        words.language,
        filter.language,
        [
          ["", words.anyLanguage],
          ["ko", words.languages.ko],
          ["en", words.languages.en],
        ],
        (language) => onChange({ ...filter, language }),
      )}
      {select(
        words.state,
        filter.state,
        documentStates.map((state) => [state, words.states[state]] as const),
        (state) => onChange({ ...filter, state: state as DocumentState }),
      )}
    </div>
  );
}
