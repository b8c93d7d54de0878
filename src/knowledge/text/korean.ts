// Particles and the commonest endings, longest first. What is left must keep two syllables.
const endings = (
  "으로부터 에서부터 이라고는 이라는 이라고 으로는 으로도 에서는 에서도 에게서 한테서 까지는 까지도 부터는 입니까 입니다 " +
  "인가요 인지요 이에요 이란 라는 라고 으로 에서 에게 한테 께서 까지 부터 처럼 보다 마다 조차 밖에 이나 이랑 하고 이며 이고 " +
  "인가 인지 이다 에는 에도 에만 와의 과의 로는 로도 로써 로서 들은 들이 들을 들의 예요 이야 인데 " +
  "은 는 이 가 을 를 의 에 로 와 과 도 만 나 랑 야 요 란 께 들"
)
  .split(" ")
  .toSorted((a, b) => b.length - a.length);

/** A Korean word without its particle: "베어링이" → "베어링". Short words stay as they are. */
export function stripParticle(word: string): string {
  for (const ending of endings) {
    if (word.length - ending.length >= 2 && word.endsWith(ending)) return word.slice(0, -ending.length);
  }
  return word;
}
