import { describe, expect, it } from "vitest";
import { traceGenealogy, type LotLink } from "../../../../src/plant/analysis/operations/genealogy.ts";

const link = (parent: string, child: string, quantity: number | null = null): LotLink => ({ parent, child, quantity });

function store(links: LotLink[], direction: "forward" | "back") {
  const asked: string[] = [];
  return {
    asked,
    linksOf: async (ids: string[]): Promise<LotLink[]> => {
      asked.push(...ids);
      return links.filter(({ parent, child }) => ids.includes(direction === "forward" ? parent : child));
    },
  };
}

describe("traceGenealogy", () => {
  const links = [
    link("raw", "a", 5),
    link("raw", "b", 7),
    link("a", "x", 2),
    link("b", "x", 3),
    link("x", "end"),
    link("other", "y"),
  ];

  it("follows a lot forward to all that it went into, each once, with every way and its quantity", async () => {
    const { linksOf, asked } = store(links, "forward");
    const found = await traceGenealogy(["raw"], "forward", linksOf);
    expect(found.lots).toEqual([
      { lotId: "a", step: 1, via: [{ lotId: "raw", quantity: 5 }] },
      { lotId: "b", step: 1, via: [{ lotId: "raw", quantity: 7 }] },
      {
        lotId: "x",
        step: 2,
        via: [
          { lotId: "a", quantity: 2 },
          { lotId: "b", quantity: 3 },
        ],
      },
      { lotId: "end", step: 3, via: [{ lotId: "x", quantity: null }] },
    ]);
    expect(found).toMatchObject({ ends: ["end"], cycles: [], cut: false });
    expect(new Set(asked).size).toBe(asked.length);
  });

  it("follows a lot back to all that went into it", async () => {
    const found = await traceGenealogy(["x"], "back", store(links, "back").linksOf);
    expect(found.lots.map(({ lotId, step }) => [lotId, step])).toEqual([
      ["a", 1],
      ["b", 1],
      ["raw", 2],
    ]);
    expect(found.ends).toEqual(["raw"]);
  });

  it("ends with rings in the records, and names the link that closes one", async () => {
    const ring = [link("a", "b"), link("b", "c"), link("c", "a"), link("c", "d"), link("d", "d")];
    const found = await traceGenealogy(["a"], "forward", store(ring, "forward").linksOf);
    expect(found.lots.map(({ lotId }) => lotId)).toEqual(["b", "c", "d"]);
    expect(found.cycles).toEqual(expect.arrayContaining([link("c", "a"), link("d", "d")]));
    expect(found.cycles).toHaveLength(2);
  });

  it("takes a link that is recorded twice for one", async () => {
    const found = await traceGenealogy(["raw"], "forward", async (ids) =>
      [...links, ...links].filter(({ parent }) => ids.includes(parent)),
    );
    expect(found.lots.find(({ lotId }) => lotId === "x")?.via).toHaveLength(2);
    expect(found.links).toHaveLength(5);
  });

  it("stops at the depth and the number wanted, and says that it goes on", async () => {
    const { linksOf } = store(links, "forward");
    expect(await traceGenealogy(["raw"], "forward", linksOf, { depth: 1 })).toMatchObject({ cut: true });
    expect((await traceGenealogy(["raw"], "forward", linksOf, { depth: 3 })).cut).toBe(false);
    const few = await traceGenealogy(["raw"], "forward", linksOf, { mostLots: 2 });
    expect(few.lots).toHaveLength(2);
    expect(few.cut).toBe(true);
  });

  it("goes as deep as it must, without recursion", async () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => link(`n${index}`, `n${index + 1}`));
    const byParent = new Map(chain.map((one) => [one.parent, one]));
    const linksOf = async (ids: string[]) => ids.flatMap((id) => byParent.get(id) ?? []);
    const found = await traceGenealogy(["n0"], "forward", linksOf, { mostLots: 50_000 });
    expect(found.lots).toHaveLength(20_000);
    expect(found.ends).toEqual(["n20000"]);
  });
});
