import type { EvidenceDraft } from "../../core/evidence.ts";
import type { Language } from "../../core/context.ts";
import type { Period } from "../../core/periods/period.ts";
import type { AlarmEntry, CodeKind } from "../../knowledge/knowledge.ts";
import type { EquipmentResolution } from "../../plant/directory/directory.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import type { RecordsQuestion } from "../../tools/records/query.ts";
import type { DocumentQuestion } from "./document-question.ts";

// Intent: what kind of answer is wanted. Link: a phrase of the question that is a value in the plant's records.
// Memory: what a later turn of the conversation may lean on.

export type Intent =
  | "greeting"
  | "thanks"
  | "help"
  | "off-topic"
  | "defeat-safety"
  | "alarm" // what does this code mean, what to do about it
  | "code" // an entry of a failure code list or a record by its number
  | "trouble" // what is wrong with, symptom
  | "how-to"
  | "last-time"
  | "who-knows"
  | "records" // count, list, group
  | "affected"
  | "stock"
  | "in-control"
  | "readings"
  | "condition"
  | "handover"
  | "eight-d" // a corrective action report, drafted from evidence
  | "bundle" // which work orders could be done together
  | "review" // what there was on a machine in a period, of every kind of record
  | "drift" // what changed before stops or alarms
  | "forecast" // when a limit will be reached
  | "reliability" // how often machines fail, how long repairs take
  | "alarm-limit" // whether an alarm limit still fits: a proposal, never a change
  | "oee"
  | "downtime-causes" // what stood still longest, as a Pareto
  | "alarm-review" // floods, chattering, nuisance alarms
  | "energy" // energy per good part
  | "genealogy" // what went into a lot and where it went
  | "compare-lots" // what differs between good and bad lots
  | "control" // asks to operate a machine, or to change or delete records: not done here
  | "draft-work-order"
  | "draft-hold"
  | "equipment"
  | "document" // a page, a place, two editions of a document
  | "knowledge"; // anything else: what do the documents say

export type CodeReading = {
  raw: string;
  code: string;
  /** The kind of list that the question names ("error", "알람"). */
  kind: CodeKind | null;
  entries: AlarmEntry[];
  /** True where a word or sign says that it is a code ("알람", "$", "error"). */
  certain: boolean;
};

export type Understanding = {
  question: string;
  language: Language;
  intent: Intent;
  equipment: EquipmentResolution;
  /** The machines the answer is about: named, remembered, or all of a named model or area. */
  machines: Equipment[];
  /** Where the machine came from. */
  machinesFrom: "question" | "hint" | "memory" | "code" | "none";
  codes: CodeReading[];
  /** Machine models named in the question, whether or not the plant has such a machine on record. */
  models: string[];
  /** Set where the question is about a document itself. */
  document: DocumentQuestion | null;
  /** What the last answer of the conversation cited. */
  cited: EvidenceDraft[];
  periods: Period[];
  tags: Tag[];
  /** A sensor word for which no tag exists on the machine ("tonnage" on chiller 9). */
  missingTag: string | null;
  records: RecordsQuestion | null;
  /** For periods compared with each other: one question per period. */
  compared: { label: string; question: RecordsQuestion }[];
  /** Record ids named in the question, with the record set they are in. */
  recordIds: { records: RecordsQuestion["records"]; id: string }[];
  /** Codes of the plant's own lists that the question spells out. */
  listedCodes: string[];
  /** What was read, in the asker's language. */
  reading: string;
  /** Dates as written that no calendar has ("2020-02-30"). */
  wrongDates: string[];
  followUp: boolean;
  /** Codes talked about before, for a follow-up that names none. */
  contextCodes: string[];
  /** Lots talked about before, for a follow-up that names none ("이 로트 어디로 갔어"). */
  contextLots: string[];
  /** The question, its code or what was talked about before concerns a safeguard. */
  safeguard: boolean;
};

/** One answer to "which machine?": a model, and the plant's machines of it. */
export type MachineOption = { model: string | null; machineIds: string[] };

export type Memory = {
  machineIds: string[];
  codes: string[];
  lots?: string[];
  records: RecordsQuestion | null;
  intent: Intent;
  /** The question, where a bare "torque?" may go on from it. */
  topic?: string;
  /** Documents that the answer cited. */
  cited?: EvidenceDraft[];
  /** The turn ended with "which machine?": the question, and what was offered. */
  asked?: { question: string; options: MachineOption[] };
  /** The turn was about a safeguard: "and how do I get around it?" is then about it too. */
  safeguard?: boolean;
};
