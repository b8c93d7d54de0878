import type { Intent } from "./understanding.ts";

// Words that decide an intent, in both languages. Order matters: the first rule that fits wins.
// `needs` names what else must have been understood.

export type Feature = "machine" | "code" | "tag" | "period" | "records" | "measure" | "symptom" | "recordId" | "linked";
export type IntentRule = { intent: Intent; pattern: RegExp; needs?: Feature[]; without?: Feature[] };

export const greeting =
  /^(?:hi|hello|hey|good (?:morning|evening|afternoon)|yo|howdy|안녕(?:하세요|하십니까)?|반가워요?|반갑습니다|수고(?:하세요|하십니다|많으십니다)?|하이|헬로)(?:\s+(?:there|sunbae|선배님?|everyone))?[\s!.~?ㅎㅋ^,]*(?:선배님?|sunbae)?[\s!.~]*$/i;
export const thanks =
  /^(?:(?:ok(?:ay)?|great|perfect|아|네|넵|오)[,\s!.]*)?(?:thanks?(?: you| a lot| so much)?|thx|ty|cheers|고마워요?|고맙습니다|감사(?:합니다|해요|드립니다)?|땡큐|ㄱㅅ|수고했어요?)(?:\s+(?:a lot|so much|sunbae|선배님?|very much))?[\s!.~^ㅎㅋ]*$/i;
export const help =
  /^(?:help|도움말|사용법|뭐 ?(?:를 )?할 (?:수|줄) ?(?:있|알)\S*|무엇을 할 수 있\S*|넌? ?누구\S*|너는 뭐\S*|(?:so )?what can you do\S*|what do you do\S*|who are you\S*|how do(?:es)? (?:this|it) work\S*|어떻게 써\S*)(?:\s.{0,20})?[\s?!.]*$/i;

