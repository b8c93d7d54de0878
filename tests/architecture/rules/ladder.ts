import { importsOf } from "../imports.ts";
import type { Import } from "../imports.ts";
import { isCode } from "../source-file.ts";
import type { Rule } from "../source-file.ts";

/** From the top down. A rung may import the rungs below it; siblings on one rung do not know each other. */
export const rungs = [
  ["cli"],
  ["main"],
  ["app"],
  ["http", "channels", "jobs"],
  ["runtime"],
  ["tools"],
  ["interviews"],
  ["knowledge", "plant", "conversations"],
  ["llm", "auth"],
  ["audit"],
  ["db", "observability"],
  ["core"],
] as const;

const heights = new Map<string, number>(rungs.flatMap((names, depth) => names.map((name) => [name, -depth] as const)));
/**
 * Code that knows a technology. The catalogue is none: it is the port's vocabulary, which the tools speak too. Nor are
 * the adapters' settings: they say what the site file may declare.
 */
const adapters =
  /^src\/plant\/((sensors|mes|collectors|routing)\/(?!catalogue\b|([\w-]+\/)*[\w-]+-settings\.ts)|(embedded|memory)-)/;

const settings = /^src\/plant\/(sensors|mes|collectors)\/.*-settings\.ts$/;

/** "http" for src/http/app.ts, "cli" for src/cli.ts and src/cli/ask.ts, "agents" for agents/planner.ts. */
function unitOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  return top === "src" ? second.replace(/\.tsx?$/, "") : top;
}

/** Imports only point down the ladder. */
export const ladder: Rule = (files) =>
  files
    .filter((file) => isCode(file.path) && /^(src|agents)\//.test(file.path) && unitOf(file.path) !== "launch")
    .flatMap((file) => {
      const unit = unitOf(file.path);
      if (!heights.has(unit) && !["config", "agents", "web"].includes(unit)) {
        const known = rungs.flat().join(", ");
        return [{ path: file.path, message: `src/${unit} is not on the ladder: move it below one of ${known}.` }];
      }
      return importsOf(file).flatMap((found) => {
        const message = objection(file.path, unit, found);
        return message ? [{ path: file.path, line: found.line, message }] : [];
      });
    });

function objection(path: string, from: string, found: Import): string | undefined {
  if (found.target === undefined) return undefined;
  const to = unitOf(found.target);
  if (found.target.startsWith("tests/")) return `imports ${found.target}: nothing imports tests; move it into src.`;
  if (to === "launch") return `imports ${found.target}: the launcher stands apart; the product does not know it.`;
  if (from === "agents") return objectionToAgents(to, found);
  if (from === "web") return objectionToWeb(to, found);
  if (to === "web") return `imports ${found.target}: the server does not know the page; it serves dist/web.`;
  if (to === "agents") {
    return from === "app" ? undefined : "imports agents/: only src/app.ts does; take the agents as a parameter.";
  }
  if (from === to) return objectionToAdapter(path, from, found);
  if (from === "config") return to === "core" ? undefined : "src/config.ts imports core only; move the type there.";
  if (to === "config") {
    const allowed = ["cli", "main", "app"].includes(from);
    return allowed ? undefined : "imports src/config.ts: take the value as a parameter; app.ts passes it down.";
  }
  const difference = (heights.get(to) ?? Number.POSITIVE_INFINITY) - (heights.get(from) ?? 0);
  if (difference < 0) return objectionToAdapter(path, from, found);
  const fix = "take it as a parameter, or move what both need further down";
  if (difference === 0) return `${from} and ${to} are siblings and do not import each other: ${fix}.`;
  return `${from} imports ${found.target}, which stands above it: ${fix}.`;
}

function objectionToAgents(to: string, found: Import): string | undefined {
  if (to === "agents" || found.typeOnly) return undefined;
  return `agents/ is data: it imports types only; write \`import type\` or move the code to src.`;
}

function objectionToWeb(to: string, found: Import): string | undefined {
  if (to === "web") return undefined;
  if (found.typeOnly && (to === "core" || to === "http")) return undefined;
  return `src/web takes nothing of the server but \`import type\` from core and http: not ${found.target}.`;
}

function objectionToAdapter(path: string, from: string, found: Import): string | undefined {
  if (!adapters.test(found.target ?? "") || found.typeOnly || from === "app") return undefined;
  if (adapters.test(path) || settings.test(path)) return undefined;
  return `imports the adapter ${found.target}: only src/app.ts does; take the port as a parameter.`;
}
