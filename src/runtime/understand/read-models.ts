/** Models that a text names, however they are spaced ("drm f24" for DRM-F24), with their places; longer ones win. */
export function readModels(text: string, models: readonly string[]): { model: string; span: [number, number] }[] {
  const found: { model: string; span: [number, number] }[] = [];
  for (const model of models.toSorted((a, b) => b.length - a.length)) {
    // A bare word or number is too common to be taken for a model.
    if (!/\p{L}/u.test(model) || !/\d/.test(model) || model.length < 3) continue;
    const parts = model.match(/\p{L}+|\d+/gu) ?? [];
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${parts.join("[-_. ]?")}(?![A-Za-z0-9])`, "giu");
    for (const match of text.matchAll(pattern)) {
      const span: [number, number] = [match.index, match.index + match[0].length];
      if (!found.some((other) => other.span[0] < span[1] && span[0] < other.span[1])) found.push({ model, span });
    }
  }
  return found;
}