export const intentRules: IntentRule[] = [
  {
    intent: "handover",
    pattern:
      /\bhand(?:ing)?[\s-]?over|shift (?:report|summary|log)|인수\s?인계|교대\s?(?:보고|일지|정리|인계)|근무\s?(?:보고|일지|정리)/i,
  },
  {
    intent: "draft-hold",
    pattern:
      /\b(?:put|place|set).{0,40}\bon hold|\b(?:hold|quarantine|block|isolate)\b.{0,30}\b(?:lots?|batch(?:es)?|parts?|material)|(?:로트|제품|자재|물량|재고).{0,20}(?:보류|격리|출하\s?(?:중지|금지|정지)|홀드|묶어)|보류\s?(?:걸|처리|시켜|해)/i,
  },
  {
    intent: "draft-work-order",
    pattern:
      /\b(?:write|create|draft|make|open|raise|issue|prepare|file|submit)\b.{0,30}\b(?:work\s?order|wo|job ticket|maintenance request|repair request)|(?:작업\s?지시서?|작업\s?오더|워크\s?오더|정비\s?(?:의뢰|요청)서?|수리\s?(?:의뢰|요청)서?|오더).{0,14}(?:써|쓰|작성|만들|발행|끊|올려|올리|내려|내줘|등록|생성|넣어|초안|부탁|띄워)/i,
  },
  {
    intent: "affected",
    pattern:
      /\b(?:which|what) (?:job |production )?orders?\b.{0,40}\b(?:affect|delay|late|miss|impact|slip|hit)|\b(?:affected|impact(?:ed)?|delayed?)\b.{0,30}\borders?|\borders?\b.{0,20}\b(?:affected|delayed|at risk)|\b(?:if|when)\b.{0,40}\b(?:is |goes |stays |were )?(?:down|stopped|out)\b|what (?:is|gets|would be) (?:affected|delayed)|영향.{0,12}(?:오더|주문|납기|생산)|(?:오더|주문|납기|생산|물량|계획).{0,16}(?:영향|지연|밀리|밀려|늦|차질|못\s?맞|맞출|펑크)|(?:서|멈추|멈춰|다운|정지|고장).{0,14}(?:납기|오더|주문|영향)|무엇이 영향|뭐가 영향|어디까지 영향/i,
  },
  {
    intent: "stock",
    pattern:
      /\b(?:in stock|on hand|stock (?:of|for|level)|spares?|spare parts?|how many .{0,30} (?:do we have|left|in (?:the )?(?:store|stock))|have any|any .{0,25} left|part number)|재고|예비품|부품.{0,14}(?:있|몇|남|어디|번호|뭐)|(?:몇 ?개|얼마나) ?(?:남|있)|품번|스페어|창고에/i,
  },
  {
    intent: "in-control",
    pattern:
      /\bin[\s-]control\b|out of control|control (?:chart|limits?)|\bspc\b|\bc?pp?k\b|capabilit|\bucl\b|\blcl\b|관리\s?(?:상태|도(?![구가])|한계|이탈)|공정\s?능력|안정(?:적|되)/i,
  },
  {
    intent: "last-time",
    pattern:
      /\b(?:when|what).{0,20}\b(?:last|latest|previous|most recent)(?:ly)?\b.{0,40}|\blast time\b|마지막(?:으로|에)?|지난번|저번에|최근에 언제|언제.{0,20}(?:났|생겼|발생|떴|고쳤|고장|바꿨|교체|했)/i,
    without: ["measure"],
  },
  {
    intent: "who-knows",
    pattern:
      /\bwho (?:knows?|can (?:fix|help|repair)|is (?:good|the expert|best)|should i (?:call|ask)|to (?:call|ask)|understands?)|누가.{0,16}(?:잘|알|고칠|전문|할 (?:줄|수))|누구(?:한테|에게).{0,10}(?:물|연락|전화|부르|요청)|(?:전문가|담당자|잘 아는 사람|고수).{0,10}(?:누구|있|알려)/i,
  },
  {
    intent: "how-to",
    pattern:
      /\bhow (?:do|can|should|would|to)\b|\b(?:procedure|steps?|instructions?|method|way) (?:for|to|of)\b|\bguide\b|어떻게.{0,20}(?:해|하|교체|바꾸|갈|풀|조이|맞추|청소|조정|확인|점검|설정|잡|재|측정|리셋|초기화|복귀)|(?:방법|절차|순서|요령|하는 ?법|는 ?법|법 ?(?:좀|알려))|(?:교체|청소|점검|조정|측정|예열|설정)\s?(?:절차|방법|순서|주기)/i,
  },
  {
    intent: "condition",
    pattern:
      /\b(?:is|are|looks?|running|behaving)\b.{0,50}\b(?:normal|ok(?:ay)?|healthy|fine|all right|abnormal)|\b(?:condition|health|status|state) (?:of|check)|how (?:is|are|'s)\b.{0,40}\b(?:doing|running|now|today)|상태.{0,10}(?:어때|어떄|어떤|좀|봐|알려|확인|점검|는|괜찮)|정상(?:이|인|범위|적|입|일|값)|이상\s?(?:없|있|은)|괜찮(?:아|은|나|은가)|어때|멀쩡/i,
    needs: ["machine"],
  },
];

/** Words of trouble: a symptom is described. */
export const symptom =
  /\b(?:wrong|broken|broke|fault|fail(?:s|ed|ing|ure)?|problem|issue|trouble|noise|noisy|sound|vibrat\w*|shak\w*|leak\w*|hot|overheat\w*|smoke|smell|stuck|jam\w*|stop(?:s|ped)|won'?t|doesn'?t|not (?:working|starting|moving|closing|opening|heating|cooling)|slow|trip(?:s|ped|ping)?|low pressure|high (?:temperature|pressure)|crack\w*|scrap|burrs?|short shots?|chatter|drift\w*|diagnos\w*|troubleshoot\w*|abnormal|squeal\w*|knock\w*|weird|strange|unusual|what (?:should|do) i check|check first)\b|왜|문제|고장|이상(?!\s?(?:\d|건|몇|있었던|이 있|이 발생|감지))|소리|소음|진동|떨[려림]|누유|누설|새[는요고]|샌다|샙|과열|뜨거|뜨겁|연기|냄새|안\s?(?:돼|되|움직|켜|열|닫|나와|잡|올라|떨어|꺼|먹|빠)|멈[춰췄추]|멈[춤]|서버[렸려]|섰|느려|트립|압력이?\s?(?:낮|떨|안)|온도가?\s?(?:높|올라)|크랙|불량이?\s?(?:나|많|늘)|걸[려렸림]|튀[어는]|이상해|덜덜|끽|삐|쇳소리|뭐부터|무엇부터|어디부터|원인/i;
