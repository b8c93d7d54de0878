import { posix } from "node:path";
import type { Rule, SourceFile, Violation } from "../source-file.ts";
import { rungs } from "./ladder.ts";

const documents = new Set(["README.md", "CONTRIBUTING.md", "src/ARCHITECTURE.md"]);
const folders = new Set(["src", "tests", "agents", "prompts", "knowledge", "drizzle", ".ci"]);
const inSource = new Set<string>([...rungs.flat(), "config", "launch", "web"]);
const generated = /^(dist|node_modules|test-results|\.sunbae|\.launch)(\/|$)|node_modules|^\.env$/;

/** A path that a document names exists. Looked at: words in back-ticks that read as a path, and relative links. */
export const documentPaths: Rule = (files) => {
  const there = placesOf(files);
  return files.filter((file) => documents.has(file.path)).flatMap((file) => deadPaths(file, there));
};

type Places = { paths: Set<string>; names: Set<string> };

function placesOf(files: SourceFile[]): Places {
  const paths = new Set<string>();
  for (const { path } of files) {
    for (let place = path; place !== "."; place = posix.dirname(place)) paths.add(place);
  }
  return { paths, names: new Set(files.map((file) => posix.basename(file.path))) };
}

function deadPaths(document: SourceFile, there: Places): Violation[] {
  const folder = posix.dirname(document.path);
  let fenced = false;
  return document.text.split("\n").flatMap((text, index) => {
    if (/^\s*(```|~~~)/.test(text)) fenced = !fenced;
    if (fenced) return [];
    const words = [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "").filter(readsAsPath(document.path));
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "").filter(isRelativeLink);
    return [...words, ...links].flatMap((word) => {
      const place = posix.normalize(word.replace(/[#?].*$|:\d+$/g, "")).replace(/\/$/, "");
      const candidates = [place, posix.join(folder, place)];
      const bare = !word.includes("/") && there.names.has(place);
      if (generated.test(place) || bare || candidates.some((path) => there.paths.has(path))) return [];
      return [
        { path: document.path, line: index + 1, message: `names ${word}, which does not exist: correct the path.` },
      ];
    });
  });
}

const readsAsPath = (document: string) => (word: string) => {
  if (/[\s*{}<>$|=,()…"']|^[/@~-]|:\/\//.test(word)) return false;
  const [first = ""] = word.split("/");
  if (!word.includes("/")) return /^[\w.-]+\.(ts|tsx|js|md|sql)$/.test(word);
  return folders.has(first) || (document.startsWith("src/") && inSource.has(first));
};

const isRelativeLink = (link: string) => !/^([a-z]+:|#|\/)/i.test(link);
