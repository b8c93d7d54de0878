const shortCell = 18;

/** How a table's cell is set: a figure to the right, a short text on one line, a long one with room to wrap. */
export function cellKind(text: string): "figure" | "short" | "long" {
  const trimmed = text.trim();
  if (/^[-+−]?[\d.,\s]*\d[\d.,\s]*%?$/.test(trimmed)) return "figure";
  return trimmed.length <= shortCell ? "short" : "long";
}
