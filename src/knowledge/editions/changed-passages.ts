import type { Knowledge } from "../knowledge.ts";

/** What one edition says and the other doesn't, under the same headings; a side is "" where it has no such text. */
export type ChangedPassage = { heading: string; page: number | null; older: string; newer: string };

/** The sentences and table rows by which two editions differ, in the order of the newer one. */
export async function changedPassages(
  knowledge: Pick<Knowledge, "database">,
  older: string,
  newer: string,
): Promise<ChangedPassage[]> {
  const [before, after] = await Promise.all([sectionsOf(knowledge, older), sectionsOf(knowledge, newer)]);
  const headings = [...new Set([...after.keys(), ...before.keys()])];
  return headings.flatMap((heading) => {
    const [was, is] = [before.get(heading), after.get(heading)];
    const pieces = (one: typeof was): string[] => piecesOf(one?.text ?? "");
    const same = new Set(pieces(was).map(fold));
    const now = new Set(pieces(is).map(fold));
    const gone = pieces(was).filter((piece) => !now.has(fold(piece)));
    const come = pieces(is).filter((piece) => !same.has(fold(piece)));
    if (gone.length === 0 && come.length === 0) return [];
    return [{ heading, page: is?.page ?? was?.page ?? null, older: gone.join(" "), newer: come.join(" ") }];
  });
}

type Part = { text: string; page: number | null };

async function sectionsOf(knowledge: Pick<Knowledge, "database">, id: string): Promise<Map<string, Part>> {
  const { rows } = await knowledge.database.pool.query<{ headings: string[]; text: string; page: number | null }>(
    `SELECT headings, text, page FROM chunks WHERE document_id = $1 ORDER BY ordinal`,
    [id],
  );
  const parts = new Map<string, Part>();
  for (const row of rows) {
    const heading = row.headings.join(" › ");
    const known = parts.get(heading);
    parts.set(heading, { text: `${known?.text ?? ""}\n${row.text}`, page: known?.page ?? row.page });
  }
  return parts;
}

const fold = (text: string): string => text.toLowerCase().replaceAll(/[\s*_`>]+/g, "");

function piecesOf(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?。])\s+(?=\S)/)
    .map((piece) =>
      piece
        .replace(/^\s*\|\s*|\s*\|\s*$/g, "")
        .replaceAll(/\s*\|\s*/g, " · ")
        .trim(),
    )
    .filter((piece) => piece !== "" && !/^[\s:·-]+$/.test(piece));
}
