import { fields, numberOr, texts, textOr } from "./read-fields.ts";

export const documentKinds = ["manual", "procedure", "safety", "card", "glossary", "reference"] as const;
export type DocumentKind = (typeof documentKinds)[number];
export type DocumentTrust = "approved" | "reviewed" | "manual" | "reference";

/** A document as a list shows it. */
export type DocumentLine = {
  id: string;
  path: string;
  title: string;
  kind: DocumentKind;
  language: "ko" | "en";
  models: string[];
  equipmentIds: string[];
  revision: string | null;
  date: string | null;
  approved: boolean;
  trust: DocumentTrust;
  format: string;
  bytes: number;
  pages: number | null;
  passages: number;
  codes: number;
  unreadPages: number;
  notices: string[];
  readAt: string;
  inForce: boolean;
  /** The file itself was kept: it can be downloaded, and its pages shown. */
  original: boolean;
  /** Names of the fields that a person set by hand. */
  overrides: string[];
};

export function readDocument(body: unknown): DocumentLine {
  const it = fields(body);
  return {
    id: textOr(it["id"], ""),
    path: textOr(it["path"], ""),
    title: textOr(it["title"], textOr(it["path"], "")),
    kind: documentKinds.find((kind) => kind === it["kind"]) ?? "reference",
    language: it["language"] === "ko" ? "ko" : "en",
    models: texts(it["models"]),
    equipmentIds: texts(it["equipmentIds"]),
    revision: textOr(it["revision"], null),
    date: textOr(it["date"], null),
    approved: it["approved"] === true,
    trust: trusts.find((trust) => trust === it["trust"]) ?? "reference",
    format: textOr(it["format"], ""),
    bytes: numberOr(it["bytes"], 0),
    pages: numberOr(it["pages"], null),
    passages: numberOr(it["chunks"], 0),
    codes: numberOr(it["entries"], 0),
    unreadPages: numberOr(it["unreadPages"], 0),
    notices: texts(it["notices"]),
    readAt: textOr(it["ingestedAt"], ""),
    inForce: it["inForce"] !== false,
    original: it["original"] === true,
    overrides: Object.keys(fields(it["overrides"])),
  };
}

const trusts = ["approved", "reviewed", "manual", "reference"] as const;
