import type { Intent } from "./understanding.ts";

// Words that decide an intent, in both languages. Order matters: the first rule that fits wins.
// `needs` names what else must have been understood.

export type Feature =
  | "machine"
  | "code"
  | "tag"
  | "period"
  | "records"
  | "measure"
  | "symptom"
  | "recordId"
  | "linked"
  | "lot";
export type IntentRule = { intent: Intent; pattern: RegExp; needs?: Feature[]; without?: Feature[] };

const end = String.raw`[\s!.?~^ㅎㅋ,]*$`;
const hello =
  "(?:hi+|hel+o+|hey+|yo|howdy|good (?:morning|evening|afternoon|night)|greetings|안[녕뇽](?:하세요|하십니까|히세요)?|반가워요?|반갑습니다|수고(?:하세요|하십니다|많으십니다|많으세요)?|하이(?:하이)?|헬로우?|좋은 (?:아침|저녁|하루)(?:이에요|입니다|이야)?|처음 뵙겠습니다)";
const you = "(?:there|sunbae|선배님?|everyone|all|team|mate)";
const thankWords =
  "(?:thanks?(?: you)?(?: a lot| so much| very much)?|thx|ty|cheers|much appreciated|고마워요?|고맙습니다|감사(?:합니다|해요|드립니다|드려요)?|땡큐|(?:[ㄱᄀ][ㅅᄉ])+|수고했어요?|덕분이에요)";

export const greeting = new RegExp(`^(?:${you}[\\s,!]*)?${hello}(?:[\\s,!]+${hello})?(?:[\\s,]+${you})?${end}`, "i");
/** Thanks, also after a short word of how it went ("that worked, thank you", "덕분에 해결됐어요 감사합니다"). */
export const thanks = new RegExp(
  `^(?:(?:ok(?:ay)?|great|perfect|nice|아|네|넵|오)[,\\s!.]*)?(?:[^?]{0,30}\\b(?:worked|fixed|solved|helped)[,\\s!.]*|[^?]{0,20}(?:해결|됐어|됐습니다|고쳤|덕분)[^?]{0,10}[,\\s!.]*)?${thankWords}(?:[\\s,]+${you})?${end}`,
  "i",
);
export const help =
  /^(?:help|도움말|사용법|매뉴얼|뭐 ?(?:를 )?할 (?:수|줄) ?(?:있|알)\S*|무엇을 (?:할|물어\s?볼) (?:수|줄) ?(?:있|알)\S*|(?:너|넌|당신)(?:는|은)?\s?(?:누구|뭐|무엇)\S*|(?:so )?what can (?:you do|i ask)\S*|what (?:kind|sort) of questions .*|what do you do\S*|who are you\S*|how do(?:es)? (?:this|it|i use this) work\S*|how do i use (?:this|it|you)\S*|(?:이거 )?어떻게 (?:써|쓰는|사용)\S*)(?:\s.{0,20})?[\s?!.]*$/i;
/** What every chat box is asked and a plant knows nothing of; only where no machine, code or record is meant. */
export const offTopic =
  /\bweather\b|\bwhat time is it\b|날씨|\belection|대통령|선거|\bpoems?\b|\bsong\b|\blyrics|시\s?(?:한\s?편|를? 써)|노래|\bjokes?\b|농담|\brecipes?\b|레시피|\bbitcoin|\bcrypto|비트코인|주식|\bstock (?:price|market)|\bworld cup|\bfootball|\bsoccer|\bbaseball|축구|야구|골\s?넣|\bcook(?:ing)?\b|요리|점심|저녁\s?(?:뭐|메뉴)|먹을까|맛집|\bmovies?\b|영화|드라마|\btranslate\b|번역|capital of|수도가|\bpython\b|파이썬|\bjavascript\b|퀵소트|\bsorts? a list|\d\s?(?:곱하기|더하기|빼기|나누기)\s?\d|\bhoroscope|운세|로또|\blottery/i;
