import { describe, expect, it } from "vitest";
import { hasRole } from "../../src/core/context.ts";
import { SunbaeError, toSunbaeError } from "../../src/core/errors.ts";
import { isTerminal } from "../../src/core/run-event.ts";

describe("whatever was thrown", () => {
  it("stays the error it was, also wrapped by a library", () => {
    const own = new SunbaeError("unavailable", "The store is away.");
    expect(toSunbaeError(new Error("query failed", { cause: new Error("inner", { cause: own }) }))).toBe(own);
  });
  it("is a cancellation where it was aborted", () =>
    expect(toSunbaeError(new DOMException("This operation was aborted", "AbortError")).code).toBe("cancelled"));
  it("is internal where nothing is known of it", () =>
    expect(toSunbaeError("boom")).toMatchObject({ code: "internal", message: "boom" }));
  it("ends also where the causes run in a circle", () => {
    const error = new Error("round");
    error.cause = error;
    expect(toSunbaeError(error).code).toBe("internal");
  });
});

it("an admin has every role", () =>
  expect(hasRole({ id: "1", name: "A", roles: ["admin"], door: "cli" }, "supervisor")).toBe(true));
it("a technician is no supervisor", () =>
  expect(hasRole({ id: "1", name: "A", roles: ["technician"], door: "cli" }, "supervisor")).toBe(false));
it("a run ends with a terminal event only", () =>
  expect([isTerminal({ type: "run-cancelled", reason: "" }), isTerminal({ type: "answer-delta", text: "" })]).toEqual([
    true,
    false,
  ]));
