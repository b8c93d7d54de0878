import { setTimeout as pause } from "node:timers/promises";
import type { PagedReader, RawPage, WholeReader } from "../../../src/knowledge/load/reader.ts";
import { readers } from "../../../src/knowledge/load/readers.ts";

const document = (text: string) => ({
  title: null,
  text,
  blocks: [{ type: "paragraph" as const, start: 0, end: text.length, page: null, headings: [] }],
});

const hangs: WholeReader = {
  format: "text",
  read() {
    for (;;);
  },
};

const swallowsMemory: WholeReader = {
  format: "text",
  read() {
    const kept: object[] = [];
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, at) => ({ at })));
  },
};

/** As many pages as its text says: each takes 30 ms, "hang 3" never gets over page 3. */
const slow: PagedReader = {
  format: "text",
  async open({ bytes }) {
    const [pages = 1, hangAt = 0] = Buffer.from(bytes).toString("utf8").match(/\d+/g)!.map(Number);
    return {
      pageCount: pages,
      title: null,
      async readPage(number): Promise<RawPage> {
        if (number === hangAt) for (;;);
        await pause(30);
        return { number, origin: "text", notices: [], words: `page ${number} at ${process.hrtime.bigint()}` };
      },
      close: async () => {},
    };
  },
  assemble(title, pages) {
    const texts = pages.map((page) => String(page["words"] ?? "unread"));
    const starts = texts.map((_, at) => texts.slice(0, at).join("\n").length + (at > 0 ? 1 : 0));
    return {
      ...document(texts.join("\n")),
      title,
      notices: pages.flatMap((page) => page.notices),
      pages: pages.map(({ origin }, at) => ({ start: starts[at]!, origin, size: null, lines: [] })),
    };
  },
};

/** In this thread, too: by them a file's name is known to be readable. */
export function addHostileReaders(): void {
  Object.assign(readers, { ".hangs": hangs, ".swallows": swallowsMemory, ".slow": slow });
}
