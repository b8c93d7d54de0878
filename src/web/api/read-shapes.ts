import { fields, listOf, textOr, texts } from "./read-fields.ts";
import type { Conversation, ConversationLine, Machine, PastTurn, ProposalView, Status } from "./shapes.ts";

// Answers of the API, read with care: a missing field is a default, never a broken page.

export function readStatus(body: unknown): Status {
  const it = fields(body);
  const reason = fields(it["reason"]);
  const examples = listOf(it, "examples");
  const ofLanguage = (language: string): string[] =>
    examples.filter((one) => one["language"] === language).map((one) => textOr(one["question"], ""));
  const pending = fields(it["counts"])["pendingProposals"];
  return {
    mode: it["mode"] === "model" ? "model" : "extractive",
    model: textOr(it["model"], null),
    reason: { ko: textOr(reason["ko"], ""), en: textOr(reason["en"], "") },
    problems: listOf(it, "problems").map((one) => ({
      message: textOr(one["message"], ""),
      fix: textOr(one["fix"], null),
    })),
    sample: it["sample"] === true,
    pendingProposals: typeof pending === "number" ? pending : 0,
    version: textOr(it["version"], ""),
    examples: { ko: ofLanguage("ko"), en: ofLanguage("en") },
  };
}

export function readMachines(body: unknown): Machine[] {
  return listOf(body, "equipment").map((it) => ({
    id: textOr(it["id"], ""),
    name: textOr(it["name"], textOr(it["id"], "")),
    nameKo: textOr(it["nameKo"], null),
    aliases: texts(it["aliases"]),
    level: textOr(it["level"], null),
    model: textOr(it["model"], null),
    sample: it["sample"] === true,
  }));
}

export function readConversations(body: unknown): ConversationLine[] {
  return listOf(body, "conversations").map((it) => ({
    id: textOr(it["id"], ""),
    title: textOr(it["title"], ""),
    updatedAt: textOr(it["updatedAt"], ""),
    turns: typeof it["turns"] === "number" ? it["turns"] : 0,
  }));
}

export function readConversation(body: unknown): Conversation {
  const it = fields(body);
  const turns = listOf(it, "turns").map((turn): PastTurn => ({
    runId: textOr(turn["runId"], textOr(turn["id"], "")),
    question: textOr(turn["question"], ""),
    status: (textOr(turn["status"], "finished") as PastTurn["status"]) ?? "finished",
    answer: (turn["answer"] ?? null) as PastTurn["answer"],
    verdict: verdictOf(turn["feedback"]),
  }));
  return { id: textOr(it["id"], ""), title: textOr(it["title"], ""), turns };
}

export function readProposals(body: unknown): ProposalView[] {
  return listOf(body, "proposals") as unknown as ProposalView[];
}

function verdictOf(feedback: unknown): PastTurn["verdict"] {
  const own = Array.isArray(feedback) ? (feedback as unknown[])[0] : feedback;
  const verdict = typeof own === "string" ? own : fields(own)["verdict"];
  return verdict === "worked" || verdict === "did-not-work" ? verdict : null;
}
