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

// Endings of verbs and of nouns made verbs, longest first; what they are put to carries the subject.
const verbEndings = (
  "하려면 하려고 하는데 하는지 하나요 할까요 합니까 합니다 했는데 했어요 했습니다 하세요 해야 해도 해서 해요 하면 하고 하는 " +
  "하기 하지 하니 한다 하다 했다 할때 할 한 함 해 되려면 되는데 되는지 되나요 됩니까 됩니다 됐는데 되었는데 되면 되고 되는 " +
  "된다 되다 됐다 되어 돼요 돼서 될 된 됨 돼 시키려면 시키는 시킨 시켜 시킬 " +
  "으려면 려면 으려고 려고 습니까 습니다 는데요 은데요 는데 은데 는지 은지 나요 까요 어요 아요 네요 세요 지요 죠"
)
  .split(" ")
  .toSorted((a, b) => b.length - a.length);

/** A word of a question without particle and verb ending: "측정하려면" → "측정". Two syllables are kept. */
export function questionStem(word: string): string {
  const bare = stripParticle(word);
  for (const ending of verbEndings) {
    for (const one of [word, bare])
      if (one.length - ending.length >= 2 && one.endsWith(ending)) return stripParticle(one.slice(0, -ending.length));
  }
  return bare;
}
