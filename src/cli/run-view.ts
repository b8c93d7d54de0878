import type { Evidence } from "../core/evidence.ts";
import type { Answer, NumberedRunEvent, RunEvent } from "../core/run-event.ts";
import type { Terminal } from "./terminal.ts";

/** A run in a terminal: what was understood, the evidence as it arrives, the answer as it is written, the sources. */
export type RunView = {
  show(event: NumberedRunEvent): void;
  /** After the last event; the address is where proposals can be approved. */
  finish(url: string | null): void;
};

export function createRunView(terminal: Terminal): RunView {
  const { print, style } = terminal;
  let rest = "";
  let written = "";
  let answer: Answer | null = null;

  const writeLines = (text: string) => {
    if (written === "") print("");
    written += text;
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) print(styleLine(terminal, line));
  };

  const handlers: { [Type in RunEvent["type"]]?: (event: Extract<RunEvent, { type: Type }>) => void } = {
    understood: ({ understood }) => print(style("dim", understood.reading)),
    "evidence-found": ({ evidence }) => print(evidenceLine(terminal, evidence)),
    "mode-changed": ({ to, reason }) => print(style("yellow", `→ ${to}: ${reason}`)),
    "safety-notice": ({ refusal, text }) => refusal && print(style("yellow", `⚠ ${text.split("\n")[0]}`)),
    "agent-started": ({ agent, task }) => print(style("dim", `  ${agent}: ${task}`)),
    "answer-delta": ({ text }) => writeLines(text),
    "answer-finished": (event) => (answer = event.answer),
  };

  return {
    show({ event }) {
      (handlers[event.type] as ((event: RunEvent) => void) | undefined)?.(event);
    },
    finish(url) {
      if (rest !== "") print(styleLine(terminal, rest));
      if (!answer) return;
      if (written.trim() !== answer.answer.trim()) {
        print("");
        for (const line of answer.answer.split("\n")) print(styleLine(terminal, line));
      }
      for (const line of sources(terminal, answer)) print(line);
      for (const line of proposals(terminal, answer, url)) print(line);
      const { totalMs, modelCalls } = answer.timings;
      print(
        style(
          "dim",
          `\n${answer.mode} · ${Math.round(totalMs)} ms${modelCalls > 0 ? ` · ${modelCalls} model calls` : ""} · run ${answer.runId}`,
        ),
      );
    },
  };
}

function evidenceLine({ style }: Terminal, { id, title, source, at }: Evidence): string {
  const when = at ? ` · ${at.slice(0, 16).replace("T", " ")}` : "";
  const sample = source.sample ? ` ${style("yellow", "표본")}` : "";
  return `${style("cyan", id.padEnd(4))}${title} ${style("dim", `— ${source.label}${when}`)}${sample}`;
}

/** The little Markdown that answers are written in. */
function styleLine({ style }: Terminal, line: string): string {
  const heading = /^#{1,4}\s+(.*)$/.exec(line);
  if (heading) return style("bold", heading[1] ?? "");
  const quoted = line.startsWith("> ") ? style("yellow", `│ ${line.slice(2)}`) : line;
  return quoted
    .replaceAll(/\*\*([^*]+)\*\*/g, (_, text: string) => style("bold", text))
    .replaceAll(/\[(E\d+(?:,\s*E\d+)*)\]/g, (_, ids: string) => style("cyan", `[${ids}]`));
}

function sources({ style }: Terminal, { citations, evidence, language }: Answer): string[] {
  const cited = new Set(citations.map((citation) => citation.evidenceId));
  const used = evidence.filter((one) => cited.has(one.id));
  if (used.length === 0) return [];
  const line = ({ id, source }: Evidence) => {
    const page = source.page === undefined ? "" : `, p. ${source.page}`;
    const path = source.path === undefined ? "" : style("dim", `  ${source.path}`);
    return `${style("cyan", id.padEnd(4))}${source.label}${page}${path}`;
  };
  return ["", style("bold", language === "ko" ? "출처" : "Sources"), ...used.map(line)];
}

function proposals({ style }: Terminal, answer: Answer, url: string | null): string[] {
  const korean = answer.language === "ko";
  const where = url ? url : korean ? "서버를 켜고 화면에서" : "start the server and approve it on the page";
  return answer.proposals.flatMap(({ id, text }) => [
    "",
    style("bold", korean ? `승인 대기 ${id}` : `Waiting for approval: ${id}`),
    ...text.split("\n").map((line) => `  ${line}`),
    style("dim", korean ? `승인: ${where}` : `Approve: ${where}`),
  ]);
}
