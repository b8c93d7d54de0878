import { render } from "preact";
import { createClient } from "./api/client.ts";
import { Shell } from "./pages/shell.tsx";
import { PageContext } from "./state/page-context.ts";
import { followPlace } from "./state/place.ts";
import { createMemory, createPreferences } from "./state/preferences.ts";
import { createSession } from "./state/session.ts";
import "uplot/dist/uPlot.min.css";
import "./styles/tokens.css";
import "./styles/frame.css";
import "./styles/controls.css";
import "./styles/notes.css";
import "./styles/turn.css";
import "./styles/decisions.css";
import "./styles/evidence.css";
import "./styles/reading.css";
import "./styles/prose.css";
import "./styles/viewer.css";
import "./styles/documents.css";
import "./styles/ingestions.css";

const statusEveryMs = 60_000;
const retryMs = 3_000;

function start(view: Window, root: HTMLElement): void {
  const fetcher: typeof fetch = (input, init) => view.fetch(input, init);
  const client = createClient(fetcher);
  const preferences = createPreferences(
    createMemory(() => view.localStorage),
    view.navigator.languages,
  );
  const place = followPlace(view);
  const memory = createMemory(() => view.sessionStorage);
  const session = createSession({ client, fetcher, memory, place, view });
  const keepFresh = async (): Promise<void> => {
    if (!view.document.hidden) await session.refresh();
    // A server that is still starting is asked again soon.
    view.setTimeout(keepFresh, session.statusProblem.peek() ? retryMs : statusEveryMs);
  };
  void keepFresh();
  const loadMarkdown = (): void => {
    session.loadMarkdown().catch(() => view.setTimeout(loadMarkdown, retryMs));
  };
  loadMarkdown();
  view.addEventListener("online", () => void session.refresh());
  render(
    <PageContext.Provider value={{ session, preferences, place }}>
      <Shell />
    </PageContext.Provider>,
    root,
  );
}

const root = document.getElementById("app");
if (root) start(window, root);
