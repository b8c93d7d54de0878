export type Decoder = {
  /** Throws TypeError on a wrong byte where it is fatal; else puts U+FFFD. */
  decode: (bytes?: Uint8Array) => string;
};

const korean = /^(cp949|ms949|uhc|euckr|x-windows-949)$/i;

/** The standard name of an encoding; throws RangeError where it is unknown. */
export const encodingName = (label: string): string =>
  new TextDecoder(korean.test(label.trim()) ? "euc-kr" : label.trim()).encoding;

/** A decoder of pieces of a file; the call without bytes ends it. */
export function createDecoder(encoding: string, fatal = false): Decoder {
  if (encoding === "euc-kr") return createKoreanDecoder(fatal);
  const decoder = new TextDecoder(encoding, { fatal });
  return { decode: (bytes) => (bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()) };
}

// Node's "euc-kr" knows the 2,350 syllables of KS X 1001 only and turns the other 8,822 of CP949 (됬, 똠, 뷁) into
// control characters without an error. They lie in the gaps of the code page in Unicode's order, so the table is made.

const replacement = 0xfffd;
let table: Uint16Array | undefined;

function koreanTable(): Uint16Array {
  if (table) return table;
  const made = new Uint16Array(0x10000);
  const known = new Set<number>();
  const decoder = new TextDecoder("euc-kr");
  for (let lead = 0xa1; lead <= 0xfe; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      const code = text.charCodeAt(0);
      if (text.length !== 1 || code === replacement || (code >= 0xe000 && code <= 0xf8ff)) continue;
      made[lead * 256 + trail] = code;
      known.add(code);
    }
  }
  let syllable = 0xac00;
  for (let lead = 0x81; lead <= 0xc6; lead++) {
    for (let trail = 0x41; trail <= (lead <= 0xa0 ? 0xfe : 0xa0); trail++) {
      if ((trail > 0x5a && trail < 0x61) || (trail > 0x7a && trail < 0x81)) continue;
      while (known.has(syllable)) syllable += 1;
      if (syllable > 0xd7a3) break;
      made[lead * 256 + trail] = syllable++;
    }
  }
  return (table = made);
}

function createKoreanDecoder(fatal: boolean): Decoder {
  const codes = koreanTable();
  let lead = 0;
  const wrong = (): number => {
    if (fatal) throw new TypeError("The bytes are not CP949.");
    return replacement;
  };
  return {
    decode: (bytes) => {
      if (!bytes) return lead === 0 ? "" : String.fromCharCode(wrong());
      const made = new Uint16Array(bytes.length + 1);
      let length = 0;
      for (const byte of bytes) {
        if (lead !== 0) {
          const code = codes[lead * 256 + byte] ?? 0;
          made[length++] = code || wrong();
          lead = 0;
          // A wrong pair that ends in ASCII gives the ASCII back: it may be a comma or a line's end.
          if (code === 0 && byte < 0x80) made[length++] = byte;
        } else if (byte < 0x80) made[length++] = byte;
        else if (byte > 0x80 && byte < 0xff) lead = byte;
        else made[length++] = wrong();
      }
      return textOf(made.subarray(0, length));
    },
  };
}

function textOf(codes: Uint16Array): string {
  let text = "";
  for (let from = 0; from < codes.length; from += 8_192)
    text += String.fromCharCode(...codes.subarray(from, from + 8_192));
  return text;
}
