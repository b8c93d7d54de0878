import type { CellContent } from "../files/table.ts";
import type { CellSpec } from "../mapping/schema.ts";
import { BadCell } from "../reasons.ts";
import { textOf } from "../values/clean-text.ts";
import type { Binding, ColumnReader, Path, RowView } from "./bind-columns.ts";
import type { Lookups } from "./lookups.ts";

/** Reads a cell up to where its type comes in: source, trim, empty, extract, replace, values, lookup. May throw BadCell. */
export type CellReader = (row: RowView) => CellContent;

export function compileCell(spec: CellSpec, path: Path, binding: Binding, file: string, lookups?: Lookups): CellReader {
  const source = sourceOf(spec, path, binding, file);
  const steps = textSteps(spec, lookups);
  if (steps.length === 0 && spec.trim !== false) return source;
  return (row) => {
    const content = source(row);
    if (steps.length === 0 && typeof content !== "string") return content;
    let text: CellContent = textOf(content, spec.trim ?? true);
    for (const step of steps) {
      if (text === null || text === undefined) return null;
      text = step(String(text));
    }
    return text;
  };
}

/** Each step gets text that is not empty and returns what it became. */
function textSteps(spec: CellSpec, lookups?: Lookups): ((text: string) => CellContent)[] {
  const steps: ((text: string) => CellContent)[] = [];
  if (spec.empty) {
    const empties = new Set(spec.empty.map((one) => one.trim().toLowerCase()));
    steps.push((text) => (empties.has(text.toLowerCase()) ? null : text));
  }
  if (spec.extract !== undefined) {
    const pattern = new RegExp(spec.extract, "u");
    steps.push((text) => {
      const found = pattern.exec(text);
      return found ? (found[1] ?? found[0]) : null;
    });
  }
  if (spec.replace) {
    const [pattern, replacement] = spec.replace;
    const regexp = new RegExp(pattern, "gu");
    steps.push((text) => text.replace(regexp, replacement));
  }
  if (spec.values) {
    const values = new Map(Object.entries(spec.values).map(([key, value]) => [key.trim().toLowerCase(), value]));
    const others = values.has("*") ? values.get("*") : undefined;
    steps.push((text) => {
      const key = text.toLowerCase();
      return values.has(key) ? values.get(key) : others === undefined ? text : others;
    });
  }
  if (spec.lookup && lookups) {
    const find = lookups.table(spec.lookup);
    const { records } = spec.lookup;
    steps.push((text) => {
      const found = find(text);
      if (found === undefined) throw new BadCell({ kind: "no_match", text, records });
      if (found === null) throw new BadCell({ kind: "many_matches", text, records });
      return found;
    });
  }
  return steps;
}

function sourceOf(spec: CellSpec, path: Path, binding: Binding, file: string): ColumnReader {
  if (spec.column !== undefined) return binding.column(spec.column, path, spec.optional);
  if (spec.template === undefined) {
    const constant = spec.constant ?? null;
    return () => constant;
  }
  const parts = spec.template.split(/(\{[^{}]*\})/).map((part): ((row: RowView) => string | null) => {
    if (!/^\{.*\}$/.test(part)) return () => part;
    const name = part.slice(1, -1);
    if (name === "file") return () => fileStem(file);
    const counter = /^#(?::(\d{1,2}))?$/.exec(name);
    if (counter) return (row) => String(row.number).padStart(Number(counter[1] ?? 1), "0");
    const column = binding.column(name, path, spec.optional);
    return (row) => textOf(column(row));
  });
  // A template with an empty part would make a name that looks whole and is not.
  return (row) => {
    const texts = parts.map((part) => part(row));
    return texts.includes(null) ? null : texts.join("");
  };
}

const fileStem = (file: string): string => (file.split("/").at(-1) ?? file).replace(/\.[^.]+$/, "");
