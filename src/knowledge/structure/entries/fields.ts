import type { EntryDraft } from "./entry.ts";
import { roleOf } from "./header-words.ts";
import type { Line } from "./read-lines.ts";

/** "Cause: …"; also "Causes:" alone, for what stands below. */
export const labelLine = /^(.{1,34}?)\s*[:：]\s*(.*)$/;
/** What stands below a label is quoted so far. */
const mostText = 800;

type Told = Partial<Pick<EntryDraft, "cause" | "remedy" | "severity" | "subCode" | "message">>;

/** Gathers what the lines below a code say of it. `read` is false where a line says nothing of it. */
export type Fields = { read(line: Line): boolean };

export function createFields(into: Told): Fields {
  let role: "cause" | "remedy" | "severity" | "subCode" | "message" | null = null;
  let at: Line | null = null;
  const add = (text: string) => {
    if (role === null || text === "") return;
    const before = into[role];
    if (before && before.length > mostText) return;
    into[role] = before ? `${before}${role === "message" ? ": " : "; "}${text}` : text;
  };
  return {
    read(line) {
      const match = labelLine.exec(line.text);
      const said = match ? roleOf(match[1]!) : null;
      if (match && said !== null && said !== "unit" && said !== "model") {
        role = said === "sub" ? "subCode" : said === "description" ? "message" : said;
        at = line;
        add(match[2]!.trim());
        return true;
      }
      // A list below "Causes:", or the rest of the same paragraph.
      const below = role !== null && at !== null && (line.block === at.block || line.block.type === "list");
      if (!below || line.block.headings.join() !== at!.block.headings.join()) return false;
      add(line.text);
      return true;
    },
  };
}
