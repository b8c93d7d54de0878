import { parseCode } from "./parse-code.ts";

/**
 * Index terms of a word that looks like an identifier: a code, a part number, a tag name. Empty for plain words and
 * plain numbers. "sc-os-0371" → "#scos0371"; "al-05" → "#al05", "#al5"; "spindle_vibration" → "#spindlevibration".
 */
export function identifierTerms(run: string): string[] {
  if (!isIdentifier(run)) return [];
  const whole = `#${run.replaceAll(/[-_./]/g, "")}`;
  const norm = parseCode(run).norm;
  const normal = `#${norm}`;
  return whole === normal ? [whole] : [whole, normal];
}

/** Letters with digits, or parts joined by an underscore, or a dotted name of such parts. */
export function isIdentifier(run: string): boolean {
  if (run.length < 2) return false;
  if (run.includes("_")) return true;
  return (
    /\d/.test(run) &&
    /\p{L}/u.test(run) &&
    !/^\d+(?:\.\d+)?(?:mm|cm|m|kg|g|nm|bar|kpa|mpa|pa|v|a|kw|w|hz|khz|mhz|ms|s|h|min|rpm|l|ml|k|c|f|st|nd|rd|th|x)$/.test(
      run,
    )
  );
}
