import { createDecoder } from "../../../core/text/decoder.ts";

// Node's decoder for Korean lacks most of CP949's syllables, and the mail library uses it. Its label is exchanged for one
// that keeps every byte apart; the letters that come out are turned back into bytes and decoded rightly.

const stand = "ibm866";
const korean = "ks_c_5601-19(?:87|89)|ksc_?5601|ks_c_5601|euc-?kr|x-euc-kr|cp-?949|ms949|windows-949|uhc";

export function withoutKoreanLabels(bytes: Uint8Array): { bytes: Uint8Array; restore(text: string): string } {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const changed = raw
    .replaceAll(new RegExp(`(charset\\s*\\*?\\d*\\*?=\\s*["']?)(?:${korean})(?=["'\\s;>])`, "gi"), `$1${stand}`)
    .replaceAll(new RegExp(`=\\?(?:${korean})\\?(?=[bq]\\?)`, "gi"), `=?${stand}?`);
  if (changed === raw) return { bytes, restore: (text) => text };
  const byteOf = new Map<string, number>();
  const decoder = new TextDecoder(stand);
  for (let byte = 0x80; byte <= 0xff; byte += 1) byteOf.set(decoder.decode(Uint8Array.of(byte)), byte);
  const restore = (text: string) =>
    // oxlint-disable-next-line no-control-regex
    text.replaceAll(/[^\x00-\x7f][\s\S]/gu, (pair) => {
      const [first, second] = [...pair] as [string, string];
      const [lead, trail] = [byteOf.get(first), byteOf.get(second) ?? second.codePointAt(0)!];
      if (lead === undefined || trail > 0xff) return pair;
      try {
        return createDecoder("euc-kr", true).decode(Uint8Array.of(lead, trail));
      } catch {
        return pair;
      }
    });
  return { bytes: Buffer.from(changed, "latin1"), restore };
}
