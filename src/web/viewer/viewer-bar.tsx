import type { DocumentPage } from "../api/document-page.ts";
import { Icon, type IconName } from "../parts/icon.tsx";
import { mostZoom, leastZoom, stepZoom } from "./boxes-of-span.ts";
import { useViewerWords } from "./use-viewer-words.ts";

/** Turns pages, enlarges, and switches between the page as it came and its text. */
export function ViewerBar(props: {
  number: number;
  page: DocumentPage;
  asText: boolean;
  zoom: number;
  onPage: (number: number) => void;
  onZoom: (zoom: number) => void;
  onText: (asText: boolean) => void;
}) {
  const { number, page, asText, zoom, onPage, onZoom, onText } = props;
  const words = useViewerWords();
  const isPicture = page.picture !== null && !asText;
  const press = (icon: IconName, label: string, disabled: boolean, act: () => void) => (
    <button type="button" class="icon-button" aria-label={label} title={label} disabled={disabled} onClick={act}>
      <Icon name={icon} />
    </button>
  );
  return (
    <div class="viewer-bar" role="toolbar" aria-label={words.pageOf(number, page.pages)}>
      {page.pages > 1 && (
        <div class="viewer-group">
          {press("left", words.previousPage, number <= 1, () => onPage(number - 1))}
          <input
            class="page-number"
            inputMode="numeric"
            aria-label={words.goToPage}
            key={number}
            defaultValue={String(number)}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => {
              const wanted = Number(event.currentTarget.value);
              if (Number.isInteger(wanted) && wanted > 0) onPage(wanted);
              event.currentTarget.value = String(number);
            }}
          />
          <span class="page-total" aria-live="polite" aria-label={words.pageOf(number, page.pages)}>
            / {page.pages}
          </span>
          {press("right", words.nextPage, number >= page.pages, () => onPage(number + 1))}
        </div>
      )}
      {isPicture && (
        <div class="viewer-group">
          {press("minus", words.zoomOut, zoom <= leastZoom, () => onZoom(stepZoom(zoom, -1)))}
          <span class="zoom-figure" aria-live="polite">
            {Math.round(zoom * 100)} %
          </span>
          {press("plus", words.zoomIn, zoom >= mostZoom, () => onZoom(stepZoom(zoom, 1)))}
        </div>
      )}
      <div class="viewer-group is-last">
        {page.picture !== null && (
          <button
            type="button"
            class="button"
            aria-label={asText ? words.showPictureLabel : words.showTextLabel}
            onClick={() => onText(!asText)}
          >
            {asText ? words.showPicture : words.showText}
          </button>
        )}
        {page.document.original && (
          <a
            class="icon-button"
            href={`/api/documents/${encodeURIComponent(page.document.id)}/original`}
            download
            aria-label={words.download}
            title={words.download}
          >
            <Icon name="save" />
          </a>
        )}
      </div>
    </div>
  );
}
