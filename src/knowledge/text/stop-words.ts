// Words that carry a question, not its subject. They neither score nor count as uncovered.

export const englishStopWords: ReadonlySet<string> = new Set(
  (
    "a about after all also am an and any are as at be because been before being between both but by can could did " +
    "do does doing during each for from further had has have having he her here hers him his how i if in into is it " +
    "its itself just me more most my no nor not now of on once only or other our ours out over own per please shall " +
    "she should so some such than that the their theirs them then there these they this those through to too under " +
    "until up us very was we were what when where which while who whom why will with would you your yours tell show"
  ).split(" "),
);

/** Whole Korean words, particles already off. */
export const koreanStopWords: ReadonlySet<string> = new Set(
  (
    "뭐 뭐야 뭔가 뭐부터 뭘 무엇 무슨 무엇인가 무엇인지 어떤 어떻게 어떡해 어디 어디서 언제 왜 누구 누가 얼마 얼마나 몇 " +
    "좀 그 이 저 것 거 게 수 때 등 및 또는 그리고 그런데 하지만 지금 혹시 제발 있어 있나 있는 있다 있습니다 없어 없다 없나 " +
    "해 해야 하는 하는지 하면 하고 한다 합니다 했는데 했다 하나 할 함 됩니다 된다 되나 되는 되는지 되면 돼 되 됐는데 " +
    "알려 알려줘 알려주세요 가르쳐 가르쳐줘 보여 보여줘 말해 말해줘 찾아 찾아줘 봐 봐야 봐줘 주세요 줘 " +
    "인가 인가요 인지 이야 입니까 입니다 나요 까 떴는데 떴어 떴다 뜨는데 뜨면 났는데 났어 나왔는데 나와 나오는데 나왔어 " +
    "대해 대해서 대한 관한 관해 위해 위한 따라 통해 오늘 내일 어제 이상한 이상하게 이상해 다시 자꾸 계속 가장 매우 너무"
  ).split(" "),
);
