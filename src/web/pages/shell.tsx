import { useEffect } from "preact/hooks";
import { Icon, type IconName } from "../parts/icon.tsx";
import { lazyPart } from "../parts/lazy-part.tsx";
import { usePage, useWords } from "../state/page-context.ts";
import { placeHref, type Place } from "../state/place.ts";
import { ModeBadge } from "../turn/mode-badge.tsx";
import { ApprovalsPage } from "./approvals-page.tsx";
import { AskPage } from "./ask-page.tsx";
import { HelpPage } from "./help-page.tsx";
import { ConversationList, HistoryPage } from "./history-page.tsx";

const DocumentsPage = lazyPart(async () => (await import("./documents-page.tsx")).DocumentsPage);

/** Head, way about, and the page that the address names. */
export function Shell() {
  const { session, place, preferences } = usePage();
  const { words, language } = useWords();
  const here = place.value;
  const status = session.status.value;
  useEffect(() => {
    if (here.name === "ask") session.turns.begin(null);
    if (here.name === "conversation") session.turns.begin(here.id);
    else scrollTo(0, 0);
  }, [here]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = words.appName === "Sunbae" ? "Sunbae" : `${words.appName} Sunbae`;
  }, [language]);
  const asking = here.name === "ask" || here.name === "conversation";
  return (
    <div class="shell">
      <a class="skip" href="#question" onClick={skipToQuestion}>
        {words.skip}
      </a>
      <header class="top">
        <a class="brand" href={placeHref({ name: "ask" })} aria-label={words.newQuestion}>
          <img src="/icon.svg" alt="" width="28" height="28" /> <span>{words.appName}</span>
        </a>
        <nav class="top-nav" aria-label={words.menu}>
          <NavLink to={{ name: "ask" }} icon="plus" label={words.newQuestion} />
          <NavLink to={{ name: "history" }} icon="history" label={words.history} />
          <NavLink
            to={{ name: "approvals" }}
            icon="approvals"
            label={words.approvals}
            count={status?.pendingProposals ?? 0}
          />
          <NavLink to={{ name: "documents" }} icon="books" label={words.documents} />
          <NavLink to={{ name: "help" }} icon="help" label={words.help} />
        </nav>
        <button
          type="button"
          class="language"
          aria-label={words.languageLabel}
          onClick={() => preferences.setLanguage(language === "ko" ? "en" : "ko")}
        >
          {words.language}
        </button>
      </header>
      {status && (
        <p class="strip">
          {status.sample && (
            <span class="sample-mark" title={words.sampleHint}>
              {words.sample}
            </span>
          )}
          <ModeBadge mode={status.mode} model={status.model} />
          {status.model && <span class="quiet small model-name">{status.model}</span>}
        </p>
      )}
      <aside class="side" aria-label={words.history}>
        <ConversationList />
      </aside>
      <div class="content">
        {asking && <AskPage />}
        {here.name === "history" && <HistoryPage />}
        {here.name === "approvals" && <ApprovalsPage />}
        {here.name === "documents" && <DocumentsPage />}
        {here.name === "help" && <HelpPage />}
      </div>
    </div>
  );
}

function NavLink({ to, icon, label, count = 0 }: { to: Place; icon: IconName; label: string; count?: number }) {
  const { place } = usePage();
  return (
    <a
      class="nav-link"
      href={placeHref(to)}
      aria-label={count > 0 ? `${label} (${count})` : label}
      title={label}
      aria-current={place.value.name === to.name ? "page" : undefined}
    >
      <Icon name={icon} />
      <span class="nav-word">{label}</span>
      {count > 0 && (
        <span class="count" aria-hidden="true">
          {count}
        </span>
      )}
    </a>
  );
}

function skipToQuestion(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById("question")?.focus();
}