/** An order to a machine, or to change, approve or delete records. */
export const control =
  /^(?:please\s+|can you\s+|could you\s+)?(?:start|stop|set|turn|switch|reset|open|close|increase|decrease|raise|lower|jog|home|run|shut|restart|reboot|change|adjust|write|clear|acknowledge)\s+(?:the|it|this|that|all|both|up|down|on|off|alarm|[A-Za-z]{2,}[- ]?\d)\b(?!.{0,30}\b(?:work ?order|wo|report|hold|list|count)\b)(?!.*\?\s*$).{3,}|(?:켜|꺼|끄|올려|내려|낮춰|높여|바꿔|변경해|정지(?:시켜|해)?|멈춰|기동(?:시켜|해)?|가동(?:시켜|해)?|리셋(?:해)?|시작(?:시켜|해)?|설정(?:해)?|맞춰|돌려|클리어(?:해)?)\s?(?:줘|주세요|줄래|라|봐|놔|버려)?[\s.!~]*$/i;
/** An order to give a limit another value; to review it is none. */
export const changeLimit =
  /^\s*(?:please\s+|can you\s+|could you\s+)?(?:set|change|raise|lower|increase|decrease|adjust)\b.{0,80}\b(?:limit|threshold|set\s?point)s?\b.{0,20}\bto\s+-?\d/i;
export const changeRecords =
  /\b(?:delete|erase|drop|wipe|purge|truncate|remove)\b.{0,30}\b(?:table|records?|work ?orders?|orders?|events?|alarms?|data|database|documents?|cards?|all)\b|\bapprove (?:all|every|the)\b|(?:작업\s?지시|기록|데이터|이력|오더|문서|알람|카드|테이블).{0,14}(?:지워|삭제|없애|날려|드롭)|(?:승인\s?(?:처리)?\s?해|전부 승인|모두 승인|다 승인)|비밀번호|패스워드|\bpasswords?\b|관리자 모드|\badmin mode/i;

