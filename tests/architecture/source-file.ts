// A rule is a pure function over files: it gets all of them and returns what breaks it.

/** One text file of the repository; the path is relative to its root, with forward slashes. */
export type SourceFile = { path: string; text: string };

/** The message says what is wrong and what to do about it. */
export type Violation = { path: string; line?: number; message: string };

export type Rule = (files: SourceFile[]) => Violation[];

export const isCode = (path: string) => /\.(ts|tsx)$/.test(path) && !path.endsWith(".d.ts");

export const lineAt = (text: string, offset: number) => text.slice(0, offset).split("\n").length;

/** The same text with comments blanked, so that offsets and lines stay; strings are kept. */
export function withoutComments(text: string): string {
  const pattern = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return text.replace(pattern, (match) => (/^\/[*/]/.test(match) ? match.replace(/[^\n]/g, " ") : match));
}
