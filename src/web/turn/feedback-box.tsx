import { useState } from "preact/hooks";
import { toProblem } from "../api/problem.ts";
import type { Problem, Verdict } from "../api/shapes.ts";
import { Icon } from "../parts/icon.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { useWords } from "../state/page-context.ts";

/** Did it help at the machine? The verdict is kept at once; what it was in the end may follow. */
export function FeedbackBox(props: {
  verdict: Verdict | null;
  onRate: (verdict: Verdict, comment: string) => Promise<void>;
}) {
  const { verdict, onRate } = props;
  const { words } = useWords();
  const [comment, setComment] = useState("");
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const rate = (given: Verdict, text: string): void => {
    setProblem(null);
    setAsking(text === "");
    onRate(given, text).catch((thrown: unknown) => setProblem(toProblem(thrown)));
  };
  const choice = (given: Verdict, label: string, icon: "check" | "cross") => (
    <button type="button" class="button" aria-pressed={verdict === given} onClick={() => rate(given, "")}>
      <Icon name={icon} /> {label}
    </button>
  );
  return (
    <section class="feedback">
      <p>{words.feedbackAsk}</p>
      <p class="buttons">
        {choice("worked", words.worked, "check")}
        {choice("did-not-work", words.didNotWork, "cross")}
      </p>
      {problem && <ProblemNote problem={problem} />}
      {verdict && !problem && (
        <p class="quiet small" role="status">
          {words.feedbackThanks}
        </p>
      )}
      {verdict && asking && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (comment.trim() !== "") rate(verdict, comment.trim());
          }}
        >
          <label class="field">
            {words.feedbackComment}
            <textarea rows={2} value={comment} onInput={(event) => setComment(event.currentTarget.value)} />
          </label>
          <button type="submit" class="button">
            {words.feedbackSend}
          </button>
        </form>
      )}
    </section>
  );
}
