// What a technician says with a verb, a manual says with a noun: "노즐 갈려면" is 노즐 교체 there.

const nouns: [RegExp, string][] = [
  [/교환/g, "교체"],
  [
    /(?<![가-힣])(?:갈(?:려면|아야|아|고|때|자|아줘|면|까|지)|바꾸\S{0,4}|바꿔\S{0,3}|바꿀\S{0,2}|바꾼\S{0,2})(?![가-힣])/g,
    "교체",
  ],
  [/(?<![가-힣])(?:닦\S{1,4})(?![가-힣])/g, "청소"],
  [/(?<![가-힣])(?:씻\S{1,4})(?![가-힣])/g, "세척"],
  [/(?<![가-힣])(?:조여\S{0,3}|조이\S{0,3}|조일\S{0,2}|조인\S{0,2}|죄\S{1,3})(?![가-힣])/g, "조임"],
  [/(?<![가-힣])(?:풀려면|푸는|풀어\S{0,2}|푼다|빼려면|빼는|뺀다|뺄\S{0,2}|떼려면|떼는|뗀다)(?![가-힣])/g, "분리"],
  [/(?<![가-힣])(?:끼우\S{0,3}|끼워\S{0,3}|끼운\S{0,2}|꽂\S{1,3})(?![가-힣])/g, "조립"],
  [/(?<![가-힣])(?:맞추\S{0,3}|맞춰\S{0,3}|맞출\S{0,2}|맞춘\S{0,2})(?![가-힣])/g, "조정"],
  [/(?<![가-힣])(?:섞\S{1,4})(?![가-힣])/g, "혼합"],
  [/(?<![가-힣])(?:데우\S{0,3}|데워\S{0,3}|데울\S{0,2}|데운\S{0,2})(?![가-힣])/g, "가열"],
  [/(?<![가-힣])(?:끼[었이인]\S{0,3}|꼈\S{0,2})(?![가-힣])/g, "끼임"],
  [/(?<![가-힣])(?:새(?:요|네|는데|고|서)?|샌다|샙니다|새나)(?![가-힣])/g, "누설"],
];

/** A text with its verbs as the nouns that a manual has: questions and passages are compared so. */
export function plainVerbs(text: string): string {
  const english = text.replace(/(?<!\bshift[ -])\b(?:chang(?:e|es|ing)|swap(?:ping)?|exchang(?:e|ing))\b/gi, "replace");
  return /[가-힣]/.test(text) ? nouns.reduce((all, [pattern, noun]) => all.replace(pattern, noun), english) : english;
}

/** Words of asking, doing and counting that no passage needs to have. */
export const asking =
  /^(?:바뀐|바뀌\S*|달라\S*|변경\S*|changed?|changes|differ\S*|compared?|between|versions?|editions?|개정\S*|구판\S*|신판\S*|이전\S*|rev|revision|차이\S*|다른|얼마\S*|몇\S*|언제\S*|자주|어떻게\S*|어느\S*|뭐\S*|무엇\S*|들어\S{0,3}|써|쓰\S{0,2}|해\S{0,2}|돼\S{0,2}|되\S{0,2}|하\S{0,3}|넣\S*|마다|\S마다|년|개월|시간마다|프로|도까지|까지|내용\S*|있\S{0,3}|나와\S*|나오\S*|알려\S*|보여\S*|채워\S*|채우\S*|뉴턴\S*|리터\S*|문서\S*|매뉴얼\S*|설명서\S*|페이지\S*|방법\S*|절차\S*|순서\S*|쪽|page|pages|manual|manuals|document|says?|said|order|often|many|much|far|long|come|comes|came|out|once|must|mean|means|tell)$/i;

/** A question as it is searched for: Korean verbs as nouns, English as it is, because "change" is a noun as often. */
export function asSearched(question: string): string {
  return /[가-힣]/.test(question) ? plainVerbs(question) : question;
}
