import { posix } from "node:path";
import type { Ctx } from "../core/context.ts";
import { readableBy, readerRoles } from "./access.ts";
import { kindOfPrefix, parseCode, parseMention } from "./codes/parse-code.ts";
import type { AlarmEntry, CodeKind, Knowledge, LookUpCodeInput } from "./knowledge.ts";

type EntryRow = Omit<AlarmEntry, "span" | "match" | "heading"> & {
  codes: string[];
  numbers: number[];
  headings: string[];
  start: number;
  end: number;
  shape: "table" | "heading" | "list";
};

const columns = `e.id, e.document_id AS "documentId", e.chunk_id AS "chunkId", d.path, d.title, c.headings, c.page,
  e.kind, e.code, e.code_norm AS "codeNorm", e.sub_code AS "subCode", e.codes, e.numbers, e.models, e.message, e.cause, e.remedy, e.severity,
  e.unit, e.text, e.span_start AS start, e.span_end AS "end", e.source_shape AS shape, e.language, d.trust,
  d.revision, d.date::text, d.in_force AS "inForce", coalesce(p.origin, 'text') AS origin`;
const sources = `alarm_entries e JOIN documents d ON d.id = e.document_id JOIN chunks c ON c.id = e.chunk_id
  LEFT JOIN document_pages p ON p.document_id = e.document_id AND p.number = c.page`;

/**
 * Entries of a code, best first: exact before number-only, the asked kind and language before others. Empty if there
 * is none: say so, and offer `knownCodes`. An entry of another kind is given only where its list has none of the
 * asked kind: "error 2041" is an alarm on a machine that has alarms only, "alarm 20" is not grbl's error 20.
 */
export async function lookUpCode(ctx: Ctx, knowledge: Knowledge, input: LookUpCodeInput): Promise<AlarmEntry[]> {
  const mention = parseMention(input.code);
  if (mention.norm === "") return [];
  const kind = input.kind ?? mention.kind;
  const models = await modelsWithEntries(ctx, knowledge, input.models ?? []);
  const rows = await readEntries(ctx, knowledge, input, mention, models);
  const kinds = kind ? await kindsOfCollections(ctx, knowledge) : new Map<string, Set<string>>();
  const found = rows.flatMap((row): Match[] => {
    const match = matchOf(row, mention, kind);
    const fits = match && fitsKind(row, mention, kind, kinds.get(collectionOf(row.models, row.path)));
    return match && fits ? [{ row, match }] : [];
  });
  // Where the asked kind has the very code, other kinds' entries of the same number are something else.
  const exists = found.some(({ row, match }) => match === "exact" && row.kind === kind);
  const asked = exists && !isOwnNumber(mention);
  const kindIsKnown = kind !== undefined && [...kinds.values()].some((one) => one.has(kind));
  return found
    .filter(({ row, match }) => !asked || match === "number" || row.kind === kind || mention.prefix !== "")
    .map((one) => (models === null && kindIsKnown && (!exists || asked) ? asOtherKind(one, kind, mention) : one))
    .toSorted((a, b) => rankOf(a, kind, input) - rankOf(b, kind, input) || a.row.id - b.row.id)
    .map(({ row, match }) => toEntry(row, match));
}

/** Where a panel shows "AL.16.1" and "AL.16" is asked, the list may have it with its details only. */
const byCode = `e.codes @> ARRAY[$1::text] OR ($2::int IS NOT NULL AND e.numbers @> ARRAY[$2::int])`;
const byMainCode = `EXISTS (SELECT 1 FROM unnest(e.codes) AS one WHERE starts_with(one, $1::text || '-'))`;

async function readEntries(
  ctx: Ctx,
  knowledge: Knowledge,
  input: LookUpCodeInput,
  mention: Mention,
  models: string[] | null,
): Promise<EntryRow[]> {
  const read = async (name: string, condition: string, number: number | null) => {
    const { rows } = await knowledge.database.pool.query<EntryRow>({
      name: `knowledge-look-up-${name}`,
      text: `SELECT ${columns} FROM ${sources} WHERE (${condition})
       AND ($3::text[] IS NULL OR CASE WHEN $3::text[] = '{}' THEN e.models = '{}' ELSE e.models && $3::text[] END)
       AND ${readableBy(4)} AND (d.in_force OR $5::boolean) AND ($2::int IS NULL OR true) LIMIT 500`,
      values: [mention.norm, number, models, readerRoles(ctx), input.revisions === "all"],
    });
    return rows;
  };
  const rows = await read("code", byCode, mention.number);
  if (rows.length > 0 || !/[a-z]\d+$/.test(mention.norm)) return rows;
  const detailed = await read("main-code", byMainCode, null);
  return detailed.map((row) => ({ ...row, codes: [...row.codes, mention.norm] }));
}

type Match = { row: EntryRow; match: AlarmEntry["match"] };

