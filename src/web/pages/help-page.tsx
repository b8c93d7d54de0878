import { usePage, useWords } from "../state/page-context.ts";
import { ModeBadge } from "../turn/mode-badge.tsx";

/** How to ask, on one screen. */
export function HelpPage() {
  const { session } = usePage();
  const { words, language } = useWords();
  const status = session.status.value;
  return (
    <main class="page">
      <h1>{words.helpTitle}</h1>
      {words.helpParts.map(([title, text]) => (
        <section key={title} class="help-part">
          <h2>{title}</h2>
          <p>{text}</p>
        </section>
      ))}
      {status && (
        <p class="quiet small">
          <ModeBadge mode={status.mode} model={status.model} /> {status.reason[language]} · Sunbae {status.version}
        </p>
      )}
    </main>
  );
}
