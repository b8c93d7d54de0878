import type { Evidence } from "../../core/evidence.ts";
import { shortTime } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { useWords } from "../state/page-context.ts";
import { readingsOf } from "./reading.ts";
import { ReadingRow } from "./reading-row.tsx";

/** One piece of evidence, short; a press opens it whole. */
export function EvidenceCard({ evidence, onOpen }: { evidence: Evidence; onOpen: (id: string) => void }) {
  const { words } = useWords();
  const { id, kind, title, source } = evidence;
  const body = bodyOf(evidence);
  return (
    <li class={`evidence-card kind-${kind}`}>
      <button type="button" class="card-press" onClick={() => onOpen(id)} aria-label={`${words.kind[kind]}: ${title}`}>
        <span class="card-head">
          <EvidenceTag evidence={evidence} />
          {kind === "card" && source.expert && <b class="card-expert">{source.expert}</b>}
          {kind === "work-order" && source.date && <span class="quiet">{source.date}</span>}
        </span>
        <span class="card-title">{title}</span>
        {kind === "safety" && <span class="quiet small">{words.safetyQuote}</span>}
        {body !== "" && <span class="card-text">{body}</span>}
        <span class="card-source">{sourceLine(evidence, words.page)}</span>
      </button>
    </li>
  );
}

/** Readings that came one after another are one card, each a row of it. */
export function ReadingsCard({ readings, onOpen }: { readings: Evidence[]; onOpen: (id: string) => void }) {
  const { words, language } = useWords();
  const views = readings.flatMap((evidence) => readingsOf(evidence).map((reading) => ({ evidence, reading })));
  const newest = views
    .map(({ reading }) => reading.latest?.at ?? "")
    .sort()
    .at(-1);
  return (
    <li class="evidence-card kind-reading readings">
      <span class="card-head">
        <span class="tag">
          <span class="pulse" aria-hidden="true" />
          {words.readingsNow}
        </span>
        <b class="card-expert">{readings[0]?.equipmentId}</b>
        {newest && <span class="quiet">{shortTime(newest, language)}</span>}
      </span>
      {views.map(({ evidence, reading }) => (
        <button
          key={`${evidence.id} ${reading.tagId}`}
          type="button"
          class="reading-press"
          onClick={() => onOpen(evidence.id)}
        >
          <ReadingRow reading={reading} />
        </button>
      ))}
    </li>
  );
}

export function EvidenceTag({ evidence: { id, kind } }: { evidence: Evidence }) {
  const { words } = useWords();
  return (
    <span class="tag">
      {kind === "safety" && <Icon name="shield" />}
      {words.kind[kind] ?? kind} <span class="tag-number">{id.slice(1)}</span>
    </span>
  );
}

function sourceLine({ source }: Evidence, page: (number: number) => string): string {
  return source.page === undefined ? source.label : `${source.label} · ${page(source.page)}`;
}

/** The text without the title it repeats, and without Markdown's marks. */
function bodyOf({ kind, title, text }: Evidence): string {
  const plain = text
    .replaceAll(/[*_`#>|]+/g, " ")
    .replaceAll(/[ \t]+/g, " ")
    .trim();
  // An alarm's first line is its title again.
  const shown = kind === "alarm-entry" && plain.includes("\n") ? plain.slice(plain.indexOf("\n") + 1).trim() : plain;
  const rest = shown.startsWith(title) ? shown.slice(title.length).replace(/^[\s:.,·-]+/, "") : shown;
  return rest.length > 400 ? `${rest.slice(0, 400)} …` : rest;
}
