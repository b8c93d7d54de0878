import type { EvalCase } from "./case.ts";
import type { Reply } from "./ask-case.ts";
import { boldNumbers, durationsIn, hangulShare, numbersIn, plainLines, sameNumber } from "./answer-text.ts";
import { judgeRows } from "./judge-rows.ts";
import type { Truths } from "./truth.ts";

/** What is wrong with a reply, each as "expected …, got …"; empty where it is right. */
export async function judge(one: EvalCase, reply: Reply, truths: Truths): Promise<string[]> {
  const { expect } = one;
  const { answer, understood } = reply;
  const text = answer.answer;
  const lines = plainLines(text);
  const head = lines.slice(0, 3).join("\n");
  const wrong: (string | null)[] = [
    ...(expect.head ?? []).map((pattern) => (matches(pattern, head) ? null : `head lacks /${pattern}/`)),
    ...(expect.contains ?? []).map((pattern) => (matches(pattern, text) ? null : `answer lacks /${pattern}/`)),
    ...(expect.notContains ?? []).map((pattern) => (matches(pattern, text) ? `answer has /${pattern}/` : null)),
    ...(expect.lines ?? []).map((pattern) =>
      lines.some((line) => matches(pattern, line)) ? null : `no line has /${pattern}/`,
    ),
    ...(expect.reading ?? []).map((pattern) =>
      matches(pattern, `${understood.reading}\n${head}`) ? null : `read as "${understood.reading}", not /${pattern}/`,
    ),
    expect.containsAny && !expect.containsAny.some((pattern) => matches(pattern, text))
      ? `answer has none of ${expect.containsAny.map((pattern) => `/${pattern}/`).join(" ")}`
      : null,
    expect.abstained !== undefined && answer.abstained !== expect.abstained
      ? `abstained is ${answer.abstained}, not ${expect.abstained}`
      : null,
    expect.intent && !expect.intent.includes(understood.intent)
      ? `intent is ${understood.intent}, not ${expect.intent.join(" or ")}`
      : null,
    ...judgeEquipment(one, reply),
    ...judgeEvidence(one, reply),
    ...(expect.nearest ?? []).map((id) => (text.includes(id) ? null : `answer does not name ${id}`)),
    expect.asks && !lines.slice(-3).some((line) => /[?？]/.test(line)) ? "does not end with a question" : null,
    expect.proposals !== undefined && answer.proposals.length !== expect.proposals
      ? `${answer.proposals.length} proposals, not ${expect.proposals}`
      : null,
    expect.longest !== undefined && text.length > expect.longest
      ? `${text.length} characters, at most ${expect.longest}`
      : null,
    expect.refused !== undefined && reply.refused !== expect.refused
      ? expect.refused
        ? "not refused"
        : "refused"
      : null,
    judgeLanguage(one, reply),
  ];
  if (expect.number !== undefined) wrong.push(judgeNumber(text, await truths.number(expect.number)));
  for (const said of [expect.says ?? []].flat()) {
    const truth = await truths.number(said);
    if (!numbersIn(plain(text)).some((shown) => sameNumber(shown, truth))) wrong.push(`answer does not say ${truth}`);
  }
  for (const said of expect.bold ?? []) {
    const truth = await truths.number(said);
    if (!boldNumbers(text).some((shown) => sameNumber(shown, truth))) wrong.push(`${truth} is not said in bold`);
  }
  if (expect.duration) {
    const minutes = await truths.number(expect.duration);
    const said = durationsIn(expect.durationAnywhere ? plain(text) : head);
    if (!said.some((one) => Math.abs(one - minutes) <= Math.max(1, minutes * 0.01)))
      wrong.push(`duration is ${minutes.toFixed(1)} min, said are ${said.slice(0, 8).join(", ") || "none"}`);
  }
  wrong.push(...(await judgeRows(expect, text, lines, truths)));
  return wrong.filter((one) => one !== null);
}

