import type {
  Conversation,
  ConversationLine,
  DocumentText,
  Machine,
  PastTurn,
  ProposalView,
  Status,
} from "./shapes.ts";

// Answers of the API, read with care: a missing field is a default, never a broken page.

type Fields = Record<string, unknown>;

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

export function readDocument(body: unknown): DocumentText {
  const it = fields(body);
  const text = textOr(it["text"], "");
  return {
    id: textOr(it["id"], ""),
    title: textOr(it["title"], textOr(it["path"], "")),
    path: textOr(it["path"], ""),
    revision: textOr(it["revision"], null),
    approved: it["approved"] === true,
    text,
    chunks: sectionsOf(it, text),
  };
}

/** Neighbouring passages under one heading are one section: a long table is drawn whole. */
function sectionsOf(document: Fields, text: string): DocumentText["chunks"] {
  const sections: DocumentText["chunks"] = [];
  for (const anchor of listOf(document, "anchors")) {
    const heading = textOr(anchor["heading"], "");
    const page = typeof anchor["page"] === "number" ? anchor["page"] : null;
    const safety = anchor["safety"] === true;
    const [start, end] = spanOf(anchor["span"]);
    const last = sections.at(-1);
    if (last && last.heading === heading && last.page === page && last.safety === safety) {
      last.span = [last.span[0], Math.max(end, last.span[1])];
      last.text = text.slice(...last.span);
    } else {
      const name = `chunk-${String(anchor["chunkId"])}`;
      sections.push({ anchor: name, heading, page, safety, span: [start, end], text: text.slice(start, end) });
    }
  }
  return sections;
}

/** The list itself, or the list under a name in an object. */
function listOf(body: unknown, name: string): Fields[] {
  const list = Array.isArray(body) ? body : fields(body)[name];
  return Array.isArray(list) ? list.map(fields) : [];
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function textOr<T extends string | null>(value: unknown, otherwise: T): string | T {
  return typeof value === "string" ? value : otherwise;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

function spanOf(value: unknown): [number, number] {
  return Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "number"
    ? [value[0], value[1]]
    : [0, 0];
}

function verdictOf(feedback: unknown): PastTurn["verdict"] {
  const own = Array.isArray(feedback) ? (feedback as unknown[])[0] : feedback;
  const verdict = typeof own === "string" ? own : fields(own)["verdict"];
  return verdict === "worked" || verdict === "did-not-work" ? verdict : null;
}
