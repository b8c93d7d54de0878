/** "Manual · Chapter › Section": the title once, then the headings below it. */
export function placeOf({ title, heading }: { title: string; heading: string }): string {
  const below = heading.startsWith(title) ? heading.slice(title.length).replace(/^[\s›·]+/, "") : heading;
  return below === "" ? title : `${title} · ${below}`;
}
