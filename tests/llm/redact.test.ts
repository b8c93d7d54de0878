import { describe, expect, it } from "vitest";
import { redactJson, redactPersonal, redactSecrets } from "../../src/llm/redact.ts";

describe("secrets", () => {
  it.each([
    ["key sk-proj-Abc123Def456Ghi789", "sk-proj-Abc"],
    ["Authorization: Bearer abcdef0123456789abcd", "abcdef0123456789abcd"],
    ["xoxb-123456789-abcdef", "xoxb-1234"],
    ["ghp_0123456789abcdefghijABCDEFGHIJ", "ghp_0123"],
    ["AKIAIOSFODNN7EXAMPLE", "AKIAIOSF"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4", "SflKxw"],
    ["postgres://mes:hunter2!@10.0.0.7:5432/mes", "hunter2"],
    ["Server=10.0.0.7;User=sa;Password=P@ssw0rd1;Database=mes", "P@ssw0rd1"],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc\n-----END RSA PRIVATE KEY-----", "MIIEow"],
    ["-----BEGIN PRIVATE KEY-----\nMIIEow, cut off", "MIIEow"],
  ])("%s", (text, hidden) => {
    const redacted = redactSecrets(text);
    expect(redacted).not.toContain(hidden);
    expect(redacted).toContain("[redacted]");
  });

  it.each([
    "Basic troubleshooting of the spindle drive",
    "The bearer certificates-of-origin",
    "Password: ask the supervisor",
    "Part GMC-SB-7014, alarm 2041, lot L-20260411-03",
    "torque 45-50 N·m at 6000 rpm",
    "http://10.0.0.5:11434/api/tags",
    "sk-style brackets",
  ])("leaves alone: %s", (text) => expect(redactSecrets(text)).toBe(text));
});

describe("personal data", () => {
  it.each([
    ["박종수 010-1234-5678로 전화", "박종수 [phone]로 전화"],
    ["01012345678", "[phone]"],
    ["+82 10-1234-5678", "[phone]"],
    ["054-460-1234", "[phone]"],
    ["02) 555-1234 아니면 02-555-1234", "[phone] 아니면 [phone]"],
    ["800101-1234567", "[resident number]"],
    ["8001011234560", "[resident number]"],
    ["tuan.nguyen@example.co.kr", "[mail]"],
  ])("%s", (text, expected) => expect(redactPersonal(text)).toBe(expected));

  it.each([
    "1732190000000",
    "2026-11-21 02:40",
    "WO-2026-004512",
    "GMC-BS-3062",
    "lot 801301-1234567",
    "33 건, 28 MT001",
    "192.168.0.10",
    "0.012-0.034 mm",
  ])("leaves alone: %s", (text) => expect(redactPersonal(text)).toBe(text));
});

it("redacts the strings of a JSON body and keeps it JSON", () => {
  const body = JSON.stringify({
    model: "x",
    messages: [{ content: 'say "sk-abc123def456ghi789" \n-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----' }],
  });
  const redacted = redactJson(body, redactSecrets);
  expect(JSON.parse(redacted)).toEqual({ model: "x", messages: [{ content: 'say "[redacted]" \n[redacted]' }] });
});