function judgeNumber(text: string, truth: number): string | null {
  const raw = text.split("\n").filter((line) => line.trim() !== "");
  const first = raw[0] ?? "";
  const bold = boldNumbers(first);
  const shown = bold.length > 0 ? bold : numbersIn(plain(first));
  const none =
    truth === 0 && /\*\*(?:없|none|no |nothing)|\bno (?:work orders|events|records|alarms|alerts)/i.test(first);
  return none || shown.some((value) => sameNumber(value, truth))
    ? null
    : `number is ${truth}, the first line says ${shown.join(", ") || "none"}`;
}

function judgeEquipment(one: EvalCase, reply: Reply): string[] {
  if (!one.expect.equipment) return [];
  const got = reply.understood.equipment.map((machine) => machine.id).sort();
  const wanted = [...one.expect.equipment].sort();
  return got.join() === wanted.join() ? [] : [`machines are ${got.join(", ") || "none"}, not ${wanted.join(", ")}`];
}

function judgeEvidence(one: EvalCase, reply: Reply): string[] {
  const { evidence, answer } = reply.answer;
  const order = [...answer.matchAll(/\[(E\d+)\]/g)].map((match) => match[1]);
  const cited = order.map((id) => evidence.find((item) => item.id === id)).filter((item) => item !== undefined);
  const wrong: string[] = [];
  const { citesFirst, cites, quotes } = one.expect;
  if (citesFirst && !citesFirst.includes(cited[0]?.kind ?? ""))
    wrong.push(`cites ${cited[0]?.kind ?? "nothing"} first, not ${citesFirst.join(" or ")}`);
  for (const kind of cites ?? [])
    if (!cited.some((item) => kind.split("|").includes(item.kind))) wrong.push(`cites no ${kind}`);
  for (const path of quotes ?? []) {
    const quoted = cited.some(
      (item) => item.kind === "safety" && matches(path, item.source.path ?? "") && isQuoted(item.text, answer),
    );
    if (!quoted) wrong.push(`quotes nothing of ${path} word for word`);
  }
  return wrong;
}

function isQuoted(text: string, answer: string): boolean {
  const fold = (value: string): string => value.replaceAll(/\[E\d+\]|[\s>*`]/g, "");
  return fold(answer).includes(fold(text));
}

/** Judged by what the answer says itself: what it quotes from a document of the other language stays as it is. */
function judgeLanguage(one: EvalCase, { answer }: Reply): string | null {
  const wanted = one.expect.language ?? one.language;
  if (wanted === "any") return null;
  if (answer.language !== wanted) return `answer is marked ${answer.language}`;
  const own = answer.answer
    .split("\n")
    .filter((line) => !quotesForeign(line, answer, wanted))
    .join("\n");
  const share = hangulShare(own);
  if (wanted === "en") {
    const frame = hangulShare(own.replaceAll(/^.*\[E\d+\].*$/gm, ""));
    return share < 0.6 && frame < 0.4 ? null : `answer is not English (${Math.round(share * 100)} % Hangul)`;
  }
  const first = hangulShare(answer.answer.split("\n")[0] ?? "");
  const words = /[A-Za-z]{3}/.test(own.replaceAll(/^\s*\|.*$/gm, ""));
  return share > 0.15 || first > 0.15 || !words ? null : `answer is not Korean (${Math.round(share * 100)} % Hangul)`;
}

function quotesForeign(line: string, answer: Reply["answer"], wanted: string): boolean {
  const cited = [...line.matchAll(/\[(E\d+)\]/g)].map((match) => match[1]);
  return answer.evidence.some(
    (item) =>
      cited.includes(item.id) &&
      // A plant's own code lists stay in their language.
      (item.kind === "code" || (item.language !== undefined && item.language !== wanted)),
  );
}

function matches(pattern: string, text: string): boolean {
  return new RegExp(pattern, "is").test(text) || new RegExp(pattern, "is").test(plain(text));
}

function plain(text: string): string {
  return plainLines(text).join("\n");
}
