import { DateTime } from "luxon";
import { absoluteRules } from "./absolute.ts";
import { relativeRules, shiftRules } from "./relative.ts";
import type { Period, PeriodOptions, PeriodRule, Span } from "./period.ts";

type Found = Span & { start: number; end: number; label: string };

/**
 * The periods a text names, in the order they stand there: "지난주", "in June 2020", "어제 야간조", "2017-2019",
 * "from May to July 2020", "since 2019", "the week of 2020-04-27". Days begin at midnight of the site's time zone,
 * weeks on Monday. A month without a year is the latest one that has begun.
 */
export function parsePeriods(text: string, options: PeriodOptions): Period[] {
  const now = DateTime.fromJSDate(options.now, { zone: options.timeZone });
  const atoms = findAtoms(text, [...shiftRules(options.shifts), ...absoluteRules, ...relativeRules], now);
  return joinRanges(text, atoms, now).map((found) => ({
    from: found.from?.toISO() ?? null,
    to: found.to?.toISO() ?? null,
    grain: found.grain,
    label: found.label,
    span: [found.start, found.end],
  }));
}

const leading =
  /^(?:(?:in|over|during|for|of|from|to|since|until|before|after|and|through|between|by|the|last(?=\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?$))\s+|[-~(,]\s?)+/i;

/** Rules are tried in order; what one has taken, a later one can't. */
function findAtoms(text: string, rules: PeriodRule[], now: DateTime): Found[] {
  const taken: Found[] = [];
  for (const rule of rules) {
    for (const match of text.matchAll(rule.pattern)) {
      const start = match.index + (leading.exec(match[0])?.[0].length ?? 0);
      const end = match.index + match[0].length;
      if (taken.some((other) => start < other.end && end > other.start)) continue;
      const span = rule.resolve(match as RegExpExecArray, now);
      if (!span || (span.from && span.from.year > now.year + 2)) continue;
      taken.push({ ...span, start, end, label: text.slice(start, end).trim() });
    }
  }
  return taken.sort((a, b) => a.start - b.start);
}

const between = /^(?:\s*(?:-|~|to|through|until|till|up to|and|부터|에서|와|과)\s*(?:the\s)?)$/i;
const sinceBefore = /(?:\b(?:since|from|after|starting)\s*)$/i;
const untilBefore = /(?:\b(?:until|till|before|up to|by)\s*)$/i;
const sinceAfter = /^\s?(?:부터|이후|이래)/;
const untilAfter = /^\s?(?:까지|이전|전까지)/;

const hasYear = (atom: Found): boolean => /\d{4}/.test(atom.label);

function joinRanges(text: string, atoms: Found[], now: DateTime): Found[] {
  const out: Found[] = [];
  for (let index = 0; index < atoms.length; index++) {
    const atom = atoms[index] as Found;
    const next = atoms[index + 1];
    const gap = next ? text.slice(atom.end, next.start) : "";
    const from = next?.from && !hasYear(atom) && hasYear(next) ? atom.from?.set({ year: next.from.year }) : atom.from;
    if (next?.to && between.test(gap) && from && next.to > from) {
      const end = next.end + (untilAfter.exec(text.slice(next.end))?.[0].length ?? 0);
      out.push({
        from,
        to: next.to,
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

function openEnded(text: string, atom: Found, now: DateTime): Found {
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
