import { plainText } from "./chunks-of-span.ts";

/**
 * Marks the rows, items and paragraphs of a drawn section that the passage consists of, where it is only a part of
 * the section. Returns the first of them; null where the section is the passage or none is found in it.
 */
export function markPassage(section: HTMLElement, passage: string): HTMLElement | null {
  const wanted = plainText(passage);
  const parts = [...section.querySelectorAll<HTMLElement>(".prose tr, .prose li, .prose p")];
  const inside = parts.filter((part) => {
    const cells = part.matches("tr") ? [...part.children] : [part];
    const text = plainText(cells.map((cell) => cell.textContent).join(" "));
    return text !== "" && wanted.includes(text);
  });
  if (inside.length === 0 || inside.length === parts.length) return null;
  for (const part of inside) part.classList.add("is-exact");
  return inside[0] ?? null;
}
