import { childOf, childrenOf } from "../office/read-xml.ts";
import type { XmlElement } from "../office/read-xml.ts";
import type { Styles } from "./styles.ts";

export type Label = { text: string; ordered: boolean };
export type Numbering = {
  /** The level that belongs to a paragraph style, where its numbering says so. */
  levelOfStyle(numberId: string, styleId: string): number | null;
  /** Counts on and gives the label that Word would print; null where there is no such numbering. */
  next(numberId: string, level: number): Label | null;
};

type Level = { format: string; text: string; start: number; styleId: string | undefined };
type List = { levels: Map<number, Level>; key: string };

export function readNumbering(root: XmlElement | null, styles: Styles): Numbering {
  const patterns = new Map(
    childrenOf(root ?? undefined, "abstractNum").map((one) => [one.attributes["abstractNumId"] ?? "", one]),
  );
  const numbers = new Map(childrenOf(root ?? undefined, "num").map((one) => [one.attributes["numId"] ?? "", one]));
  const lists = new Map<string, List | null>();
  const counters = new Map<string, number[]>();
  const begun = new Set<string>();

  function listOf(numberId: string, depth = 0): List | null {
    const known = lists.get(numberId);
    if (known !== undefined) return known;
    const key = childOf(numbers.get(numberId), "abstractNumId")?.attributes["val"] ?? "";
    const pattern = patterns.get(key);
    const linked = childOf(pattern, "numStyleLink")?.attributes["val"];
    const other = linked && depth < 5 ? styles.numberOf(linked) : null;
    const list = other ? listOf(other, depth + 1) : pattern ? { key, levels: levelsOf(pattern) } : null;
    lists.set(numberId, list);
    return list;
  }

  /** A list that is begun anew with a number of its own. */
  function restart(numberId: string, counts: number[]): void {
    for (const override of childrenOf(numbers.get(numberId), "lvlOverride")) {
      const start = Number(childOf(override, "startOverride")?.attributes["val"] ?? NaN);
      const level = Number(override.attributes["ilvl"]);
      if (Number.isInteger(start) && level >= 0 && level <= 8) counts[level] = start - 1;
    }
  }

  return {
    levelOfStyle(numberId, styleId) {
      for (const [level, one] of listOf(numberId)?.levels ?? []) if (one.styleId === styleId) return level;
      return null;
    },
    next(numberId, level) {
      const list = listOf(numberId);
      const own = list?.levels.get(level);
      if (!list || !own) return null;
      const counts = counters.get(list.key) ?? [];
      counters.set(list.key, counts);
      if (!begun.has(numberId)) restart(numberId, counts);
      begun.add(numberId);
      for (let above = 0; above < level; above += 1) counts[above] ??= list.levels.get(above)?.start ?? 1;
      counts[level] = (counts[level] ?? own.start - 1) + 1;
      counts.length = level + 1;
      if (own.format === "bullet" || own.format === "none") return { text: "-", ordered: false };
      const text = own.text.replaceAll(/%([1-9])/g, (_, digit: string) => {
        const at = Number(digit) - 1;
        const format = own.text.includes("%2") ? "decimal" : (list.levels.get(at)?.format ?? "decimal");
        return counted(counts[at] ?? 1, at === level ? own.format : format);
      });
      return { text: text.trim() || `${counts[level]}.`, ordered: true };
    },
  };
}

function levelsOf(pattern: XmlElement): Map<number, Level> {
  return new Map(
    childrenOf(pattern, "lvl").map((level) => {
      const value = (name: string) => childOf(level, name)?.attributes["val"];
      const start = Number(value("start") ?? 1);
      return [
        Number(level.attributes["ilvl"] ?? 0),
        {
          format: value("numFmt") ?? "decimal",
          text: value("lvlText") ?? "",
          start: Number.isInteger(start) ? start : 1,
          styleId: value("pStyle"),
        },
      ];
    }),
  );
}

const rows: Record<string, string> = {
  ganada: "가나다라마바사아자차카타파하",
  chosung: "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
  decimalEnclosedCircle: "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
  upperLetter: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  lowerLetter: "abcdefghijklmnopqrstuvwxyz",
};

/** A count as Word writes it in this format. */
export function counted(count: number, format: string): string {
  const row = rows[format];
  if (row && count >= 1) return row[(count - 1) % row.length]!;
  if (/roman/i.test(format) && count >= 1 && count < 400)
    return format.startsWith("upper") ? roman(count) : roman(count).toLowerCase();
  return format === "decimalZero" && count < 10 ? `0${count}` : String(count);
}

function roman(count: number): string {
  const signs: [number, string][] = [
    [100, "C"],
    [90, "XC"],
    [50, "L"],
    [40, "XL"],
    [10, "X"],
    [9, "IX"],
    [5, "V"],
    [4, "IV"],
    [1, "I"],
  ];
  let rest = count;
  let text = "";
  for (const [value, sign] of signs) for (; rest >= value; rest -= value) text += sign;
  return text;
}