/** No machine is named and the asked kind is in use somewhere: "error 18" then is no machine's alarm 18 for sure. */
function asOtherKind(one: Match, kind: CodeKind, mention: Mention): Match {
  const said = one.row.kind === kind || kindOfPrefix(parseCode(one.row.codeNorm).prefix) === kind;
  return said || mention.prefix !== "" || one.match !== "exact" ? one : { ...one, match: "other-kind" };
}

type Mention = ReturnType<typeof parseMention>;

function matchOf(row: EntryRow, mention: Mention, kind: CodeKind | undefined): "exact" | "number" | null {
  if (row.codes.includes(mention.norm)) return "exact";
  if (mention.number === null || !row.numbers.includes(mention.number) || row.kind === "option") return null;
  const prefix = parseCode(row.codeNorm).prefix;
  // "알람 5" for AL-05: without the letters, but not "설정 5" or "램프 5".
  if (mention.prefix === "") {
    if (kind === undefined || row.kind === kind || kindOfPrefix(prefix) === kind) return "number";
    return isTrouble(kind) && isTrouble(row.kind) && kindOfPrefix(prefix) !== "lamp" ? "number" : null;
  }
  // "E9" or "AL 5" where the list has plain numbers of that kind.
  return prefix === "" && kindOfPrefix(mention.prefix) === row.kind ? "number" : null;
}

/** A maker doesn't give numbers of four digits twice: "error 4201" is the alarm 4201, whatever lists lie beside it. */
const isOwnNumber = ({ number }: Mention) => number !== null && number >= 1000;
const isApart = (kind: CodeKind) => kind === "setting" || kind === "option";
const isTrouble = (kind: CodeKind) => kind === "alarm" || kind === "error" || kind === "fault";

function fitsKind(
  row: EntryRow,
  mention: Mention,
  kind: CodeKind | undefined,
  kinds: Set<string> | undefined,
): boolean {
  if (kind === undefined || row.kind === kind || kindOfPrefix(parseCode(row.codeNorm).prefix) === kind) return true;
  if (isApart(kind) || isApart(row.kind)) return false;
  // Letters say which list is meant, whatever word stands beside them.
  if (mention.prefix !== "" && row.codes.includes(mention.norm)) return true;
  return isTrouble(kind) && isTrouble(row.kind) && (isOwnNumber(mention) || !(kinds?.has(kind) ?? false));
}

function rankOf(one: Match, kind: CodeKind | undefined, input: LookUpCodeInput): number {
  const { row } = one;
  return (
    (one.match === "exact" ? 0 : one.match === "other-kind" ? 64 : 128) +
    (kind === undefined || row.kind === kind ? 0 : 32) +
    (input.language === undefined || row.language === input.language ? 0 : 8) +
    // "F0012" and "F12" are compared as one, and may be two makers' codes.
    (writtenOf(input.code).includes(writtenOf(row.code)) ? 0 : 16) +
    // A table of lamps names them; the alarm table says why and what to do.
    (row.cause || row.remedy ? 0 : 4) +
    (row.shape === "table" ? 0 : 2) +
    (row.trust === "reference" ? 1 : row.trust === "manual" ? 0.5 : 0)
  );
}

const writtenOf = (code: string): string => code.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

/** The asked models; none asked: null; none of them has entries: the lists that belong to no model. */
async function modelsWithEntries(ctx: Ctx, knowledge: Knowledge, models: string[]): Promise<string[] | null> {
  if (models.length === 0) return null;
  const { rows } = await knowledge.database.pool.query(
    `SELECT 1 FROM alarm_entries e JOIN documents d ON d.id = e.document_id
     WHERE e.models && $1 AND d.in_force AND ${readableBy(2)} LIMIT 1`,
    [models, readerRoles(ctx)],
  );
  return rows.length > 0 ? models : [];
}

/** Lists that belong together: those of one model, else those of one folder. */
const collectionOf = (models: string[], path: string) =>
  models.length > 0 ? models.toSorted().join("|") : posix.dirname(path);

async function kindsOfCollections(ctx: Ctx, knowledge: Knowledge): Promise<Map<string, Set<string>>> {
  const { rows } = await knowledge.database.pool.query<{ models: string[]; path: string; kind: string }>(
    `SELECT DISTINCT e.models, d.path, e.kind FROM alarm_entries e JOIN documents d ON d.id = e.document_id
     WHERE d.in_force AND ${readableBy(1)}`,
    [readerRoles(ctx)],
  );
  const kinds = new Map<string, Set<string>>();
  for (const row of rows) {
    const collection = collectionOf(row.models, row.path);
    kinds.set(collection, (kinds.get(collection) ?? new Set()).add(row.kind));
  }
  return kinds;
}

function toEntry(row: EntryRow, match: AlarmEntry["match"]): AlarmEntry {
  const { codes: _codes, numbers: _numbers, shape: _shape, headings, start, end, ...same } = row;
  return { ...same, heading: headings.join(" › ") || row.title, span: [start, end], match };
}
