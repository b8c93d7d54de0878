import type { Rule } from "../source-file.ts";

const most = 300;

/** A longer file has two ideas in it. */
export const size: Rule = (files) =>
  files
    .filter((file) => /^(src|agents)\/.*\.(ts|tsx|js|css)$/.test(file.path))
    .flatMap((file) => {
      const lines = file.text.replace(/\n$/, "").split("\n").length;
      const message = `${lines} lines, at most ${most}: it has two ideas in it; split it by them.`;
      return lines > most ? [{ path: file.path, message }] : [];
    });