export const intentRules: IntentRule[] = [
  {
    intent: "handover",
    pattern:
      /\bhand(?:ing)?[\s-]?over|shift (?:report|summary|log)|인수\s?인계|교대\s?(?:보고|일지|정리|인계)|근무\s?(?:보고|일지|정리)/i,
  },
  {
    intent: "eight-d",
    pattern:
      /(?<![A-Za-z0-9])8\s?-?d(?![A-Za-z0-9])(?:.{0,24}(?:report|draft|for|about|of|보고|리포트|양식|써|작성|만들|초안|정리))|(?:report|draft|write|보고서?|리포트|초안).{0,24}(?<![A-Za-z0-9])8\s?-?d(?![A-Za-z0-9])|\beight disciplines?\b|corrective action (?:report|request)|\bcapa\b.{0,20}(?:report|draft|write|보고)|에잇\s?디|팔디|시정\s?(?:및 예방\s?)?조치\s?(?:보고서?|요구서|서)|부적합\s?보고서|^\s*8d\b/i,
  },
  {
    intent: "bundle",
    pattern:
      /\b(?:bundl(?:e|es|ed|ing)|(?:group|combine|merge|cluster|consolidat)\w*\b.{0,40}\b(?:together|into (?:one|a|single|bundles?))|(?:combine|merge|cluster|consolidate))\b.{0,80}\b(?:work\s?orders?|wos?|jobs?|maintenance|repairs?|visits?)|\b(?:work\s?orders?|wos?|jobs?|maintenance|repairs?)\b.{0,80}\b(?:bundl(?:e|es|ed|ing)|combined?|merged?|consolidated?|clustered)\b|(?:작업\s?지시|작업|정비|오더|수리|WO).{0,40}(?:묶어|묶을|묶으|묶음|묶인|번들|합쳐|합칠|통합)(?!.{0,10}(?:로트|출하))/i,
  },
  {
    intent: "review",
    pattern:
      /\b(?:review|assess|evaluate|recap|look back (?:at|on)|sum(?:mary|mari[sz]e|s up)\b|performance (?:of|review|report|summary))\b|검토해|리뷰|돌아\s?봐|되짚어|총정리|(?:현황|실적|성능|운영|운전)\S{0,2}\s?(?:정리|요약|평가|검토|분석|보고)|(?:정리|요약|평가|검토)\s?(?:좀|해\s?(?:줘|주|봐|보)|부탁)/i,
    needs: ["machine", "period"],
    without: ["code", "tag"],
  },
  {
    intent: "draft-hold",
    pattern:
      /\b(?:put|place|set).{0,40}\bon hold|\b(?:hold|quarantine|block|isolate)\b.{0,30}\b(?:lots?|batch(?:es)?|parts?|material)|(?:로트|제품|자재|물량|재고).{0,20}(?:보류|격리|출하\s?(?:중지|금지|정지)|홀드|묶어)|묶어\s?(?:둬|놔|줘|두)|보류\s?(?:걸|처리|시켜|해)/i,
  },
  {
    intent: "draft-work-order",
    pattern:
      /\b(?:write|create|draft|make|open (?=an?\b|the\b|new\b)|raise|issue|prepare|file|submit)\b.{0,30}\b(?:work\s?order|wo|job ticket|maintenance request|repair request)|(?:작업\s?지시서?|작업\s?오더|워크\s?오더|정비\s?(?:의뢰|요청)서?|수리\s?(?:의뢰|요청)서?|오더).{0,14}(?:써|쓰|작성|만들|발행|끊|올려|올리|내려|내줘|등록|생성|넣어|초안|부탁|띄워)/i,
  },
  {
    intent: "affected",
    pattern:
      /\b(?:which|what) (?:job |production )?orders?\b.{0,40}\b(?:affect|delay|late|miss|impact|slip|hit)|\b(?:affected|impact(?:ed)?|delayed?)\b.{0,30}\borders?|\borders?\b.{0,20}\b(?:affected|delayed|at risk)|\b(?:if|when)\b.{0,40}\b(?:is |goes |stays |were )?(?:down|stopped|out)\b|what (?:is|gets|would be|will be) (?:affected|delayed|late)|\bwhat slips\b|영향.{0,12}(?:오더|주문|납기|생산)|(?:오더|주문|납기|생산|물량|계획).{0,16}(?:영향|지연|밀리|밀려|늦|차질|못\s?맞|맞출|펑크)|(?:서|멈추|멈춰|다운|정지|고장).{0,14}(?:납기|오더|주문|영향)|무엇이 영향|뭐가 영향|어디까지 영향/i,
  },
  {
    intent: "stock",
    pattern:
      /\b(?:in stock|on hand|stock (?:of|for|level)|spares?|spare parts?|how many .{0,30} (?:do we have|left|in (?:the )?(?:store|stock))|have any|any .{0,25} left|part number)|재고|예비품|남은\s?(?:거|것|게)|부품.{0,14}(?:있|몇|남|어디|번호|뭐)|(?:몇 ?개|얼마나) ?(?:남|있)|품번|스페어|창고에/i,
  },
  {
    intent: "in-control",
    pattern:
      /\bin[\s-]control\b|out of control|control (?:chart|limits?)|\bspc\b|\bc?pp?k\b|\bcpm\b|\bcp\b|capabilit|\bcapable\b(?! of)|\bucl\b|\blcl\b|\bewma\b|\bcu-?sum\b|\bi-?mr\b|\bx-?bar\b|\b(?:np|[pcu])[\s-]chart\b|쿠섬|누적합\s?관리|(?:공정\s?)?능력\s?지수|관리\s?(?:상태|도(?![구가])|한계|이탈)|공정\s?능력|안정(?:적|되|돼|됐)|산포/i,
  },
  {
    intent: "last-time",
    pattern:
      /\b(?:when|what).{0,60}\b(?:last|latest|previous|most recent)(?:ly)?\b.{0,40}|\blast time\b|마지막(?:으로|에)?|지난번|저번에|최근에 언제|언제.{0,20}(?:갈[았아]|났|생겼|발생|떴|고쳤|고장|바꿨|교체|했)/i,
    without: ["measure"],
  },
  {
    intent: "who-knows",
    pattern:
      /\bwho (?:knows?|is the .{0,25}(?:expert|specialist)|can (?:fix|help|repair)|is (?:good|the expert|best)|should i (?:call|ask)|to (?:call|ask)|understands?)|잘\s?(?:보는|하는|아는)\s?사람|누가.{0,16}(?:잘|알|고칠|전문|할 (?:줄|수))|누구(?:한테|에게).{0,10}(?:물|연락|전화|부르|요청)|(?:전문가|담당자|잘 아는 사람|고수).{0,10}(?:누구|있|알려)/i,
  },
  {
    intent: "how-to",
    pattern:
      /\bhow (?:do|can|should|would|to)\b|\b(?:procedure|instructions?|method|way) (?:for|to|of)\b|\bsteps\b|\bprocedures?\b|\btorques?\b|\btighten\w*|\bhow often (?:must|should)\b|\bhow long (?:is|does|should)\b.{0,30}(?:warm-?up|run-?in|take)|\bintervals?\b|\bguide\b|어떻게.{0,20}(?:해|하|교체|바꾸|갈|풀|조이|맞추|청소|조정|확인|점검|설정|잡|재|측정|리셋|초기화|복귀)|(?:방법|절차|순서|요령|하는 ?법|는 ?법|법 ?(?:좀|알려))|(?:교체|청소|점검|조정|측정|시험|검사|교정|급유|윤활|그리스|예열|설정|빼는|가는|푸는|끼우는)\s?(?:절차|방법|순서|주기)|조임\s?토크|토크(?:가|는|값)?\s?(?:얼마|몇)|몇\s?(?:N·?m|뉴턴)|얼마나 자주/i,
  },
  {
    intent: "condition",
    pattern:
      /\b(?:is|are|looks?|running|behaving)\b.{0,50}\b(?:normal|ok(?:ay)?|healthy|fine|all right|abnormal)|\bwhat happened\b|무슨\s?일|뭔\s?일|\banything (?:abnormal|wrong|unusual|off)\b|\b(?:condition|health|status|state) (?:of|check)|how (?:is|are|'s)\b.{0,40}\b(?:doing|running|now|today)|상태.{0,10}(?:어때|어떄|어떤|좀|봐|알려|확인|점검|는|괜찮)|정상(?:이|인|범위|적|입|일|값)|이상\s?(?:없|있|은)|괜찮(?:아|은|나|은가)|어때|멀쩡/i,
    needs: ["machine"],
  },
];

/** Words of trouble: a symptom is described. */
export const symptom =
  /\b(?:wrong|broken|broke|fault|fail(?:s|ed|ing|ure)?|problem|issue|trouble|noise|noisy|sound|vibrat(?:es|ing)|shak\w*|leak\w*|hot|overheat\w*|smoke|smell|stuck|jam\w*|stop(?:s|ped)|won'?t|doesn'?t|not (?:working|starting|moving|closing|opening|heating|cooling)|slow|trip(?:s|ped|ping)?|low pressure|high (?:temperature|pressure)|crack\w*|scrap|burrs?|short shots?|keeps? \w+ing|disappear\w*|losing|weak|sticky|chatter|drift\w*|diagnos\w*|troubleshoot\w*|abnormal|squeal\w*|knock\w*|weird|strange|unusual|what (?:should|do) i check|check first)\b|왜|문제|고장|이상(?!\s?(?:\d|건|몇|있었던|이 있|이 발생|감지))|소리|소음|진동(?:이|도)?\s?(?:심|크|커|나[고는]|있|올라|높|세)|떨[려림]|누유|누설|새[는요고]|샌다|샙|과열|뜨거|뜨겁|연기|냄새|안\s?(?:돼|되|움직|켜|열|닫|나와|잡|올라|떨어|꺼|먹|빠)|멈[춰췄추]|멈[춤]|서버[렸려]|섰|느려|트립|압력이?\s?(?:낮|떨|안)|온도가?\s?(?:높|올라)|크랙|불량이?\s?(?:나|많|늘)|걸[려렸림]|튀[어는]|이상해|덜덜|끽|삐|쇳소리|넘었|넘어섰|초과|\bexceed\w*|끈적|약해|줄어|없어[져지]|자꾸|계속 (?:나|떨어|올라|꺼|멈)|떨어[뜨트]|틀어[져지]|쇼트|높[아은]|낮[아은]|올라가|내려가|\bdrop(?:s|ped|ping)?\b|뭐부터|무엇부터|어디부터|원인/i;
