import { describe, expect, it } from "vitest";
import { createLogger } from "../../src/observability/logger.ts";

function loggerInto(options: { pretty: boolean }) {
  const lines: string[] = [];
  const logger = createLogger({ ...options, level: "debug", stream: { write: (line) => lines.push(line) } });
  return { logger, lines };
}

describe("the logger", () => {
  it("writes one JSON record a line", () => {
    const { logger, lines } = loggerInto({ pretty: false });
    logger.info({ runId: "r1" }, "run finished");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: 30, runId: "r1", msg: "run finished" });
    expect(lines[0]?.endsWith("\n")).toBe(true);
  });

  it("never writes a secret, neither by name nor by shape", () => {
    const { logger, lines } = loggerInto({ pretty: false });
    logger.warn(
      {
        apiKey: "abc",
        headers: { Authorization: "Bearer abcdefghijklmnop", cookie: "sid=1", accept: "text/html" },
        slack: [{ botToken: "hidden-one" }],
        promptTokens: 812,
        url: "postgres://sunbae:hunter22@db.local:5432/plant",
      },
      "called with sk-proj-abcdefghijklmnopqrst and xoxb-1234-567890",
    );
    const text = lines.join("");
    for (const secret of ['abc"', "abcdefghijklmnop", "sid=1", "hidden-one", "hunter22", "xoxb-1234"])
      expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({ promptTokens: 812, headers: { accept: "text/html" } });
    expect(text).toContain("postgres://sunbae:[redacted]@db.local:5432/plant");
  });

  it("writes short lines for people, with the stack of an error", () => {
    const { logger, lines } = loggerInto({ pretty: true });
    logger.child({ component: "db" }).info({ ms: 12, path: "a b" }, "open");
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d info {2}db: open ms=12 path="a b"\n$/);
    logger.error({ err: new Error("broken") }, "failed");
    expect(lines[1]).toMatch(/error failed\n {2}Error: broken\n {6}at /);
  });
});
