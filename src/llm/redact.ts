// What is taken out of a text before it leaves the plant. Secrets for any destination; personal data of people in
// Korea for hosted models. Patterns ask for digits and length so that a manual's prose is left alone.

const secret = "[redacted]";

const secretPatterns: [RegExp, string][] = [
  [/-----BEGIN ([A-Z ]*)PRIVATE KEY-----[\s\S]*?(-----END \1PRIVATE KEY-----|$)/g, secret],
  [/\b(bearer)\s+(?=[\w.~+/=-]*\d)[\w.~+/=-]{16,}/gi, `$1 ${secret}`],
  [/\bsk-(?=[\w-]*\d)[\w-]{16,}/g, secret], // OpenAI and those who imitate it
  [/\bxox[a-z]-[\w-]{8,}|\bxapp-[\w-]{8,}/g, secret], // Slack
  [/\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}/g, secret],
  [/\bglpat-[\w-]{16,}/g, secret],
  [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/g, secret], // AWS
  [/\bAIza[\w-]{35}/g, secret], // Google
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, secret], // JSON web tokens
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"']*):[^\s/@"']+@/gi, `$1:${secret}@`], // scheme://user:password@host
  [
    /\b((?:password|passwd|pwd|client_?secret|api_?key|access_?token)["']?\s*[=:]\s*["']?)(?=\S*[\d\W])[^\s"',;&]{6,}/gi,
    `$1${secret}`,
  ],
];

export function redactSecrets(text: string): string {
  let result = text;
  for (const [pattern, replacement] of secretPatterns) result = result.replace(pattern, replacement);
  return result;
}

/** Resident and foreign registration numbers, mobile and landline numbers of Korea, mail addresses. */
export function redactPersonal(text: string): string {
  return text
    .replace(/(?<![\d-])(\d{6})\s?-\s?([1-8]\d{6})(?!\d)/g, (all, birth: string) =>
      isBirthDate(birth) ? "[resident number]" : all,
    )
    .replace(/(?<![\d.-])(\d{6}[1-8]\d{6})(?![\d.])/g, (all: string) =>
      isBirthDate(all.slice(0, 6)) && hasCheckDigit(all) ? "[resident number]" : all,
    )
    .replace(/(?<![\w-])(?:\+82[\s-]?(?:\(0\))?1[016789]|01[016789])([\s.-]?)\d{3,4}\1\d{4}(?![\w-])/g, "[phone]")
    .replace(/(?<![\w-])(?:\+82[\s-]?|\(?0)(?:2|[3-6][1-5]|70)\)?[\s.-]\d{3,4}[\s.-]\d{4}(?![\w-])/g, "[phone]")
    .replace(/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b/gi, "[mail]");
}

/** Every string of a JSON document, keys left alone. Text that is not JSON is redacted as it stands. */
export function redactJson(body: string, redact: (text: string) => string): string {
  try {
    return JSON.stringify(
      JSON.parse(body, (_key, value: unknown) => (typeof value === "string" ? redact(value) : value)),
    );
  } catch {
    return redact(body);
  }
}

function isBirthDate(digits: string): boolean {
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** The check digit of numbers given until October 2020; keeps timestamps and lot numbers from being taken for one. */
function hasCheckDigit(number: string): boolean {
  const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return (11 - (sum % 11)) % 10 === Number(number[12]);
}
