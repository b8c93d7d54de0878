import { isMap, isNode, isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { Document } from "yaml";
import type { ErrorDetail } from "../../core/errors.ts";

// YAML that people write by hand, read so that every fault can be told with its line.

export type YamlPath = readonly (string | number)[];

export type Yaml = {
  value: unknown;
  /** The line where this part is written, from 1; of what it would stand in where it is missing. */
  lineOf(path: YamlPath): number | undefined;
  /** As it is written; undefined where there is nothing. */
  valueAt(path: YamlPath): unknown;
};

const quotesFix = "within { } and [ ] put quotes around a text that has ${…}";

/** Never throws: `faults` say why the text is no YAML, and `value` is null then. */
export function readYaml(text: string): { yaml: Yaml; faults: ErrorDetail[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, merge: true });
  const broken = document.errors.map((error) => {
    const line = error.linePos?.[0].line;
    const said = error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? error.message;
    return { line, message: /\$\{/.test(text.split("\n")[(line ?? 0) - 1] ?? "") ? `${said}; ${quotesFix}` : said };
  });
  const faults = broken.length > 0 ? broken : unresolvedAliases(document, lines);
  return {
    yaml: {
      value: faults.length > 0 ? null : document.toJS({ maxAliasCount: 100 }),
      lineOf: (path) => lineOfPath(document, lines, path),
      valueAt: (path) => document.getIn(path),
    },
    faults: faults.map(({ line, message }) => ({ ...(line !== undefined && { line }), message })),
  };
}

/** `file: *.csv` without quotes is YAML for "the value anchored .csv". */
function unresolvedAliases(document: Document.Parsed, lines: LineCounter) {
  const faults: { line: number | undefined; message: string }[] = [];
  visit(document, {
    Alias: (_key, node) => {
      if (node.resolve(document)) return;
      faults.push({
        line: node.range ? lines.linePos(node.range[0]).line : undefined,
        message: `*${node.source} refers to nothing; put quotes around a text that begins with *.`,
      });
    },
  });
  return faults;
}

function lineOfPath(document: Document, lines: LineCounter, path: YamlPath): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const parent = length === 0 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair =
      isMap(parent) && length > 0
        ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
        : undefined;
    const node = pair?.key ?? (length > 0 ? document.getIn(path.slice(0, length), true) : document.contents);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
