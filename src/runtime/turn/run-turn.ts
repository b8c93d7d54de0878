import type { Ctx } from "../../core/context.ts";
import type { Citation } from "../../core/evidence.ts";
import type { Answer, Mode, Proposal, RunEvent, Timings } from "../../core/run-event.ts";
import { renderDraft } from "../compose/render-draft.ts";
import { readCitations } from "../ground/read-citations.ts";
import { choosePlaybook, rulesAreSure } from "../playbooks/choose-playbook.ts";
import { createPlaybookTurn } from "../playbooks/playbook.ts";
import { completeAspect, completeReply } from "../understand/complete-reply.ts";
import { understand } from "../understand/understand.ts";
import type { Memory, Understanding } from "../understand/understanding.ts";
import { afterModel } from "./after-model.ts";
import { createEvidenceBook } from "./evidence-book.ts";
import { rememberTurn } from "./memory.ts";
import { answerWithModel } from "./model-answer.ts";
import type { TurnDeps, TurnInput } from "./turn-deps.ts";
import { chooseTimeZone } from "./choose-time-zone.ts";
import { noteUnseen, unseenNote } from "./note-unseen.ts";
import { openPlant, runPlaybook, withoutFalseUnknowns } from "./open-plant.ts";
import { createTurnTools } from "./turn-tools.ts";

/**
 * One turn: understand → gather → plan → specialists → compose → ground → propose. Its only output besides the answer
 * are run events. A store or tool that fails is told in the answer; rejects with `cancelled`, or where our own database fails.
 */
export async function runTurn(
  input: TurnInput,
  deps: TurnDeps,
  emitEvent: (event: RunEvent) => void,
): Promise<{ answer: Answer; memory: Memory }> {
  const leave = (await deps.gathering?.enter()) ?? (() => {});
  try {
    return await answerTurn(input, deps, emitEvent, leave);
  } finally {
    leave();
  }
}

/** `gathered` is called when the rules have what they need of the stores. */
async function answerTurn(
  input: TurnInput,
  deps: TurnDeps,
  emitEvent: (event: RunEvent) => void,
  gathered: () => void,
): Promise<{ answer: Answer; memory: Memory }> {
  const started = performance.now();
  let firstEvidenceMs: number | null = null;
  const proposals: Proposal[] = [];
  const emit = (event: RunEvent): void => {
    if (event.type === "evidence-found") firstEvidenceMs ??= elapsed(started);
    if (event.type === "proposal-made") proposals.push(event.proposal);
    emitEvent(event);
  };

  const models = await deps.models();
  let mode: Mode = models.length > 0 ? "model" : "extractive";
  emit({ type: "run-started", question: input.question, mode, conversationId: input.conversationId });

  const plant = await openPlant(deps, input.ctx.signal);
  const { directory } = plant;
  const ctx: Ctx = { ...input.ctx, timeZone: await chooseTimeZone(input, directory, deps) };
  const reply = completeReply(input.question, input.memory, directory);
  const aspect = reply ? null : completeAspect(input.question, input.memory);
  const completed = reply ?? (aspect === null ? null : { question: aspect, equipmentHint: null });
  const read = await understand({
    ...deps,
    ...plant.forgiving,
    question: completed?.question ?? input.question,
    ctx,
    directory,
    vocabulary: plant.vocabulary,
    memory: input.memory,
    equipmentHint: completed?.equipmentHint ?? input.equipmentHint,
  });
  const understood = withoutFalseUnknowns(read, plant);
  emit({ type: "understood", understood: summarize(understood) });

  const book = createEvidenceBook((evidence) => emit({ type: "evidence-found", evidence }));
  const context = {
    ctx,
    language: understood.language,
    ...plant.limited,
    unseen: plant.unseen,
    ...deps.declared,
    directory: plant.cache,
    knowledge: deps.knowledge,
    shifts: deps.shifts,
    propose: (draft: Parameters<TurnDeps["propose"]>[2]) => deps.propose(ctx, input.runId, draft),
  };
  const tools = createTurnTools({ registry: deps.registry, context, book, emit, logger: deps.logger });
  const playbook = choosePlaybook(understood);
  const withModel =
    mode === "model" && !rulesAreSure.has(understood.intent) && understood.equipment.unknown.length === 0;
  if (!withModel) {
    const tasks = playbook.agents.map((agent) => ({ agent, task: understood.reading }));
    emit({ type: "plan-made", tasks, by: "rules" });
    for (const { agent, task } of tasks) emit({ type: "agent-started", agent, task });
  }
  const playbookTurn = createPlaybookTurn(understood, tools, emit, deps.translate);
  const said = await runPlaybook(playbook, playbookTurn, plant.fail);
  // Only now it is known what could not be seen.
  const draft = noteUnseen(unseenNote(plant, ctx, understood.language), said);
  ctx.signal?.throwIfAborted();
  gathered();

  let markdown = "";
  let citations: Citation[] = [];
  let usage = { ms: 0, calls: 0 };
  let abstained = draft.abstained;
  if (withModel) {
    const answered = await answerWithModel({
      understood,
      tools,
      deps,
      models,
      memory: input.memory,
      ctx,
      abstained: draft.abstained,
      emit,
    });
    usage = answered.usage;
    if ("text" in answered) {
      const note = unseenNote(plant, ctx, understood.language);
      const quoted = [afterModel(draft, playbookTurn, answered.text), note ?? ""]
        .filter((one) => one !== "")
        .join("\n\n");
      markdown = quoted === "" ? answered.text : `${answered.text}\n\n${quoted}`;
      if (quoted !== "") emit({ type: "answer-delta", text: `\n\n${quoted}` });
      citations = readCitations(markdown, book.byId());
      abstained = citations.length === 0;
    } else {
      emit({ type: "mode-changed", from: "model", to: "extractive", reason: answered.failed });
      mode = "extractive";
    }
  }
  if (markdown === "") {
    ({ markdown, citations } = renderDraft(draft, book.byId()));
    if (markdown === "") markdown = understood.language === "ko" ? "답을 찾지 못했습니다." : "I found no answer.";
    emit({ type: "answer-delta", text: markdown });
  }
  const timings: Timings = {
    firstEvidenceMs,
    totalMs: elapsed(started),
    modelMs: Math.round(usage.ms),
    modelCalls: usage.calls,
  };
  const answer: Answer = {
    runId: input.runId,
    answer: markdown,
    language: understood.language,
    mode,
    citations,
    evidence: book.all(),
    proposals,
    abstained,
    timings,
  };
  emit({ type: "answer-finished", answer });
  return {
    answer,
    memory: rememberTurn(understood, input.memory, {
      ...(draft.asks ? { asks: draft.asks } : {}),
      cited: [...new Set(citations.map((one) => one.evidenceId))].flatMap((id) => book.byId().get(id) ?? []),
    }),
  };
}

function summarize(understood: Understanding): Extract<RunEvent, { type: "understood" }>["understood"] {
  const period = understood.periods[0];
  return {
    language: understood.language,
    intent: understood.intent,
    equipment: understood.machines
      .slice(0, 12)
      .map((one) => ({ id: one.id, name: understood.language === "ko" ? (one.nameKo ?? one.name) : one.name })),
    alarmCodes: understood.codes.map((code) => code.code),
    ...(period ? { period: { from: period.from ?? "", to: period.to ?? "", label: period.label } } : {}),
    reading: understood.reading,
  };
}

function elapsed(started: number): number {
  return Math.round((performance.now() - started) * 10) / 10;
}
