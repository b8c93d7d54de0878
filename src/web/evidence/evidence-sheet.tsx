import { useState } from "preact/hooks";
import type { Evidence, Trust } from "../../core/evidence.ts";
import { Markdown } from "../markdown/markdown.tsx";
import { shortTime } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { useWords } from "../state/page-context.ts";
import type { Words } from "../words/en.ts";
import { DataTable } from "./data-table.tsx";
import { lazyPart } from "../parts/lazy-part.tsx";
import { ControlChart } from "./control-chart.tsx";
import { controlPlotsOf } from "./control-view.ts";
import { contradictionsOf } from "./corrections.ts";
import { EvidenceTag } from "./evidence-card.tsx";
import { readingsOf } from "./reading.ts";
import { ReadingChart } from "./reading-chart.tsx";
import { ReadingRow } from "./reading-row.tsx";

const DocumentViewer = lazyPart(async () => (await import("../viewer/document-viewer.tsx")).DocumentViewer);
const PagePreview = lazyPart(async () => (await import("../viewer/page-preview.tsx")).PagePreview);

/** One piece of evidence whole, with its neighbours one press away and its document another. */
export function EvidenceSheet(props: {
  evidence: Evidence[];
  openId: string;
  onOpen: (id: string) => void;
  onClose: () => void;
}) {
  const { evidence, openId, onOpen, onClose } = props;
  const { words } = useWords();
  const [reading, setReading] = useState<string | null>(null);
  const index = evidence.findIndex(({ id }) => id === openId);
  const one = evidence[index];
  if (!one) return null;
  const [before, after] = [evidence[index - 1], evidence[index + 1]];
  const inDocument = reading === one.id;
  const step = (to: Evidence | undefined, label: string, icon: "left" | "right") => (
    <button type="button" class="icon-button" disabled={!to} aria-label={label} onClick={() => to && onOpen(to.id)}>
      <Icon name={icon} />
    </button>
  );
  const actions = inDocument ? (
    <button type="button" class="button" onClick={() => setReading(null)}>
      <Icon name="left" /> {words.back}
    </button>
  ) : (
    <>
      {step(before, words.previous, "left")}
      {step(after, words.next, "right")}
    </>
  );
  return (
    <Sheet
      title={<EvidenceTag evidence={one} />}
      label={`${words.evidence}: ${one.title}`}
      actions={actions}
      wide={inDocument}
      onClose={onClose}
    >
      {inDocument && one.source.documentId ? (
        <DocumentViewer {...placeOf(one)} documentId={one.source.documentId} />
      ) : (
        <Detail
          key={one.id}
          evidence={one}
          contradictions={contradictionsOf(one, evidence)}
          onOpen={onOpen}
          onDocument={() => setReading(one.id)}
        />
      )}
    </Sheet>
  );
}

function Detail(props: {
  evidence: Evidence;
  contradictions: Evidence[];
  onOpen: (id: string) => void;
  onDocument: () => void;
}) {
  const { evidence, contradictions, onOpen, onDocument } = props;
  const { words } = useWords();
  const { kind, title, text, source, table, trust } = evidence;
  const readings = readingsOf(evidence);
  return (
    <article class={`detail kind-${kind}`}>
      <h3>{title}</h3>
      <p>
        <span class={`trust trust-${trust}`}>{trustWords(words)[trust]}</span>
        {source.sample && <span class="sample-mark">{words.sample}</span>}
      </p>
      {source.inForce === false && <Doubt text={words.superseded} />}
      {source.origin === "ocr" && <Doubt text={words.recognised} />}
      {contradictions.map((other) => (
        <button key={other.id} type="button" class="note is-doubt contradiction" onClick={() => onOpen(other.id)}>
          <Icon name="warning" />
          <span>
            {kind === "card" ? words.correctsManual : words.correctedByCard} {other.title}
          </span>
          <Icon name="right" />
        </button>
      ))}
      {readings.map((reading) => (
        <div key={reading.tagId}>
          <ReadingRow reading={reading} />
          {reading.points.length > 1 && <ReadingChart reading={reading} label={`${words.chart}: ${title}`} />}
        </div>
      ))}
      {controlPlotsOf(evidence).map((plot) => (
        <ControlChart key={plot.title} plot={plot} label={`${words.chart}: ${title}`} />
      ))}
      {kind === "safety" && (
        <p class="quote-mark">
          <Icon name="shield" /> {words.safetyQuote}
        </p>
      )}
      <div class="detail-text">
        {isDocumentText(evidence) ? <Markdown text={text} /> : <p class="plain-text">{text}</p>}
      </div>
      {table && table.rows.length > 0 && <DataTable table={table} label={`${words.table}: ${title}`} />}
      {source.documentId && (
        <>
          {source.page !== undefined && source.span && (
            <PagePreview {...placeOf(evidence)} documentId={source.documentId} onOpen={onDocument} />
          )}
          <button type="button" class="button wide" onClick={onDocument}>
            <Icon name="document" /> {words.openDocument}
          </button>
        </>
      )}
      <SourceList evidence={evidence} />
    </article>
  );
}

/** What a reader must know before he believes it. */
function Doubt({ text }: { text: string }) {
  return (
    <p class="note is-doubt" role="note">
      <Icon name="warning" /> {text}
    </p>
  );
}

function placeOf({ source, text }: Evidence) {
  return { page: source.page, span: source.span, passage: text };
}

function SourceList({ evidence: { source, at } }: { evidence: Evidence }) {
  const { words, language } = useWords();
  const lines: [string, string | undefined][] = [
    [words.source, source.label],
    [words.expert, source.expert],
    [words.section, source.heading && !source.label.includes(source.heading) ? source.heading : undefined],
    [words.pageName, source.page === undefined ? undefined : String(source.page)],
    [words.revision, source.revision],
    [words.date, source.date],
    [words.alsoIn, source.also?.map(({ title, page }) => (page ? `${title} · ${words.page(page)}` : title)).join(", ")],
    [words.recordedAt, at && !source.date ? shortTime(at, language) : undefined],
    [words.records, source.records && source.records.length > 0 ? source.records.slice(0, 12).join(", ") : undefined],
  ];
  return (
    <dl class="source-list">
      {lines.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

/** Text out of a Markdown document is drawn as such; composed lines keep their line breaks and every character. */
function isDocumentText({ kind, source }: Evidence): boolean {
  return source.documentId !== undefined && (kind === "passage" || kind === "safety");
}

function trustWords(words: Words): Record<Trust, string> {
  const { trustApproved: approved, trustReviewed: reviewed, trustRecord: record } = words;
  return { approved, reviewed, record, manual: words.trustManual, reference: words.trustReference };
}
