/** Which names of files fit "{equipment}_*.csv", and what its names in braces stand for; whatever the case. */
export function compileFileName(pattern: string): (name: string) => Record<string, string> | null {
  const parts = pattern.split(/(\*|\{[a-z_]+\})/i).map((part) => {
    if (part === "*") return ".*";
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    return name ? `(?<${name}>.+?)` : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  });
  const regexp = new RegExp(`^${parts.join("")}$`, "isu");
  return (name) => {
    const found = regexp.exec(name.normalize("NFC"));
    return found ? { ...found.groups } : null;
  };
}
