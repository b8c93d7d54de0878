import { basename } from "node:path";

/** A file name as a browser sends it: its last part, without what a path or a control character could do. */
export function safeFileName(given: string): string {
  const name = basename(given.replaceAll("\\", "/"))
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\p{Cf}<>:"|?*]/gu, "_")
    .replace(/^\.+/, "")
    .trim();
  // The ending says the format: a long name is cut before it.
  const ending = /\.[^.]{1,12}$/.exec(name)?.[0] ?? "";
  return name.length <= 160 ? name : name.slice(0, 160 - ending.length) + ending;
}
