import type { Equipment } from "../mes-store.ts";

// Directory: all equipment, with every way people write it. Surface form: one such way, folded (lower case, no
// separators, no leading zeros). Group: a word that stands for several machines (a model, a class, an area).

export type Directory = {
  all: Equipment[];
  byId: Map<string, Equipment>;
  /** Folded surface form → ids; more than one id means that the form alone does not decide. */
  forms: Map<string, Set<string>>;
  /** Folded word for a class, model or area → the work units it covers. */
  groups: Map<string, Set<string>>;
  /** Bases of numbered names ("chiller"), to tell an unknown number from an unknown word. */
  bases: Map<string, Set<string>>;
  /** Ids of the machines below an area, line or site, and the machine itself. */
  unitsOf(id: string): string[];
};

export type EquipmentMatch = {
  equipment: Equipment;
  /** The machines meant: the machine, or all of an area or line. */
  units: string[];
  text: string;
  span: [number, number];
  how: "id" | "name" | "typo";
};
export type EquipmentResolution = {
  matches: EquipmentMatch[];
  /** A model or class: all its machines are meant unless one is named. */
  groups: { text: string; ids: string[]; span: [number, number] }[];
  /** One spelling, several machines: must be asked, not guessed. */
  ambiguous: { text: string; candidates: Equipment[]; span: [number, number] }[];
  unknown: { text: string; nearest: Equipment[]; span: [number, number] }[];
};

/** Lower case, without separators, "no." and leading zeros: "CNC-07", "cnc 7" and "CNC #07" are one. */
export function foldName(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\b(?:no|number|nr)\.?\s*(?=\d)/g, "")
    .replace(/[\s\-_.#/·()]+/g, "")
    .replace(/(^|\D)0+(?=\d)/g, "$1");
}
