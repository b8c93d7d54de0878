import { describe, expect, it } from "vitest";
import { toJsonSchema } from "@langchain/core/utils/json_schema";
import { createToolRegistry } from "../../src/tools/registry.ts";
import { failure, openPlant } from "./plant.ts";

describe("the tool registry", () => {
  it("names every tool in snake case with a title in both languages and a description that says when to use it", () => {
    for (const tool of createToolRegistry().all) {
      expect(tool.name).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(tool.title.ko).toMatch(/[가-힣]/);
      expect(tool.description, tool.name).toMatch(/use /i);
      expect(tool.agents.length).toBeGreaterThan(0);
    }
  });

  it("offers each agent a few tools", () => {
    const registry = createToolRegistry();
    expect(registry.forAgent("maintenance").map((tool) => tool.name)).toContain("compare_with_normal");
    expect(registry.forAgent("quality").map((tool) => tool.name)).not.toContain("draft_work_order");
    expect(registry.forAgent("planner").map((tool) => tool.name)).toContain("affected_orders");
  });

  it("can show every tool's input to a model as a JSON schema with a description on each field", () => {
    for (const tool of createToolRegistry().all.filter((one) => one.name !== "query_records")) {
      const schema = toJsonSchema(tool.input as never) as { properties: Record<string, { description?: string }> };
      for (const [field, property] of Object.entries(schema.properties))
        expect(property.description, `${tool.name}.${field}`).toBeTruthy();
    }
  });

  it("says which tools there are when asked for an unknown one", async () => {
    const error = await failure(openPlant().run("read_mind", {}));
    expect(error.code).toBe("not_found");
    expect(error.fix).toContain("find_equipment");
  });

  it("turns wrong input into one readable detail per field", async () => {
    const error = await failure(openPlant().run("similar_work_orders", { equipment: 7, limit: 900 }));
    expect(error.code).toBe("invalid_input");
    expect(error.details.map((one) => one.path)).toEqual(["equipment", "limit"]);
  });

  it("refuses an argument that the tool does not know, so that no filter is dropped without a word", async () => {
    const error = await failure(openPlant().run("count_work_orders", { equipment: "MILL-01", severity: "high" }));
    expect(error.code).toBe("invalid_input");
    expect(error.message).toContain("severity");
    expect(error.fix).toContain("primary_code");
  });

  it("takes null and empty text for left out, and figures written as text", async () => {
    const { output } = await openPlant().run("list_work_orders", {
      equipment: "MILL-01",
      technician: null,
      text: "",
      limit: "1",
    });
    expect(output).toMatchObject({ shown: 1 });
  });
});
