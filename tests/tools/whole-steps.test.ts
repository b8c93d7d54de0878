import { describe, expect, it } from "vitest";
import { wholeSteps } from "../../src/tools/evidence/whole-steps.ts";

describe("steps torn by a cut", () => {
  it("are given from the first on, with the warning before them", () => {
    const before = "Some text.\n\n> **WARNING** Hot oil.\n\n1. Stop.\n2. Drain.";
    expect(wholeSteps("3. Open.\n4. Close.", { before, after: "" })).toBe(
      "> **WARNING** Hot oil.\n\n1. Stop.\n2. Drain.\n3. Open.\n4. Close.",
    );
  });
  it("go on with what follows, up to what begins something else", () => {
    const after = "3. Fill.\n4. Start.\n\n## Parts\n\n1. Seal";
    expect(wholeSteps("1. Stop.\n2. Drain.", { before: "", after })).toBe("1. Stop.\n2. Drain.\n3. Fill.\n4. Start.");
  });
  it("stay alone where the neighbours count something else", () => {
    const context = { before: "1. Other.\n2. Thing.", after: "7. Far." };
    expect(wholeSteps("1. Stop.\n2. Drain.", context)).toBe("1. Stop.\n2. Drain.");
  });
  it("are no concern of a passage without steps", () => {
    expect(wholeSteps("Plain.", { before: "1. A", after: "2. B" })).toBe("Plain.");
  });
});
