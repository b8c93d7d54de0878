import { DateTime } from "luxon";
import { absoluteRules } from "./absolute.ts";
import { combinedRules } from "./combined.ts";
import { relativeRules, shiftRules } from "./relative.ts";
import type { Period, PeriodOptions, PeriodRule, Span } from "./period.ts";

type Found = Span & { start: number; end: number; label: string };

/**
 * The periods a text names, in the order they stand there: "지난주", "in June 2020", "어제 야간조", "2017-2019",
 * "from May to July 2020", "since 2019", "the week of 2020-04-27". Days begin at midnight of the site's time zone,
 * weeks on Monday. A month without a year is the latest one that has begun. A date that doesn't exist is no period,
 * rather than the month or year that holds it; see findWrongDates.
 */
export function parsePeriods(text: string, options: PeriodOptions): Period[] {
  const now = DateTime.fromJSDate(options.now, { zone: options.timeZone });
  return joinRanges(text, findAtoms(text, rulesOf(options), now).atoms, now).map((found) => ({
    from: found.from?.toISO() ?? null,
    to: found.to?.toISO() ?? null,
    grain: found.grain,
    label: found.label,
    span: [found.start, found.end],
  }));
}

const leading =
  /^(?:(?:in|over|during|for|of|from|to|since|until|before|after|and|through|between|by|about|versus|vs|the|last(?=\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?$))\s+|[-~(,]\s?)+/i;

/** Dates as they are written that no calendar has: "2020-02-30", "4월 31일". */
export function findWrongDates(text: string, options: PeriodOptions): string[] {
  const now = DateTime.fromJSDate(options.now, { zone: options.timeZone });
  return findAtoms(text, rulesOf(options), now).wrong;
}

function rulesOf({ shifts }: PeriodOptions): PeriodRule[] {
  return [...shiftRules(shifts), ...combinedRules, ...absoluteRules, ...relativeRules];
}

/** Rules are tried in order; what one has taken, or found to be no date, a later one can't. */
function findAtoms(text: string, rules: PeriodRule[], now: DateTime): { atoms: Found[]; wrong: string[] } {
  const atoms: Found[] = [];
  const taken: [number, number][] = [];
  const wrong: string[] = [];
  for (const rule of rules) {
    for (const match of text.matchAll(rule.pattern)) {
      const start = match.index + (leading.exec(match[0])?.[0].length ?? 0);
      const end = match.index + match[0].length;
      if (taken.some(([from, to]) => start < to && end > from)) continue;
      taken.push([start, end]);
      const label = text.slice(start, end).trim();
      const span = rule.resolve(match as RegExpExecArray, now);
      if (span === null) wrong.push(label);
      else if (/^\s?(?:말고|빼고|아니고)/.test(text.slice(end))) continue;
      else if (!span.from || span.from.year <= now.year + 10) atoms.push({ ...span, start, end, label });
    }
  }
  return { atoms: borrowYears(atoms.sort((a, b) => a.start - b.start)), wrong };
}

/** "2020년 5월 대 6월": a month or day without a year is of the year just named. */
function borrowYears(atoms: Found[]): Found[] {
  return atoms.map((atom, index) => {
    const before = atoms[index - 1];
    if (!before?.from || !hasYear(before) || !monthOnly.test(atom.label) || !atom.from || !atom.to) return atom;
    const years = before.from.year - atom.from.year;
    return { ...atom, from: atom.from.plus({ years }), to: atom.to.plus({ years }) };
  });
}

/** "Compare 2018 and 2019" means two periods. */
const comparing = /\bcompar|\bversus\b|\bvs\b|\bdifference|비교|대비|차이/i;
const between = /^(?:\s*(?:-|~|to|through|until|till|up to|and|부터|에서|와|과)\s*(?:the\s)?)$/i;
const sinceBefore = /(?:\b(?:since|from|after|starting)\s*)$/i;
const untilBefore = /(?:\b(?:until|till|before|up to|by)\s*)$/i;
const sinceAfter = /^\s?(?:부터|이후|이래)/;
const untilAfter = /^\s?(?:까지|이전|전까지)/;

const hasYear = (atom: Found): boolean => /\d{4}/.test(atom.label);

/** A month or day without a year: after "2020년 5월 3일부터", "6월 2일" is of 2020. */
const monthOnly = /^(?:\d{1,2}\s?월|[a-z]{3,9}\.?(?:\s+\d{1,2}\D{0,2})?$)/i;

function sameYear(atom: Found, from: DateTime): DateTime | null {
  if (!atom.from || !atom.to) return atom.to;
  const years = from.year - atom.from.year;
  const to = atom.to.plus({ years });
  return to > from ? to : to.plus({ years: 1 });
}

function joinRanges(text: string, atoms: Found[], now: DateTime): Found[] {
  const out: Found[] = [];
  for (let index = 0; index < atoms.length; index++) {
    const atom = atoms[index] as Found;
    const next = atoms[index + 1];
    const gap = next ? text.slice(atom.end, next.start) : "";
    const from = next?.from && !hasYear(atom) && hasYear(next) ? atom.from?.set({ year: next.from.year }) : atom.from;
    const to = next?.to && from && hasYear(atom) && monthOnly.test(next.label) ? sameYear(next, from) : next?.to;
    const apart = comparing.test(text) && /^\s*(?:and|와|과)\s*$/i.test(gap);
    if (next && to && between.test(gap) && !apart && from && to > from) {
      const end = next.end + (untilAfter.exec(text.slice(next.end))?.[0].length ?? 0);
      out.push({
        from,
        to,
        grain: "range",
        start: atom.start,
        end,
        label: text.slice(atom.start, end).trim(),
      });
      index++;
      continue;
    }
    out.push(openEnded(text, atom, now));
  }
  return out;
}

const ofTwoEnds = /\b(?:to|and|through|until|till)\b|~|부터|에서|과|와|\d\s?-\s?\d{1,2}(?!\d)\D*$/i;

function openEnded(text: string, atom: Found, now: DateTime): Found {
  if (atom.grain === "range" && ofTwoEnds.test(atom.label)) return atom;
  const before = text.slice(0, atom.start);
  const after = text.slice(atom.end);
  const since = sinceBefore.exec(before) ?? sinceAfter.exec(after);
  if (since && atom.from) {
    const exclusive = /after/i.test(since[0]);
    return { ...atom, from: exclusive ? atom.to : atom.from, to: now, grain: "range", label: `${atom.label} –` };
  }
  const until = untilBefore.exec(before) ?? untilAfter.exec(after);
  if (until && atom.to) {
    const inclusive = /until|till|up to|까지/i.test(until[0]) && !/전까지/.test(until[0]);
    return { ...atom, from: null, to: inclusive ? atom.to : atom.from, grain: "range", label: `– ${atom.label}` };
  }
  return atom;
}
