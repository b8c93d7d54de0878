import type { RawRow, Table } from "../files/table.ts";
import type { CellSpec } from "../mapping/schema.ts";
import { textOf } from "../values/clean-text.ts";
import { noDecimalEvidence, weighDecimal } from "../values/read-number.ts";
import type { Decimal } from "../values/read-number.ts";
import { possibleOrders } from "../values/read-time.ts";
import type { DateOrder } from "../values/read-time.ts";
import type { ColumnFault, Path, RowView } from "./bind-columns.ts";
import type { CellReader } from "./compile-cell.ts";

export type Watched = { spec: CellSpec; path: Path; label: string; read: CellReader };
export type Inferred = { orders: Map<CellSpec, DateOrder>; decimal: Decimal; faults: ColumnFault[] };

/** Enough rows to know the decimal mark and to see whether dates need an order at all. */
const enoughRows = 5_000;

/**
 * Learns from the whole column what a single value doesn't tell: whether 4/6/16 is in April or in June, whether 1,5 is
 * one and a half. What stays open is a fault that asks to declare it: a guess would shift the plant's history.
 */
export async function inferSpelling(
  table: Table,
  view: (row: RawRow, number: number) => RowView | undefined,
  watched: { times: Watched[]; numbers: Watched[]; decimalPath: Path },
): Promise<Inferred> {
  const orders = watched.times.map((one) => ({ ...one, votes: createVotes() }));
  const evidence = noDecimalEvidence();
  let rows = 0;
  if (orders.length + watched.numbers.length > 0) {
    scan: for await (const batch of table.batches()) {
      for (const raw of batch) {
        rows += 1;
        const row = raw.problem ? undefined : view(raw, rows);
        if (!row) continue;
        for (const one of orders) one.votes.see(textAt(one.read, row));
        if (rows > enoughRows) continue;
        for (const one of watched.numbers) {
          const text = textAt(one.read, row);
          if (text !== null) weighDecimal(evidence, text);
        }
      }
      if (rows >= enoughRows && orders.every((one) => one.votes.settled())) break scan;
    }
  }
  const inferred: Inferred = { orders: new Map(), decimal: ".", faults: [] };
  for (const { spec, path, label, votes } of orders) {
    const result = votes.result();
    if (typeof result === "string") inferred.orders.set(spec, result);
    else if (result) inferred.faults.push({ path, message: `${label}: ${result.why}` });
  }
  const decimal = decimalOf(evidence, table.delimiter);
  if (typeof decimal === "string") inferred.decimal = decimal;
  else inferred.faults.push({ path: watched.decimalPath, message: decimal.why });
  return inferred;
}

function textAt(read: CellReader, row: RowView): string | null {
  try {
    const content = read(row);
    return typeof content === "string" ? textOf(content) : null;
  } catch {
    return null; // a bad cell says nothing about the others; it is reported when the row is read for good
  }
}

const orderNames: Record<DateOrder, string> = { mdy: "month/day/year", dmy: "day/month/year", ymd: "year/month/day" };

function createVotes() {
  const misfits: Record<DateOrder, number> = { mdy: 0, dmy: 0, ymd: 0 };
  let seen = 0;
  let example = "";
  const ranked = (): DateOrder[] => (["mdy", "dmy", "ymd"] as const).toSorted((a, b) => misfits[a] - misfits[b]);
  return {
    see: (text: string | null): void => {
      const possible = text === null ? undefined : possibleOrders(text);
      if (!possible || possible.length === 0) return;
      seen += 1;
      if (!example || possible.length > 1) example = text ?? example;
      for (const order of ["mdy", "dmy", "ymd"] as const) if (!possible.includes(order)) misfits[order] += 1;
    },
    settled: (): boolean => {
      const [best, second] = ranked();
      return seen === 0 || (misfits[best as DateOrder] === 0 && misfits[second as DateOrder] >= 50);
    },
    /** The order, nothing where no date needs one, or why it can't be told. */
    result: (): DateOrder | { why: string } | undefined => {
      if (seen === 0) return undefined;
      const [best, second] = ranked() as [DateOrder, DateOrder];
      if (misfits[best] === misfits[second] && misfits[best] * 2 < seen) {
        const either = `${orderNames[best]} or ${orderNames[second]}`;
        return {
          why: `dates such as "${example}" can be ${either}; declare day_first: true or false, or a format such as "M/D/YY H:mm".`,
        };
      }
      if (misfits[best] * 10 > misfits[second] || misfits[best] === misfits[second])
        return {
          why: `dates are written in different orders (such as "${example}"); declare a format, or split the file.`,
        };
      return best;
    },
  };
}

function decimalOf(
  evidence: ReturnType<typeof noDecimalEvidence>,
  delimiter: string | undefined,
): Decimal | { why: string } {
  const { comma, point, unclear } = evidence;
  if (comma > 0 && point > comma * 10) return ".";
  if (point > 0 && comma > point * 10) return ",";
  if (comma > 0 && point > 0)
    return { why: 'numbers use both 1,5 and 1.5; declare decimal: "." or "," for the file or a column.' };
  if (comma > 0) return ",";
  // In a file split by semicolons the comma is likely a decimal mark, but 1,234 alone doesn't say so.
  if (unclear !== null && point === 0 && delimiter === ";")
    return { why: `"${unclear}" can be a thousand or a fraction; declare decimal: "." or ",".` };
  return ".";
}
