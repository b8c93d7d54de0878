/**
 * Drops a leading <think>…</think> from a streamed text: some servers leave a model's thinking in its answer.
 * `push` returns what may be shown so far, `end` what was held back.
 */
export function createThinkingFilter(): { push(text: string): string; end(): string } {
  let held = "";
  let state: "start" | "thinking" | "answer" = "start";
  return {
    push(text) {
      if (state === "answer") return text;
      held += text;
      const trimmed = held.trimStart();
      if (state === "start" && trimmed.startsWith("<think>")) state = "thinking";
      if (state === "start" && (trimmed === "" || "<think>".startsWith(trimmed))) return "";
      if (state === "thinking") {
        const end = held.indexOf("</think>");
        if (end < 0) return "";
        held = held.slice(end + "</think>".length).trimStart();
        if (held === "") return ""; // the line breaks after it go too
      }
      state = "answer";
      return held;
    },
    end: () => (state === "start" ? held : ""),
  };
}
