import type { Command } from "commander";
import { z } from "zod";
import { SunbaeError } from "../core/errors.ts";
import type { Answer, NumberedRunEvent } from "../core/run-event.ts";
import { batchId, runBatch } from "./batch.ts";
import type { Cli } from "./cli.ts";
import { postJson, withDoor, type Door } from "./open-door.ts";
import { runEventsOf } from "./read-stream.ts";
import { createRunView } from "./run-view.ts";

const help = `
Examples:
  sunbae ask "알람 2041 떴는데 뭐부터 봐야 돼?" --equipment MCT-7
  sunbae ask "how many work orders did we finish last month?" --json
  sunbae ask --batch questions.jsonl > answers.jsonl     lines of {"id", "question", "equipment"?}`;

type AskOptions = { equipment?: string; conversation?: string; json?: boolean; batch?: string };
type Question = { question: string; equipment?: string | undefined; conversation?: string | undefined };

export function addAskCommand(program: Command, cli: Cli): void {
  program
    .command("ask")
    .description("ask a question; shows the evidence, then the answer with its sources")
    .argument("[question]", "in Korean or English")
    .option("-e, --equipment <id>", "the machine that is meant where the question names none")
    .option("-c, --conversation <id>", "go on with a conversation")
    .option("--json", "print the answer as one JSON document")
    .option("--batch <file>", 'JSON Lines of {"id", "question", "equipment"?}; "-" reads stdin')
    .addHelpText("after", help)
    .action(async (question: string | undefined, options: AskOptions) => {
      if (options.batch !== undefined) return await askBatch(cli, options.batch);
      if (question === undefined)
        throw new SunbaeError("invalid_input", "There is no question.", { fix: 'Write it in quotes: sunbae ask "…"' });
      await withDoor(cli, async (door) => {
        const view = options.json ? null : createRunView(cli.terminal);
        const answer = await ask(cli, door, { ...options, question }, (event) => view?.show(event));
        if (options.json) cli.terminal.print(JSON.stringify(answer, null, 2));
        else view?.finish(door.url);
      });
    });
}

const item = z.object({ id: batchId, question: z.string(), equipment: z.string().optional() });

async function askBatch(cli: Cli, file: string): Promise<void> {
  await withDoor(cli, async (door) => {
    const failed = await runBatch(cli, { file, item, label: "questions", run: (one) => ask(cli, door, one) });
    if (failed > 0) cli.exitWith(1);
  });
}

/** Follows the run to its end. Ctrl-C cancels the run. Rejects with the run's own failure. */
async function ask(
  { signal }: Cli,
  door: Door,
  { question, equipment, conversation }: Question,
  onEvent: (event: NumberedRunEvent) => void = () => undefined,
): Promise<Answer> {
  const body = { question, equipmentId: equipment, conversationId: conversation };
  const init = postJson(body);
  const response = await door.fetch("/api/ask", { ...init, headers: { ...init.headers, accept: "text/event-stream" } });
  const location = response.headers.get("location");
  const cancel = () => void door.fetch(`${location}/cancel`, { method: "POST" }).catch(() => undefined);
  signal.addEventListener("abort", cancel, { once: true });
  let answer: Answer | null = null;
  try {
    for await (const numbered of runEventsOf(response)) {
      const { event } = numbered;
      onEvent(numbered);
      if (event.type === "answer-finished") answer = event.answer;
      if (event.type === "run-failed")
        throw new SunbaeError(event.code, event.message, event.fix ? { fix: event.fix } : {});
      if (event.type === "run-cancelled") throw new SunbaeError("cancelled", event.reason);
    }
  } finally {
    signal.removeEventListener("abort", cancel);
  }
  if (!answer) throw new SunbaeError("unavailable", "The run ended without an answer.", { fix: "Ask again." });
  return answer;
}
