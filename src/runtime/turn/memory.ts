import type { Evidence, EvidenceDraft } from "../../core/evidence.ts";
import { catalogue } from "../../plant/mes/catalogue.ts";
import type { Condition } from "../../plant/records.ts";
import type { RecordsQuestion } from "../../tools/records/query.ts";
import type { Intent, MachineOption, Memory, Understanding } from "../understand/understanding.ts";

/** What a later turn may lean on. A turn that named nothing keeps what was remembered. */
export function rememberTurn(
  understood: Understanding,
  before: Memory | null,
  answered: { asks?: MachineOption[]; cited?: Evidence[] } = {},
): Memory {
  const machineIds = understood.machines.map((machine) => machine.id);
  const chat = ["greeting", "thanks", "help", "off-topic", "defeat-safety"].includes(understood.intent);
  if (chat && before) return before;
  return {
    machineIds: machineIds.length > 0 ? machineIds.slice(0, 30) : (before?.machineIds ?? []),
    codes: understood.codes.length > 0 ? understood.codes.map((code) => code.code) : (before?.codes ?? []),
    ...remembered("lots", lotsOf(understood), before?.lots),
    records: understood.intent === "records" ? understood.records : null,
    intent: understood.intent,
    safeguard: understood.safeguard,
    ...(topical.has(understood.intent) ? { topic: understood.question.slice(0, 200) } : {}),
    cited: understood.intent === "document" && before?.cited ? before.cited : placesOf(answered.cited ?? []),
    ...(understood.machines.length !== 1 && understood.intent !== "records" && understood.intent !== "defeat-safety"
      ? { asked: { question: understood.question, options: answered.asks ?? [] } }
      : {}),
  };
}

function lotsOf({ recordIds }: Understanding): string[] {
  return recordIds.filter((one) => one.records === "lots").map((one) => one.id);
}

function remembered(name: "lots", now: string[], before: string[] | undefined): Pick<Memory, "lots"> {
  const kept = now.length > 0 ? now : (before ?? []);
  return kept.length > 0 ? { [name]: kept.slice(0, 6) } : {};
}

const topical: ReadonlySet<Intent> = new Set(["knowledge", "how-to", "alarm", "trouble"]);
const mostPlaces = 4;
const textKept = 300;

/** The documents that an answer stands on, short enough to be kept. */
function placesOf(cited: Evidence[]): EvidenceDraft[] {
  return cited
    .filter((one) => one.source.documentId !== undefined && one.kind !== "safety")
    .slice(0, mostPlaces)
    .map(({ id: _id, data: _data, table: _table, ...one }) => ({ ...one, text: one.text.slice(0, textKept) }));
}

/** Memory as it was stored: times come back as strings. Anything unreadable is no memory. */
export function readMemory(stored: unknown): Memory | null {
  if (typeof stored !== "object" || stored === null) return null;
  const memory = stored as Memory;
  if (!Array.isArray(memory.machineIds)) return null;
  return { ...memory, records: memory.records ? reviveTimes(memory.records) : null };
}

function reviveTimes(question: RecordsQuestion): RecordsQuestion | null {
  const set = catalogue[question.records];
  if (!set) return null;
  const isTime = (name: string): boolean => set.fields.some((field) => field.name === name && field.type === "time");
  const where = question.where.map((one): Condition =>
    "value" in one && typeof one.value === "string" && isTime(one.field)
      ? ({ ...one, value: new Date(one.value) } as Condition)
      : one,
  );
  return { ...question, where };
}

/** The conversation so far in a few lines, for a model's prompt. */
export function memoryText(memory: Memory | null): string {
  if (!memory) return "";
  return [
    memory.machineIds.length > 0 ? `machines: ${memory.machineIds.slice(0, 6).join(", ")}` : "",
    memory.codes.length > 0 ? `codes: ${memory.codes.join(", ")}` : "",
  ]
    .filter((part) => part !== "")
    .join("\n");
}
