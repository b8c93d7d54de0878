// Korean particles and endings that cling to a noun. Longest first; stripped only from words in Hangul or ids.
const particles = [
  "에서는",
  "에서도",
  "으로는",
  "이라는",
  "이라고",
  "까지는",
  "부터는",
  "한테서",
  "에게서",
  "이라도",
  "이랑은",
  "에서",
  "에는",
  "에도",
  "에게",
  "한테",
  "으로",
  "까지",
  "부터",
  "이랑",
  "처럼",
  "보다",
  "마다",
  "이나",
  "이란",
  "라는",
  "라고",
  "라도",
  "이야",
  "이에요",
  "예요",
  "인데",
  "인가",
  "인지",
  "이고",
  "이다",
  "입니다",
  "이지",
  "에요",
  "께서",
  "대로",
  "만큼",
  "조차",
  "밖에",
  "쪽",
  "은",
  "는",
  "이",
  "가",
  "을",
  "를",
  "의",
  "에",
  "도",
  "만",
  "로",
  "와",
  "과",
  "랑",
  "나",
  "야",
  "요",
  "께",
  "들",
].sort((a, b) => b.length - a.length);

/** The word without its trailing particle(s); at least `keep` characters remain. */
export function stripParticles(word: string, keep = 2): string {
  let out = word;
  for (let round = 0; round < 2; round++) {
    const found = particles.find((particle) => out.endsWith(particle) && out.length - particle.length >= keep);
    if (!found) break;
    out = out.slice(0, -found.length);
  }
  return out;
}

/** Matches any one particle, for use inside a larger pattern after a noun. */
export const particlePattern = `(?:${particles.join("|")})?`;
