import type { MesStore } from "../../plant/mes-store.ts";
import type { RecordSetName } from "../../plant/records.ts";

const searched: RecordSetName[] = ["work_orders", "job_orders", "lots", "parts"];
const idPattern = /(?<![A-Za-z0-9])[A-Za-z]{1,6}(?:[-_]?[A-Za-z0-9]{1,10}){0,4}\d[A-Za-z0-9-]*(?![A-Za-z0-9])/g;

/** Numbers of work orders, job orders, lots, parts and codes that the question names and that exist. */
export async function findRecordIds(text: string, mes: MesStore): Promise<{ records: RecordSetName; id: string }[]> {
  const tokens = [...new Set([...text.matchAll(idPattern)].map((match) => match[0]))]
    .filter((token) => token.length >= 4)
    .slice(0, 6);
  if (tokens.length === 0) return [];
  const values = [...new Set(tokens.flatMap((token) => [token, token.toUpperCase()]))];
  const found = await Promise.all(
    searched.map(async (records) => {
      const { rows } = await mes.list({
        records,
        where: [{ field: "id", op: "in", value: values }],
        timeZone: "UTC",
        limit: 6,
      });
      return rows.map((row) => ({ records, id: String(row["id"]) }));
    }),
  );
  return found.flat();
}
