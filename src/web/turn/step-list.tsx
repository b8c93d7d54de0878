import type { AgentName } from "../../core/run-event.ts";
import { Icon } from "../parts/icon.tsx";
import { useWords } from "../state/page-context.ts";
import type { Words } from "../words/en.ts";
import type { TurnState } from "./turn-state.ts";

/** Who does what for the answer: one quiet line, the rest on a press. */
export function StepList({ turn: { tasks, tools, status } }: { turn: TurnState }) {
  const { words } = useWords();
  if (tasks.length === 0 && tools.length === 0) return null;
  const names = [...new Set([...tasks, ...tools].map(({ agent }) => agent))];
  const busy = status === "running" ? tools.find(({ outcome }) => outcome === null) : undefined;
  return (
    <details class="steps">
      <summary>
        {status === "running" && <span class="spinner" aria-hidden="true" />}
        <span>
          {words.steps}: {names.map((name) => agentName(words, name)).join(" · ")}
          {busy && <span class="quiet"> · {busy.tool.replaceAll("_", " ")} …</span>}
        </span>
        <Icon name="down" />
      </summary>
      {tasks.map(({ agent, task }) => (
        <p key={`${agent} ${task}`}>
          <b>{agentName(words, agent)}</b> {task}
        </p>
      ))}
      <ul>
        {tools.map(({ callId, agent, tool, outcome }) => (
          <li key={callId} class={outcome?.ok === false ? "is-failed" : ""}>
            <span class="quiet">{agentName(words, agent)}</span> <code>{tool}</code>{" "}
            {outcome ? (outcome.ok ? outcome.summary : `${words.toolFailed}: ${outcome.summary}`) : "…"}
            {outcome && <span class="quiet"> {Math.round(outcome.ms)} ms</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

function agentName(words: Words, agent: AgentName): string {
  const { agentPlanner: planner, agentMaintenance: maintenance, agentQuality: quality } = words;
  return { planner, maintenance, quality }[agent] ?? agent;
}
