import { DateTime } from "luxon";
import { z } from "zod";
import { SunbaeError } from "../../core/errors.ts";
import { formatSpan } from "../../core/format/format.ts";
import { parsePeriods } from "../../core/periods/parse-periods.ts";
import type { Condition } from "../../plant/records.ts";
import { quoted, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";

/** Fields of every tool that can be asked about a span of time. */
export const periodFields = {
  period: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe(
      "Period in the asker's own words, Korean or English: “지난주”, “어제 야간조”, “June 2020”, “last 3 days”.",
    ),
  from: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe("Start, ISO 8601 date or time. Use `period` instead where the asker gave words."),
  to: z.string().trim().min(1).optional().describe("End, ISO 8601; a date without a time includes that day."),
};

type PeriodInput = { period?: string | undefined; from?: string | undefined; to?: string | undefined };

/** [from, to); null where open. */
export type Span = { from: Date | null; to: Date | null; label: string };

/** The span asked for; null where none was. Days are the site's. Rejects words that name no period. */
export function readPeriod(input: PeriodInput, context: ToolContext): Span | null {
  const { language, ctx } = context;
  if (input.from !== undefined || input.to !== undefined) {
    const from = input.from === undefined ? null : instant("from", input.from, false, context);
    const to = input.to === undefined ? null : instant("to", input.to, true, context);
    if (from && to && from >= to)
      throw new SunbaeError(
        "invalid_input",
        say(language, "끝이 시작보다 늦어야 합니다.", "The end must come after the start."),
        {
          details: [{ path: "to", message: `${input.to} ≤ ${input.from}` }],
        },
      );
    return labelled(from, to, context);
  }
  if (input.period === undefined) return null;
  const [found] = parsePeriods(input.period, { now: ctx.now(), timeZone: ctx.timeZone, shifts: context.shifts });
  if (!found)
    throw new SunbaeError(
      "invalid_input",
      say(
        language,
        `${quoted(input.period, "은", "는")} 기간으로 읽을 수 없습니다.`,
        `“${input.period}” can't be read as a period.`,
      ),
      {
        fix: say(
          language,
          "“지난주”, “2020년 6월”처럼 쓰거나 from/to를 ISO로 주세요.",
          "Say “last week” or “June 2020”, or give from/to as ISO 8601.",
        ),
        details: [{ path: "period", message: input.period }],
      },
    );
  return labelled(
    found.from === null ? null : new Date(found.from),
    found.to === null ? null : new Date(found.to),
    context,
  );
}

/** The span asked for, closed; the last `hours` where none was. An open end is now, an open start `hours` before the end. */
export function readWindow(
  input: PeriodInput,
  context: ToolContext,
  hours: number,
): { from: Date; to: Date; label: string; asked: boolean } {
  const span = readPeriod(input, context);
  const to = span?.to ?? context.ctx.now();
  const from = span?.from ?? new Date(to.getTime() - hours * 3_600_000);
  const { label } = labelled(from, to, context);
  return { from, to, label, asked: span !== null };
}

export function spanConditions(field: string, span: Span | null): Condition[] {
  const out: Condition[] = [];
  if (span?.from) out.push({ field, op: "gte", value: span.from });
  if (span?.to) out.push({ field, op: "lt", value: span.to });
  return out;
}

function labelled(from: Date | null, to: Date | null, { ctx, language }: ToolContext): Span {
  return { from, to, label: formatSpan(from, to, ctx.timeZone, language) };
}

/** Reads a date or time; without a zone it is the site's. */
export function instant(path: string, text: string, endOfDay: boolean, { ctx, language }: ToolContext): Date {
  const at = DateTime.fromISO(text, { zone: ctx.timeZone });
  if (!at.isValid)
    throw new SunbaeError(
      "invalid_input",
      say(language, `${quoted(text, "은", "는")} 날짜가 아닙니다.`, `“${text}” is no date.`),
      {
        fix: say(language, "2020-06-01 또는 2020-06-01T08:00처럼 쓰세요.", "Write 2020-06-01 or 2020-06-01T08:00."),
        details: [{ path, message: text }],
      },
    );
  const dateOnly = /^\d{4}(-\d{2}(-\d{2})?)?$/.test(text);
  if (!endOfDay || !dateOnly) return at.toJSDate();
  const unit = text.length === 4 ? "years" : text.length === 7 ? "months" : "days";
  return at.plus({ [unit]: 1 }).toJSDate();
}
