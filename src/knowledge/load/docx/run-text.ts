import { childOf, elementsOf, textOf } from "../office/read-xml.ts";
import type { XmlElement } from "../office/read-xml.ts";
import { isOn } from "./styles.ts";

/** What stands in a paragraph: its text as shown, footnotes it refers to, and boxes that hang on it. */
export type Runs = { text: string; bold: boolean; notes: string[]; boxes: XmlElement[] };

/** Counted over a whole document, for its notices. */
export type Seen = { hidden: number; deleted: number; pictures: number };

/** Deleted text, field codes, hidden text and pictures are left out; what stands in boxes comes after. */
export function readRuns(paragraph: XmlElement, seen: Seen): Runs {
  const runs: Runs = { text: "", bold: true, notes: [], boxes: [] };
  const pieces: string[] = [];
  // Of each open field whether its code is being read: what stands before the separate mark is not shown.
  const fields: { code: boolean }[] = [];

  function readRun(run: XmlElement): void {
    const properties = childOf(run, "rPr");
    if (isOn(childOf(properties, "vanish")) || isOn(childOf(properties, "webHidden"))) {
      if (textOf(run).trim() !== "") seen.hidden += 1;
      return;
    }
    const before = pieces.length;
    for (const child of elementsOf(run)) readPiece(child);
    const said = pieces.slice(before).join("").trim() !== "";
    if (said && !isOn(childOf(properties, "b"))) runs.bold = false;
  }

  function readPiece(piece: XmlElement): void {
    switch (piece.name) {
      case "t":
        if (!fields.some((field) => field.code)) pieces.push(textOf(piece));
        return;
      case "tab":
      case "ptab":
        pieces.push("\t");
        return;
      case "br":
      case "cr":
        pieces.push("\n");
        return;
      case "noBreakHyphen":
        pieces.push("-");
        return;
      case "sym":
        pieces.push(symbolOf(piece));
        return;
      case "fldChar": {
        const type = piece.attributes["fldCharType"];
        if (type === "begin") fields.push({ code: true });
        else if (type === "separate" && fields.length > 0) fields.at(-1)!.code = false;
        else if (type === "end") fields.pop();
        return;
      }
      case "footnoteReference":
      case "endnoteReference": {
        const id = `${piece.name.startsWith("foot") ? "footnote" : "endnote"} ${piece.attributes["id"] ?? ""}`;
        runs.notes.push(id);
        pieces.push(`\u0001${id}\u0002`);
        return;
      }
      case "AlternateContent": {
        const [choice, fallback] = ["Choice", "Fallback"].map((name) => childOf(piece, name));
        const shown = [choice, fallback].find((one) => one && boxesIn(one).length > 0) ?? choice ?? fallback;
        for (const child of shown ? elementsOf(shown) : []) readPiece(child);
        return;
      }
      case "drawing":
      case "pict":
      case "object": {
        const boxes = boxesIn(piece);
        runs.boxes.push(...boxes);
        if (boxes.length === 0) seen.pictures += 1;
        return;
      }
      default:
        return;
    }
  }

  function readContents(parent: XmlElement): void {
    for (const child of elementsOf(parent)) {
      if (child.name === "r") readRun(child);
      else if (child.name === "del" || child.name === "moveFrom") seen.deleted += 1;
      else if (child.name === "sdt") readContents(childOf(child, "sdtContent") ?? child);
      else if (child.name === "oMath" || child.name === "oMathPara") pieces.push(textOf(child));
      else if (child.name === "AlternateContent") readPiece(child);
      else if (child.name !== "pPr" && child.name !== "sdtPr") readContents(child);
    }
  }

  readContents(paragraph);
  runs.text = pieces.join("");
  if (runs.text.trim() === "") runs.bold = false;
  return runs;
}

function boxesIn(element: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  const look = (parent: XmlElement) => {
    for (const child of elementsOf(parent)) {
      if (child.name === "txbxContent") found.push(child);
      else if (child.name === "AlternateContent") look(childOf(child, "Choice") ?? child);
      else look(child);
    }
  };
  look(element);
  return found;
}

/** Signs of the fonts Symbol and Wingdings that manuals use; others are left out. */
const symbols: Record<string, string> = {
  f0b0: "°",
  f06d: "µ",
  f057: "Ω",
  f0b1: "±",
  f0a3: "≤",
  f0b3: "≥",
  f0b7: "•",
  f0a7: "▪",
  f0d8: "➢",
  f0fc: "✓",
  f0fe: "☑",
  f0a8: "□",
  f06f: "□",
  f0e0: "→",
  f0ae: "→",
  f0ac: "←",
  f0ad: "↑",
  f0af: "↓",
  f0b4: "×",
  f0b8: "÷",
  f044: "Δ",
};
const symbolOf = (piece: XmlElement) => symbols[(piece.attributes["char"] ?? "").toLowerCase()] ?? "";
