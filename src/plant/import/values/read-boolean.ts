const yes = new Set([
  "true",
  "t",
  "yes",
  "y",
  "1",
  "on",
  "예",
  "네",
  "유",
  "참",
  "o",
  "○",
  "●",
  "◯",
  "✓",
  "✔",
  "v",
  "はい",
]);
const no = new Set([
  "false",
  "f",
  "no",
  "n",
  "0",
  "off",
  "아니오",
  "아니요",
  "무",
  "거짓",
  "x",
  "×",
  "✗",
  "✘",
  "いいえ",
]);

export function readBoolean(raw: string): boolean | undefined {
  const text = raw.normalize("NFKC").trim().toLowerCase();
  if (yes.has(text)) return true;
  return no.has(text) ? false : undefined;
}
