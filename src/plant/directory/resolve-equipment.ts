import { editDistance } from "../../core/language/distance.ts";
import { stripParticles } from "../../core/language/particles.ts";
import { hasHangul, toJamo } from "../../core/language/script.ts";
import { foldName, type Directory, type EquipmentMatch, type EquipmentResolution } from "./directory.ts";
import type { Equipment } from "../mes-store.ts";

type Token = { text: string; start: number; end: number };
const tokenPattern = /[A-Za-z]+|\d+(?:\.\d+)?|[가-힣]+|[^\s\w가-힣]/g;
const maxWindow = 7;

/** The equipment a text names. Longer forms win; what can't be decided is returned as ambiguous or unknown, never guessed. */
export function resolveEquipment(text: string, directory: Directory): EquipmentResolution {
  const tokens: Token[] = [...text.matchAll(tokenPattern)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  const out: EquipmentResolution = { matches: [], groups: [], ambiguous: [], unknown: [] };
  const taken = tokens.map(() => false);
  const each = (size: number, visit: (window: Window) => boolean): void => {
    for (let from = 0; from + size <= tokens.length; from++) {
      const slice = tokens.slice(from, from + size);
      if (taken.slice(from, from + size).some(Boolean) || isPunctuation(slice[0]) || isPunctuation(slice.at(-1)))
        continue;
      const window = windowOf(text, slice);
      if (!isCount(window, text) && visit(window)) taken.fill(true, from, from + size);
    }
  };
  for (let size = maxWindow; size >= 1; size--)
    each(size, (window) => !isNumbered(window, text) && matchForm(window, directory, out));
  for (let size = 5; size >= 2; size--)
    each(
      size,
      (window) =>
        matchTypo(window, directory, out) || (!isTail(window, text) && noteUnknownNumber(window, directory, out)),
    );
  each(1, (window) => matchTypo(window, directory, out) || matchContinued(window, text, directory, out));
  for (let size = 3; size >= 1; size--) each(size, (window) => matchGroup(window, directory, out));
  return settle(out);
}

type Window = { raw: string; folded: string[]; span: [number, number]; glued: boolean };

function isPunctuation(token: Token | undefined): boolean {
  return token === undefined || /^[^\w가-힣]$/.test(token.text);
}

/** "IMM" of "IMM-09": the word alone must not stand for what the number makes unknown. */
function isNumbered({ raw, span: [, end] }: Window, text: string): boolean {
  return /^[A-Za-z]+$/.test(raw) && /^[-_ ]?\d/.test(text.slice(end));
}

/** "55 로봇" of "SW-55 로봇": the number belongs to what stands before it. */
function isTail({ raw, span: [start] }: Window, text: string): boolean {
  return /^\d/.test(raw) && /[A-Za-z][-_]?$/.test(text.slice(0, start));
}

/** "오븐 3대", "the 3 ovens": how many, not which one. */
function isCount({ raw, span: [, end] }: Window, text: string): boolean {
  return /\d$/.test(raw) ? /^\s?(?:대(?!당)|개(?!월|당)|군데)/.test(text.slice(end)) : /^\d+\s+[a-z ]+s$/i.test(raw);
}

/** "CWC04OO7": the letter O among digits is a nought. */
function zeros(text: string): string {
  return text.replace(/(?<=\d)[oO]+(?=\d)/g, (match) => "0".repeat(match.length));
}

function windowOf(text: string, slice: Token[]): Window {
  const start = slice[0]?.start ?? 0;
  const end = slice.at(-1)?.end ?? 0;
  const raw = text.slice(start, end);
  const stripped = hasHangul(slice.at(-1)?.text ?? "")
    ? stripParticles(raw, slice.length > 1 ? raw.length - (slice.at(-1)?.text.length ?? 0) + 1 : 2)
    : raw;
  const glued = !/\s/.test(raw);
  return {
    raw,
    folded: [...new Set([foldName(raw), foldName(stripped), foldName(zeros(raw))])],
    span: [start, end],
    glued,
  };
}

function push(
  out: EquipmentResolution,
  directory: Directory,
  ids: Set<string>,
  window: Window,
  how: EquipmentMatch["how"],
): true {
  const found = [...ids].map((id) => directory.byId.get(id)).filter((one): one is Equipment => one !== undefined);
  const only = found[0];
  if (found.length === 1 && only)
    out.matches.push({ equipment: only, units: directory.unitsOf(only.id), text: window.raw, span: window.span, how });
  else out.ambiguous.push({ text: window.raw, candidates: found, span: window.span });
  return true;
}

function matchForm(window: Window, directory: Directory, out: EquipmentResolution): boolean {
  for (const folded of window.folded) {
    const ids = directory.forms.get(folded);
    if (!ids || /^\d+$/.test(folded)) continue;
    // A word that also stands for more machines (a class) does not single one out.
    if ((directory.groups.get(folded)?.size ?? 0) > ids.size) continue;
    return push(out, directory, ids, window, directory.all.some((one) => foldName(one.id) === folded) ? "id" : "name");
  }
  return false;
}

function matchGroup(window: Window, directory: Directory, out: EquipmentResolution): boolean {
  for (const folded of window.folded) {
    const ids = directory.groups.get(folded);
    if (!ids) continue;
    out.groups.push({ text: window.raw, ids: [...ids], span: window.span });
    return true;
  }
  return false;
}

/** One wrong letter in an id or name is mended where only one machine fits; a wrong digit never is. */
function matchTypo(window: Window, directory: Directory, out: EquipmentResolution): boolean {
  const folded = window.folded.at(-1) ?? "";
  const digits = folded.replace(/\D/g, "");
  const letters = folded.replace(/\d/g, "");
  // "on 2", "for 3" are no ids.
  const spoken = !window.glued && /^[a-z]{1,3}\s/.test(window.raw);
  const idLike = /^[a-z]+\d+[a-z]?$/.test(folded) && letters.length >= 2 && !spoken;
  // "chiller F09": a word and a code, not a misspelt "chiller 09".
  if (/[A-Za-z가-힣]\s+[A-Za-z]{1,3}-?\d+[a-z]?$/.test(window.raw)) return false;
  const koreanName = hasHangul(folded) && toJamo(folded).length >= 6;
  const longName = letters.length >= 8 && !hasHangul(folded);
  if ((!idLike && !koreanName && !longName) || directory.groups.has(folded)) return false;
  const jamo = toJamo(folded);
  const limit = jamo.length >= 12 ? 2 : 1;
  const hits = new Set<string>();
  for (const [form, ids] of directory.forms) {
    // A syllable more is a letter more at least.
    if (Math.abs(form.length - folded.length) > limit) continue;
    if (form.replace(/\D/g, "") !== digits || hasHangul(form) !== hasHangul(folded)) continue;
    if (hasHangul(form) && /[a-z]/.test(form) !== /[a-z]/.test(folded)) continue;
    if (form.replace(/\d/g, "").length < 2 || editDistance(toJamo(form), jamo, limit) > limit) continue;
    if ((directory.groups.get(form)?.size ?? 0) > ids.size) continue;
    for (const id of ids) hits.add(id);
  }
  if (hits.size === 0) return false;
  return push(out, directory, hits, window, "typo");
}

const joiner = /^\s*(?:,|&|\/|\b(?:and|or)\b|와|과|랑|이랑|하고|및)\s*$/i;

/** The second number of "오븐 1호기랑 2호기" and "OV-01, 02", which has the name of the first; "OV-01, 2 alarms" has none. */
function matchContinued(window: Window, text: string, directory: Directory, out: EquipmentResolution): boolean {
  const number = /^0*(\d+)$/.exec(window.raw)?.[1];
  const before = out.matches.filter((match) => match.span[1] <= window.span[0]).at(-1);
  const named = out.matches
    .filter((match) => match.span[1] <= window.span[0] && /\D{2,}/.test(foldName(match.text)))
    .at(-1);
  const base = /^(\D{2,}?)\d+(?!.*\d)/.exec(foldName(named?.text ?? ""))?.[1];
  if (!number || !before || !base) return false;
  const unit = /^\s?(?:호기|번기)/.exec(text.slice(window.span[1]))?.[0] ?? "";
  const particle = /(?:이랑|랑|와|과|하고)$/.exec(before.text)?.[0] ?? "";
  const gap = particle + text.slice(before.span[1], window.span[0]).replace(/^\s?(?:호기|번기)/, "");
  const ids = directory.forms.get(`${base}${number}`) ?? directory.forms.get(`${base.replace(/s$/, "")}${number}`);
  // "chillers 1, 2 and 3": a plain number counts where the list it stands in began with a plural or goes on.
  const listed =
    /^\s?(?:,|and|&|및|와|과)/.test(gap) &&
    /^\s?(?:,|and\b|&|및|와|과|호기|의|[?.]|$)|^\s*(?:in|during|for|work|작업|알람|합계|이벤트)/.test(
      text.slice(window.span[1]),
    );
  if (!ids || !joiner.test(gap) || (unit === "" && !window.raw.startsWith("0") && !listed)) return false;
  const end = window.span[1] + unit.length;
  return push(out, directory, ids, { ...window, raw: window.raw + unit, span: [window.span[0], end] }, "name");
}

/** "Chiller 99", "CNC-99", "T-099": written like equipment, but there is none. */
function noteUnknownNumber(window: Window, directory: Directory, out: EquipmentResolution): boolean {
  const folded = window.folded.at(-1) ?? "";
  const match = /^(?:(\d+)(?:호기|호|번기?)?)?(\D*?)(\d+)?(?:호기|호|번기?)?$/.exec(folded);
  const base = match?.[2] ?? "";
  if (/^\d+호기$/.test(folded) && [...directory.forms.keys()].some((form) => /^\d+호기$/.test(form))) {
    out.unknown.push({ text: window.raw.trim(), nearest: nearestEquipment(folded, directory), span: window.span });
    return true;
  }
  if (!match || base.length < 2 || (match[1] === undefined) === (match[3] === undefined)) return false;
  const sharesBase =
    directory.bases.has(base) ||
    [...directory.forms.keys()].some((form) => form.startsWith(base) && /^\d+$/.test(form.slice(base.length)));
  if (!sharesBase) return false;
  out.unknown.push({ text: window.raw.trim(), nearest: nearestEquipment(folded, directory), span: window.span });
  return true;
}

/** The machines whose id or name is written most alike. */
export function nearestEquipment(text: string, directory: Directory, limit = 5): Equipment[] {
  const folded = toJamo(foldName(text));
  const score = (equipment: Equipment): number =>
    Math.min(
      ...[equipment.id, equipment.name, equipment.nameKo ?? equipment.id].map((name) => {
        const form = toJamo(foldName(name));
        return editDistance(form, folded) / Math.max(form.length, folded.length, 1);
      }),
    );
  return directory.all
    .filter((equipment) => (equipment.level ?? "work_unit") === "work_unit")
    .map((equipment) => ({ equipment, score: score(equipment) }))
    .sort((a, b) => a.score - b.score || a.equipment.id.localeCompare(b.equipment.id))
    .slice(0, limit)
    .map(({ equipment }) => equipment);
}

/** An ambiguous word is settled by a machine named elsewhere in the text; the same machine twice is one. */
function settle(out: EquipmentResolution): EquipmentResolution {
  const named = new Set(out.matches.map((match) => match.equipment.id));
  const ambiguous = out.ambiguous.filter((one) => !one.candidates.some((candidate) => named.has(candidate.id)));
  const matches = out.matches.filter(
    (match, index) => out.matches.findIndex((other) => other.equipment.id === match.equipment.id) === index,
  );
  return { ...out, matches: matches.sort((a, b) => a.span[0] - b.span[0]), ambiguous };
}
