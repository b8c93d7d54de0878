import { posix } from "node:path";
import type { LoadedDocument } from "../load/loaded-document.ts";
import { withoutEdition } from "./read-edition.ts";

const general = new Set(
  (
    "manual instruction instructions guide handbook readme index introduction overview list alarm alarms error errors " +
    "fault faults code codes table maintenance operation operating service user document notes contents and of the " +
    "매뉴얼 메뉴얼 설명서 지침서 절차서 안내서 목록 일람표 알람 에러 고장 코드 사용 취급 정비 운전 점검 목차 개요 소개 문서"
  ).split(" "),
);

type Described = Pick<LoadedDocument, "path" | "title" | "kind" | "models" | "language">;

/**
 * What the editions of one document have in common; empty for cards and glossaries, which have none. Where the title
 * would fit any machine's document, the folder tells them apart.
 */
export function familyOf({ path, title, kind, models, language }: Described): string {
  if (kind === "card" || kind === "glossary") return "";
  const bare = withoutEdition(title);
  const telling = models.length > 0 || bare.split(" ").some((word) => !general.has(word) && !/^\d*$/.test(word));
  const folder = telling ? "" : withoutEdition(posix.dirname(path));
  return [kind, language, models.toSorted().join("+").toLowerCase(), bare, folder].join("|");
}
