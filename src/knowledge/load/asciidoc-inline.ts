/** AsciiDoc's inline marks turned into light Markdown: links keep their words, index terms and anchors go. */
export function asciidocInline(line: string): string {
  // A longer line is data, and looking for marks in it takes its length squared.
  if (line.length > 20_000 || !/[[({<:^~+]/.test(line)) return line;
  return line
    .replaceAll(/\(\(\([^()]*\)\)\)/g, "")
    .replaceAll(/\(\(([^()]*)\)\)/g, "$1")
    .replaceAll(/\[\[[^\]]*\]\]/g, "")
    .replaceAll(/indexterm2?:\[[^\]]*\]/g, "")
    .replaceAll(/anchor:[^[\s]{0,400}\[[^\]]*\]/g, "")
    .replaceAll(/<<([^,>]+),([^>]+)>>/g, "$2")
    .replaceAll(/<<([^>]+)>>/g, "$1")
    .replaceAll(/(?:link|xref|mailto):+[^[\s]{0,400}\[([^\]]*)\]/g, "$1")
    .replaceAll(/https?:\/\/[^\s[\]]{1,400}\[([^\]]+)\]/g, "$1")
    .replaceAll(/image::?[^[\s]{0,400}\[(?:["']?([^\]"',]*)[^\]]*)?\]/g, "$1")
    .replaceAll(/(?:kbd|btn|menu|pass|stem|latexmath|footnote):[^[\s]{0,400}\[([^\]]*)\]/g, "$1")
    .replaceAll(/\[\.?[\w-]+\]#([^#]+)#/g, "$1")
    .replaceAll(/\{nbsp\}/g, " ")
    .replaceAll(
      /\{(?:plus|asterisk|caret|tilde|backtick|startsb|endsb|vbar|amp|lt|gt)\}/g,
      (name) => entities[name] ?? "",
    )
    .replaceAll(/(^|\s)\+(\S(?:[^+]*\S)?)\+(?=$|[\s.,;:)])/g, "$1`$2`")
    .replaceAll(/\^([^\s^]+)\^/g, "$1")
    .replaceAll(/~([^\s~]+)~/g, "$1");
}

const entities: Record<string, string> = {
  "{plus}": "+",
  "{asterisk}": "*",
  "{caret}": "^",
  "{tilde}": "~",
  "{backtick}": "`",
  "{startsb}": "[",
  "{endsb}": "]",
  "{vbar}": "|",
  "{amp}": "&",
  "{lt}": "<",
  "{gt}": ">",
};
