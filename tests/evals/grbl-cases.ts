import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { sharedData } from "../support/plant.ts";
import type { EvalCaseInput } from "./case.ts";

// Every code of grbl's three tables, asked in both languages and several spellings; the answer must lead with the
// table's own words. Codes between the tables' last and 400 do not exist and must be said not to.

type Table = {
  kind: "alarm" | "error" | "setting";
  file: string;
  /** The column that tells the entry from its neighbours. */
  text: number;
  spellings: { en: string[]; ko: string[] };
  absent: number[];
};

const tables: Table[] = [
  {
    kind: "alarm",
    file: "alarm_codes_en_US.csv",
    text: 2,
    spellings: { en: ["alarm #", "ALARM:#", "what does grbl alarm # mean?"], ko: ["알람 #", "알람 #번 떴는데 뭐야?"] },
    absent: [26, 45, 77, 99],
  },
  {
    kind: "error",
    file: "error_codes_en_US.csv",
    text: 2,
    spellings: {
      en: ["error #", "error:# came up, what is it"],
      ko: ["에러 #", "grbl error #이 뭐야", "에러코드 #번 뜻"],
    },
    absent: [18, 64, 99, 250],
  },
  {
    kind: "setting",
    file: "setting_codes_en_US.csv",
    text: 3,
    spellings: { en: ["what is $#", "$# setting"], ko: ["$# 설정이 뭐야", "$#이 뭐예요?"] },
    absent: [7, 99, 140, 399],
  },
];

export function grblCases(): EvalCaseInput[] {
  return tables.flatMap((table) => [...present(table), ...absent(table)]);
}

function present(table: Table): EvalCaseInput[] {
  const text = readFileSync(join(sharedData, "manuals/grbl/csv", table.file), "utf8");
  const [, ...rows] = parse(text, { relax_column_count: true, trim: true }) as string[][];
  return rows.flatMap((row) =>
    ask(table, row[0] ?? "", {
      head: telling(row[table.text] ?? ""),
      citesFirst: "alarm-entry",
      abstained: false,
    }),
  );
}

function absent(table: Table): EvalCaseInput[] {
  return table.absent.flatMap((code) =>
    ask(table, String(code), {
      head: "없|\\bno\\b|not exist|unknown|doesn'?t|does not|isn'?t|\\bnot (?:in|on|listed)",
      abstained: true,
    }).map((one) => ({ ...one, kind: "no such code", id: `${one.id}-absent` })),
  );
}

function ask(table: Table, code: string, expect: EvalCaseInput["expect"]): EvalCaseInput[] {
  return (["en", "ko"] as const).flatMap((language) =>
    table.spellings[language].map((spelling, index) => ({
      id: `grbl-${table.kind}-${code}-${language}-${index + 1}`,
      kind: table.kind,
      language,
      question: spelling.replace("#", code),
      difficulty: index === 0 ? ("plain" as const) : ("reworded" as const),
      expect: { ...expect, language: language === "ko" ? ("ko" as const) : ("any" as const) },
    })),
  );
}

/** The first words of a text as a pattern, whatever stands between them. */
function telling(text: string): string {
  const words = text
    .split(/\s+/)
    .slice(0, 12)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\`']/g, "."));
  return words.join("\\s+");
}
