// Topic template: an MQTT topic in which names in braces stand for a level or a part of one:
// "plant/{line}/{equipment}/{tag}", "plc/cnc-{number}/#". + matches a level, # at the end all that follow.

export type TopicTemplate = {
  /** What is subscribed to. */
  filter: string;
  /** The values of the names; null where the topic is not of the template. */
  match(topic: string): Record<string, string> | null;
};

const name = /\{([a-z_][a-z0-9_]*)\}/gi;

/** What is wrong with a template, as a sentence with the fix; null where nothing is. */
export function templateFault(template: string): string | null {
  const names = [...template.matchAll(name)].map((found) => found[1]);
  if (new Set(names).size < names.length) return "has a name twice; give each its own";
  if (/[{}]/.test(template.replace(name, ""))) return "has a brace without a name; write {equipment}";
  const levels = template.split("/");
  if (levels.some((level, at) => level.includes("#") && (level !== "#" || at < levels.length - 1)))
    return "has # elsewhere than alone at its end";
  if (levels.some((level) => level.includes("+") && level !== "+")) return "has + beside other text in a level";
  if (levels.some((level) => /\}\{/.test(level))) return "has two names side by side; put a sign between them";
  return null;
}

export function compileTopic(template: string): TopicTemplate {
  const levels = template.split("/");
  const filter = levels.map((level) => (/\{/.test(level) ? "+" : level)).join("/");
  const pattern = levels
    .map(levelPattern)
    .join("/")
    .replace(/\/\.\*$/, "(?:/.*)?");
  const regexp = new RegExp(`^${pattern}$`, "su");
  const match = (topic: string) => {
    const found = regexp.exec(topic);
    return found ? { ...found.groups } : null;
  };
  return { filter, match };
}

function levelPattern(level: string): string {
  if (level === "#") return ".*";
  if (level === "+") return "[^/]*";
  const parts = level.split(name);
  return parts
    .map((part, at) => (at % 2 === 1 ? `(?<${part}>[^/]+?)` : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
}

/** Puts values into "{equipment}.{tag}"; null where one is missing. */
export function fillTemplate(template: string, values: Record<string, string | undefined>): string | null {
  let whole = true;
  const filled = template.replace(name, (_all, key: string) => {
    const value = values[key];
    if (value === undefined) whole = false;
    return value ?? "";
  });
  return whole ? filled : null;
}
