import { SunbaeError, toSunbaeError } from "../../core/errors.ts";
import type { Language } from "../../core/context.ts";
import type { Evidence } from "../../core/evidence.ts";
import type { AgentName, Proposal, RunEvent } from "../../core/run-event.ts";
import { SourceUnseenError } from "../../plant/source-unseen-error.ts";
import { runTool, type ToolRegistry } from "../../tools/registry.ts";
import type { ToolContext } from "../../tools/tool.ts";
import { say } from "../../tools/wording.ts";
import type { TurnLogger } from "./turn-deps.ts";
import type { EvidenceBook } from "./evidence-book.ts";

export type Used = {
  ok: boolean;
  output: unknown;
  evidence: Evidence[];
  proposal: Proposal | null;
  /** Why there is nothing: told to the asker where it matters. */
  error: SunbaeError | null;
};

/** How rules and models alike use tools in a turn: every use is an event, every fact is numbered, no failure escapes. */
export type TurnTools = {
  use(agent: AgentName, tool: string, input: unknown): Promise<Used>;
  context: ToolContext;
  book: EvidenceBook;
};

export function createTurnTools(options: {
  registry: ToolRegistry;
  context: ToolContext;
  book: EvidenceBook;
  emit: (event: RunEvent) => void;
  logger?: Pick<TurnLogger, "warn"> | undefined;
}): TurnTools {
  const { registry, context, book, emit } = options;
  let calls = 0;
  /** What an unforeseen error says is for the log. */
  const told = (error: SunbaeError): SunbaeError => {
    const { language } = context;
    if (error instanceof SourceUnseenError) return withoutSource(error, language);
    if (error.code !== "internal") return error;
    options.logger?.warn({ err: error }, "a tool failed");
    return new SunbaeError(
      "internal",
      say(language, "도구가 예기치 않게 실패했습니다.", "A tool failed unexpectedly."),
      { cause: error },
    );
  };
  return {
    context,
    book,
    async use(agent, tool, input) {
      context.ctx.signal?.throwIfAborted();
      const callId = `T${++calls}`;
      const started = performance.now();
      emit({ type: "tool-started", agent, tool, callId, input });
      const finish = (ok: boolean, summary: string): void =>
        emit({ type: "tool-finished", agent, tool, callId, ok, summary, ms: Math.round(performance.now() - started) });
      try {
        const result = await runTool(registry, tool, input, context);
        const evidence = book.add(result.evidence);
        if (result.proposal) emit({ type: "proposal-made", proposal: result.proposal });
        finish(true, result.summary);
        return { ok: true, output: result.output, evidence, proposal: result.proposal ?? null, error: null };
      } catch (thrown) {
        context.ctx.signal?.throwIfAborted();
        const error = told(toSunbaeError(thrown));
        finish(false, error.message);
        return { ok: false, output: null, evidence: [], proposal: null, error };
      }
    },
  };
}

/** Why it can't be seen is said once, before everything else. */
function withoutSource(error: SourceUnseenError, language: Language): SunbaeError {
  const { source } = error.unseen;
  const said = say(
    language,
    `${source}의 데이터를 지금 볼 수 없어, 있는지 없는지 말할 수 없습니다.`,
    `The data of ${source} can't be seen now, so that nobody can say whether there is any.`,
  );
  return new SunbaeError("unavailable", said, { cause: error });
}
