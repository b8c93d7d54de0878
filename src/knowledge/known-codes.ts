import type { Ctx } from "../core/context.ts";
import { editDistance } from "../core/language/distance.ts";
import { readableBy, readerRoles } from "./access.ts";
import { parseCode, parseMention } from "./codes/parse-code.ts";
import type { CodeKind, Knowledge } from "./knowledge.ts";

export type KnownCode = { kind: CodeKind; code: string; message: string; models: string[] };
export type KnownCodesInput = { near?: string; kind?: CodeKind; models?: string[]; limit?: number };

/** Codes that exist, those nearest to `near` first: for "there is no such code; the nearest are …". */
export async function knownCodes(ctx: Ctx, knowledge: Knowledge, input: KnownCodesInput): Promise<KnownCode[]> {
  const near = input.near === undefined ? null : parseMention(input.near);
  const kind = input.kind ?? near?.kind ?? null;
  const models = input.models && input.models.length > 0 ? input.models : null;
  const { rows } = await knowledge.database.pool.query<KnownCode & { norm: string }>(
    `SELECT DISTINCT ON (e.kind, e.code_norm, e.models) e.kind, e.code, e.code_norm AS norm, e.message, e.models
     FROM alarm_entries e JOIN documents d ON d.id = e.document_id
     WHERE ($1::text IS NULL OR e.kind = $1) AND ($2::text[] IS NULL OR e.models && $2) AND d.in_force AND ${readableBy(3)}
     ORDER BY e.kind, e.code_norm, e.models, e.source_shape DESC, e.id LIMIT 5000`,
    [kind, models, readerRoles(ctx)],
  );
  // Nobody's alarms are called errors everywhere: where the asked kind is unknown, any kind may be near.
  if (rows.length === 0 && kind !== null) {
    const { kind: _kind, ...rest } = input;
    return near ? knownCodes(ctx, knowledge, { ...rest, near: near.norm }) : [];
  }
  const target = near ?? parseCode("");
  return rows
    .map((row) => ({ row, distance: near ? distance(parseCode(row.norm), target) : 0 }))
    .toSorted((a, b) => a.distance - b.distance || byNumber(a.row.norm, b.row.norm))
    .slice(0, input.limit ?? 5)
    .map(({ row: { norm: _norm, ...known } }) => known);
}

type Parsed = ReturnType<typeof parseCode>;

function distance(code: Parsed, near: Parsed): number {
  if (code.number !== null && near.number !== null) {
    const letters = near.prefix === "" || near.prefix === code.prefix ? 0 : 1000;
    return letters + Math.min(Math.abs(code.number - near.number), 900) - (sameDigits(code, near) ? 0.5 : 0);
  }
  return 2000 + editDistance(code.norm, near.norm);
}

/** 2014 for 2041: two digits exchanged, the commonest slip. */
function sameDigits(a: Parsed, b: Parsed): boolean {
  return String(a.number).split("").toSorted().join("") === String(b.number).split("").toSorted().join("");
}

const byNumber = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true });
