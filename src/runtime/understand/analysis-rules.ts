import type { Feature } from "./intent-rules.ts";
import type { Intent } from "./understanding.ts";

// Words that ask for something computed: a forecast, a reliability, an OEE. They are narrower than those of
// intent-rules.ts and are looked at first, so that "when will it pass the alarm limit" is not taken for a reading.

export type AnalysisRule = {
  intent: Intent;
  pattern: RegExp;
  /** Where one of these fits too, something else is asked for. */
  unless?: RegExp;
  needs?: Feature[];
  without?: Feature[];
};

/** A record set is spoken of and counted: "고장 작업지시가 가장 많은 설비" is a count, not a reliability. */
const counted =
  /작업\s?(?:지시|오더)|\bwork\s?orders?\b|\bwos?\b|오더|몇\s?(?:건|번|회)|건수|횟수|\bhow many\b|\bnumber of\b|\bcount\b|알람|경보|이벤트|\balarms?\b|\balerts?\b|\bevents?\b|\banomal/i;

const english = {
  alarm: String.raw`\b(?:alarm|alert|warning|trip)s?`,
  limit: String.raw`\b(?:limits?|thresholds?|set\s?points?|levels?|settings?)\b`,
  stop: String.raw`(?:stop|stoppage|shutdown|downtime|trip|alarm|alert|fail|break|broke|fault|went down|died)`,
  lot: String.raw`(?:lots?|batch(?:es)?)`,
  good: String.raw`(?:good|ok|passed|accepted|normal)`,
  bad: String.raw`(?:bad|defective|rejected|failed|ng|scrapped|poor)`,
};
const korean = {
  alarm: "(?:알람|알림|경보|경고|얼럿|알럿|얼러트)",
  limit:
    "(?:기준(?:\\s?(?:값|치|선|점))?|(?<!관리\\s?|규격\\s?)한계(?:\\s?(?:값|치|선))?|임계(?:\\s?(?:값|치))?|설정(?:값|치)|문턱(?:값)?|스레[숄쉬]홀?드|셋팅(?:값)?|세팅(?:값)?)",
  stop: "(?:멈추|멈췄|멈춘|멈출|멈춤|정지|서기|서버리기|섰|고장|트립|알람|경보|다운|비가동|뻗|죽|스톱|나가기|이상(?:\\s?(?:발생|감지|징후|이벤트))?(?=\\s?(?:직전|전|이전)))",
  bad: "(?:불량|부적합|나쁜|안\\s?좋은|NG|엔지|불합격|문제)",
  good: "(?:양품|정상|좋은|합격|OK|오케이|괜찮은|멀쩡한)",
};
const any = (...parts: string[]): RegExp => new RegExp(parts.join("|"), "i");

export const analysisRules: AnalysisRule[] = [
  {
    intent: "alarm-limit",
    pattern: any(
      String.raw`\b(?:re-?calibrat|re-?tun|re-?set|re-?think|re-?view|re-?visit|adjust|tun|revis|check|optimi[sz]|loosen|tighten|propos|suggest|recommend)\w*\b.{0,60}${english.alarm}\b.{0,40}${english.limit}`,
      String.raw`${english.alarm}\b.{0,25}${english.limit}.{0,50}(?:\bright\b|\bcorrect\b|appropriate|too (?:low|high|tight|loose|sensitive|strict)|re-?calibrat|re-?tun|review|still (?:fit|ok|right|valid)|make sense|reasonable)`,
      String.raw`\b(?:too (?:low|high|tight|sensitive)|right|correct|appropriate|reasonable)\b.{0,20}${english.alarm}\b.{0,12}${english.limit}`,
      String.raw`\b(?:what|where) should\b.{0,40}${english.alarm}\b.{0,12}(?:${english.limit}|be set)`,
      String.raw`\bfalse alarms?\b.{0,60}${english.limit}|${english.limit}.{0,60}\bfalse alarms?\b`,
      String.raw`\b(?:re-?calibrat|re-?tun)\w*\b.{0,40}${english.limit}`,
      `${korean.alarm}.{0,14}${korean.limit}.{0,16}(?:(?:다시|재)\\s?(?:잡|설정|검토|산정|정해|정하|맞춰|조정|봐|계산|세팅|셋팅)|적절|적정|적당|맞(?:아|나|는|지|을|습)|검토|추천|제안|조정|올바|타당|너무|얼마(?:로|가).{0,6}(?:좋|맞|적|해야|할)|손\\s?(?:봐|볼|보)|(?:올려야|낮춰야|바꿔야|고쳐야)\\s?(?:할|하|돼|되|해)?|\\d\\S{0,6}?로\\s?(?:하면|두면|올리면|낮추면|내리면|바꾸면|잡으면))`,
      `(?<!관리\\s?)${korean.limit}.{0,10}(?:(?:다시|재)\\s?(?:잡|검토|산정|설정|조정|계산|정해)|재검토|재산정|재설정)`,
      `${korean.alarm}\\s?\\d+(?:\\.\\d+)?\\S{0,6}\\s?(?:이|가|은|는)?\\s?(?:적정|적당|적절|맞(?:아|나|는)|너무\\s?(?:높|낮))`,
      `${korean.alarm}.{0,24}(?:너무|자주|계속|맨날|헛|오작동|뻑하면).{0,30}${korean.limit}`,
    ),
    unless:
      /관리\s?(?:한계|도)|\bcontrol (?:chart|limit)|\d\s?\S{0,6}(?:으로|로)\s?(?:바꿔|변경|설정|맞춰|올려|낮춰|내려|조정)\s?(?:줘|해|라|놔)|\b(?:set|change|raise|lower|increase|decrease|adjust)\b.{0,50}\b(?:to|at)\s+-?\d/i,
  },
  {
    intent: "alarm-limit",
    pattern: /\bfalse alarms?\b|헛\s?알람|오\s?알람|거짓\s?알람|(?:알람|경보).{0,14}(?:헛|너무\s?(?:민감|예민))/i,
    needs: ["tag"],
    without: ["measure"],
  },
  {
    intent: "drift",
    pattern: any(
      String.raw`\b(?:what|which|anything|something|who|sensors?)\b.{0,50}\b(?:drift|chang|mov|deviat|creep|crept|shift|rose|rise|fell|fall|happen|differ|odd|abnormal|unusual|off|announc|preced|warn|lead)\w*\b.{0,60}\b(?:before|ahead of|prior to|leading up to|run-?up to|preced\w+)\b.{0,40}${english.stop}`,
      String.raw`\b(?:before|ahead of|prior to|leading up to|in the run-?up to)\b.{0,40}${english.stop}.{0,50}\b(?:what|which)\b.{0,30}\b(?:drift|chang|mov|deviat|differ|was off)\w*`,
      String.raw`\bwhat (?:announces|precedes|gives away|warns of)\b.{0,50}${english.stop}`,
      String.raw`\b(?:precursors?|early (?:signs?|warnings?)|leading indicators?|warning signs?)\b.{0,40}${english.stop}`,
      `${korean.stop}.{0,10}(?:직전|전(?:에|\\s)|앞서|이전|앞두고).{0,30}(?:변(?:하|한|했|화|해|동)|달라|다른|바뀌|바뀐|틀어|드리프트|움직|이상(?:했|하|한)|징후|전조|조짐|벗어|올라|올랐|떨어|수상|쏠렸|튀었)`,
      "(?:뜨|울리|나|터지|걸리|발생하|생기)기\\s?(?:직전|전(?:에|\\s)).{0,30}(?:변(?:하|한|했|화|해|동)|달라|다른|바뀌|틀어|이상(?:했|하|한)|징후|전조|조짐|올라|올랐|떨어|튀었)",
      "(?:정지|멈춤|고장)\\S{0,3}\\s?공통점",
      `(?:전조|조짐|사전\\s?(?:신호|징후)).{0,24}${korean.stop}|${korean.stop}.{0,12}(?:전조|조짐|사전\\s?(?:신호|징후))`,
      `(?:뭐|무엇|무슨|어떤|어느).{0,14}(?:변했|달라졌|바뀌었|바뀌고|변하고|틀어졌).{0,20}${korean.stop}`,
    ),
    unless: /\bmanual\b|\bdocument|매뉴얼|문서|개정|절차/i,
  },
  {
    intent: "forecast",
    pattern: any(
      String.raw`\bwhen\b.{0,12}(?:\bwil+\b|\bis\b.{0,30}\bgoing to\b|'ll\b|\bmight\b|\bshould (?:i|we) expect\b|\bdoes\b(?=.{0,40}\bclog)).{0,60}\b(?:clog|block|plug|reach|hit|exceed|cross|trip|fail|run (?:out|dry|low)|wear out|go (?:over|above|below|past|beyond)|get (?:to|clogged|blocked)|climb|drop below|give (?:out|up)|(?:be|get) (?:full|empty|clogged|blocked|worn|over|past)|pass (?:its|the|an?|that)?\s?(?:\w+ )?(?:alarm|limit|threshold))\w*`,
      String.raw`\bhow (?:long|many (?:days|hours|weeks|months))\b.{0,40}\b(?:until|till|before)\b.{0,50}\b(?:clog|block|limit|alarm|threshold|trip|fail|full|empty|worn|dead|dies|gives? (?:out|up))\w*`,
      String.raw`\bhow (?:long|many (?:days|hours|weeks|months))\b.{0,30}\b(?:will|can)\b.{0,40}\b(?:last|hold(?: out)?|survive|keep (?:going|running))\b`,
      String.raw`\b(?:forecast|predict|prognos|extrapolat)\w*\b.{0,60}\b(?:limit|alarm|clog|fail|filter|wear|trend|threshold|vibration|temperature|pressure)\w*`,
      String.raw`\bremaining (?:useful )?life\b|\btime to (?:limit|alarm|failure|threshold)\b|\bRUL\b`,
      "언제(?:쯤|까지|면)?.{0,25}(?:막히(?:지|나|냐|니|겠|려|는|게|$|\\s|\\?)|막혀(?![었서])|막힐|맥히|맥혀|닿(?:아|을|나|겠|는|지)|도달(?:해|하|할)|넘(?:을|어(?!가?[갔섰온왔])|겠|나(?:요)?\\b|니|지)|버티|버틸|버텨|다\\s?(?:차|될)|꽉\\s?(?:차|찰)|고갈|바닥|터질|나갈까|초과(?:할|하(?:나|지|겠|게))|찰까|수명\\s?(?:이\\s?)?(?:다|끝))",
      "(?:며칠|얼마나|몇\\s?(?:일|시간|주|달|개월)).{0,10}(?:더\\s?)?(?:버티|버틸|버텨|쓸\\s?수|견디|견딜|돌릴\\s?수|갈까|가겠)",
      String.raw`\bwill\b.{0,30}\b(?:make it|last|hold(?: out| up)?|survive)\b.{0,20}\b(?:through|until|till|to)\b`,
      "까지\\s?(?:는\\s)?(?:버틸|버티|버텨|견딜|괜찮을까|괜찮겠|무사)",
      "(?:막힐|막히|넘을|닿을|도달할|터질)\\s?(?:때|날|시점).{0,10}(?:언제|며칠|얼마|예측|알려)",
      "(?:한계|알람|수명|고장|도달|막힘|추세|교체\\s?시점).{0,12}(?:예측|예상(?:해|좀|하|이|되|은|일))|예측.{0,30}(?:한계|알람|수명|고장|도달|막)",
      "언제.{0,25}(?:밑|아래|이하|위|이상)(?:으?로)?\\s?(?:떨어(?:져(?![었서])|질|지)|내려(?:가(?!았)|갈)|올라(?:가(?!았)|갈))",
      "잔여\\s?수명|남은\\s?수명|수명.{0,6}(?:얼마나?\\s?남|며칠\\s?남)",
    ),
    unless:
      /\b(?:job |production |work )?orders?\b|\bdeliver|\bshift\b|\bparts? (?:arrive|come)|\bmanual\b|오더|주문|납기|매뉴얼|재고|warm-?up|마모\s?한계(?!.{0,8}언제)|넘었|막혔|닿았|도달했/i,
  },
  {
    intent: "oee",
    pattern:
      /\boee\b|\boverall equipment effect|\butili[sz]ation\b|\bperformance (?:rate|ratio|loss)|\bquality (?:rate|ratio)\b|설비\s?종합\s?효율|종합\s?효율|(?<!비\s?)가동[률율]|성능[률율]|양품[률율]|오이이|(?:설비|생산|라인)\s?효율|생산성.{0,10}(?:왜|안\s|낮|떨어|어때|얼마|나빠)|왜.{0,14}생산성|(?:가용|성능|품질|속도)\s?(?:손실|로스)|\b(?:availability|performance|quality|speed) loss/i,
    unless: /\bparts?\b|\bspares?\b|\bstock\b|부품|재고|불량\s?(?:유형|률|율)/i,
  },
  {
    intent: "oee",
    pattern: /\bavailability\b|\byield\b|(?<!비\s?)가동\s?시간(?!\s?(?:마다|기준|당|\d))/i,
    without: ["measure", "tag"],
    unless: /\bparts?\b|\bspares?\b|\bstock\b/i,
    needs: ["machine"],
  },
  {
    intent: "energy",
    pattern:
      /\btoo much (?:power|energy|electricity)\b|\b(?:energy|electricity) (?:use|usage|consumption)\b|(?:전력|전기|에너지)\s?(?:사용량|소비량|소모량)|(?:전기|전력|에너지).{0,10}(?:너무|많이)\s?(?:먹|써|쓰|썼)/i,
    without: ["tag", "measure"],
  },
  {
    intent: "energy",
    pattern:
      /\b(?:energy|power|electricity|kwh|kw-?h|compressed air|gas)\b.{0,30}\b(?:per|each|a|for (?:each|every|one))\s?(?:single )?(?:good |produced |finished |ok )?(?:part|piece|unit|product|item|kg|ton)s?\b|\b(?:specific energy|energy intensity|energy efficiency)\b|\bk?wh\s?(?:\/|per)\s?(?:ea|pc|pcs|piece|part|unit|kg)\b|(?:개당|낱개당|제품당|양품당|대당|단위당|생산량당|1개당|한\s?개(?:당|에)?(?:\s?만드는)?).{0,14}(?:전력|전기|에너지|kwh|소비량|전기세|전기료)|(?:전력|전기|에너지|kwh).{0,14}(?:개당|제품당|양품당|단위당|생산량당|한\s?개)|(?:전력|전기|에너지)\s?원단위/i,
  },
  {
    intent: "alarm-review",
    pattern:
      /\b(?:alarm|alert)s?[\s-]?(?:flood|storm|shower|load|burst|rate|performance|rationali[sz]|management (?:kpi|metric))\w*\b|\bfloods? of (?:alarm|alert)s?\b|\bchatter\w*\b.{0,40}\b(?:alarm|alert)s?\b|\b(?:alarm|alert)s?\b.{0,40}\bchatter|\bnuisance\b.{0,20}\b(?:alarm|alert)s?\b|\b(?:alarm|alert)s?\b.{0,20}\bnuisance\b|\b(?:standing|stale|fleeting) alarms?\b|\bbad[\s-]actor alarms?\b|\bisa[\s-]?18\.?2\b|\beemua\b|\bfalse alarms?\b|(?:알람|알림|경보|얼럿)\s?(?:홍수|폭주|폭탄|폭풍|범람|부하|남발|도배)|(?:알람|알림|경보|얼럿).{0,14}(?:쏟아|폭주|채터링|깜[빡박]|들락날락|떴다\s?(?:꺼|사라|안))|채터링.{0,14}(?:알람|알림|경보|얼럿)|(?:헛|잔소리|성가신|쓸데없는|불필요한|귀찮은|거짓)\s?(?:알람|알림|경보|얼럿)|오래\s?켜져\s?있는\s?(?:알람|알림|경보|얼럿)|(?:알람|알림|경보|얼럿)\S?\s?(?:너무|왜\s?이리|왜\s?이렇게|겁나|엄청)\s?(?:많|자주)|\btoo many (?:alarm|alert)s\b|\bannoying alarms?\b|\balarms?\b.{0,30}\boperators?\b|\boperators?\b.{0,30}\balarms?\b.{0,20}\b(?:hour|day|shift|load)|(?:깜[빡박]|들락|껐다\s?켰|떴다\s?꺼)\S*\s?(?:알람|알림|경보|얼럿)|(?:알람|알림|경보|얼럿)\s?관리\s?(?:지표|상태|성능|수준)/i,
    without: ["code"],
  },
  {
    intent: "compare-lots",
    pattern: any(
      `\\b${english.bad}\\b.{0,40}\\b${english.good}\\b.{0,16}\\b${english.lot}\\b|\\b${english.good}\\b.{0,40}\\b${english.bad}\\b.{0,16}\\b${english.lot}\\b`,
      `\\b(?:what|how|why)\\b.{0,40}\\b${english.bad} ${english.lot}\\b.{0,30}\\b(?:differ|different|in common|special|apart)\\b`,
      `\\b(?:what|how)\\b.{0,30}\\b(?:differ|different|in common|special|sets apart)\\w*\\b.{0,30}\\b${english.bad} ${english.lot}\\b`,
      `${korean.bad}\\s?(?:난|나온|품|품이)?\\s?(?:로트|롯트|배치|lot).{0,16}${korean.good}|${korean.good}\\s?(?:로트|롯트|배치|lot).{0,16}${korean.bad}`,
      `${korean.bad}\\s?(?:난|나온|품)?\\s?(?:로트|롯트|배치|lot)\\S{0,3}\\s?(?:들은\\s?)?.{0,14}(?:특징|공통|차이|달라|다른|다르|왜\\s?(?:그래|그런))`,
    ),
    unless: /\bhold\b|\bquarantine|보류|격리|홀드/i,
  },
  {
    intent: "compare-lots",
    pattern:
      /왜.{0,8}(?:불량|나빠|안\s?좋|불합격)|(?:정상|양품|좋은|다른|합격)\s?(?:로트|롯트|것|거|놈).{0,10}(?:비교|차이|달라|다른)|비교.{0,14}(?:정상|양품|좋은)|\bwhy\b.{0,40}\b(?:bad|defective|scrap\w*|reject\w*|fail\w*|sorted)\b|\b(?:differ\w*|compar\w*)\b.{0,50}\b(?:good|other|normal)\b/i,
    needs: ["lot"],
    unless: /\bhold\b|\bquarantine|보류|격리|홀드/i,
  },
  {
    intent: "genealogy",
    pattern:
      /어디\S{0,3}.{0,8}(?:갔|들어|쓰|썼|나갔|퍼|보냈|출하)|쓴|쓰인|썼|들어[간갔]|고객|납품|출하|자재|원료|만들|추적|공급|\btrac|\bcustomers?\b|\baffect|\bused?\b|\bgo\b|\bwent\b|\bmade (?:from|of|out)|\bcame\b|\bcontain|\bsuppl|\bsame\b.{0,30}\bas\b/i,
    needs: ["lot"],
    without: ["measure"],
    unless: /\bhold\b|\bquarantine|보류|격리|홀드|묶어/i,
  },
  {
    intent: "genealogy",
    pattern: any(
      String.raw`\b(?:what|which|where)\b.{0,40}\b${english.lot}\b.{0,40}\b(?:go(?:es)?|went|gone|end(?:ed)? up|got used|be(?:en)? used|was used|were used|come|came|made (?:from|of|out)|consumed?|built into|shipped)\b`,
      String.raw`\bwhere\b.{0,20}\b(?:did|does|has|have|is|was)\b.{0,30}\b(?:${english.lot}|material)\b.{0,30}\b(?:go|gone|went|end|used|come|shipped)\b`,
      String.raw`\b(?:which|what)\b.{0,14}\b(?:${english.lot}|products?|orders?|customers?)\b.{0,30}\b(?:use|used|contain|contains|contained|got|received|made (?:from|with)|affected by)\b.{0,40}\b(?:${english.lot}|material|resin|coil|bar)\b`,
      String.raw`\btrac(?:e|ing|eability)\b.{0,40}\b(?:${english.lot}|material)\b|\b(?:${english.lot})\b.{0,30}\btrac(?:e|ing|eability)\b|\b(?:genealogy|where-used|family tree)\b`,
      "(?:로트|롯트|배치|lot).{0,16}(?:어디(?:로|에|까지|서)|추적|계보|족보|흘러|퍼졌|들어갔)",
      "(?:자재|원자재|원료|소재|원소재|수지|코일|로트|롯트).{0,8}(?:쓴|쓰인|들어간|투입(?:된|한)|사용(?:된|한)|섞인|먹인)\\s?(?:제품|완제품|로트|롯트|오더|데|곳|배치|놈|거|것)",
      "(?:어느|무슨|어떤)\\s?(?:로트|롯트|자재|원자재|원료|소재|수지|코일).{0,16}(?:만들|만든|썼|쓰였|들어갔|들어간|사용|투입)",
      String.raw`\bwhat\b.{0,12}\b(?:went|goes|was put) into\b.{0,14}\b(?:${english.lot}|it)\b`,
      "(?:로트|롯트|배치|lot)\\S{0,1}에\\s?(?:들어간|쓰인|쓴|투입(?:된|한)|사용(?:된|한)|뭐)",
      "(?:로트|롯트)\\S{0,2}\\s?(?:뭐|무엇|무슨)\\S{0,3}\\s?(?:로|으로)?\\s?(?:만들|썼)",
      "역\\s?추적|정\\s?추적|(?:로트|제품|이력)\\s?추적|계보\\s?(?:좀|보여|알려|뽑)",
    ),
    unless: /\bhold\b|\bquarantine|보류|격리|홀드|묶어/i,
  },
  {
    intent: "downtime-causes",
    pattern:
      /\b(?:downtime|stop(?:page)?s?|losses)\b.{0,30}\bpareto\b|\bpareto\b.{0,40}\b(?:downtime|stop|stoppage|loss)|(?:비가동|정지|멈춤|다운타임|유실)\S{0,2}\s?(?:원인|사유|이유|시간)?\S{0,2}\s?(?:파레토|순위|랭킹)|파레토.{0,12}(?:비가동|정지|멈춤)/i,
  },
  {
    intent: "downtime-causes",
    pattern:
      /\bwhat\b.{0,6}\b(?:stopped|cost|kept|held|caused|brought)\b.{0,50}\b(?:most|longest|downtime|down)\b|\b(?:top|main|biggest|worst|largest|leading) (?:downtime |stop(?:page)? )?(?:reasons?|causes?)\b.{0,40}\b(?:stop|stops|stopped|down|downtime|standstill)|\bwhy (?:did|does|do|was|were|is)\b.{0,40}\b(?:stop(?:ped)?|stand|stood|down)\b.{0,14}\b(?:so (?:much|long|often)|the most|most)\b|(?:뭐|뭣|무엇|무슨\s?(?:이유|원인|일|사유)|어떤\s?(?:이유|사유|원인)|왜).{0,14}(?:제일|가장|젤|많이|오래|자주|그렇게).{0,8}(?:섰|서\s?있|멈췄|멈춰|정지|서는|서냐|놀았|쉬었|죽었|내려갔)|\bwhich (?:machine|line|equipment|unit)\b.{0,20}\b(?:down|stopped|stood(?: still)?|idle)\b.{0,14}\b(?:longest|most)|(?:제일|가장|젤)\s?(?:오래|많이)\s?(?:선|멈춘|서\s?있던|정지한)\s?(?:설비|기계|장비|라인|호기)|(?:어느|어떤)\s?(?:설비|기계|장비|라인)\S{0,2}\s?(?:\S+\s)?(?:제일|가장|젤)\s?(?:오래|많이)\s?(?:섰|멈췄|서\s?있)|(?:제일|가장|젤)\s?(?:오래|많이|자주)\s?(?:선|멈춘|정지한|쉰|논|죽은)\s?(?:이유|원인|사유)/i,
    without: ["measure", "code"],
  },
  {
    intent: "reliability",
    pattern:
      /\bmtbf\b|\bmttf\b|\bmttr\b|\bmean time (?:between|to)\b|\bweibull\b|\breliab(?:le|ility)\b|\bbad[\s-]actors?\b|\bfailure rate\b|\bwear-?out (?:failure|pattern)s?\b|와이블|신뢰성|고장[률율]|고장\s?간격|평균\s?고장\s?(?:간격|시간)|고질\s?(?:설비|기계|장비|병)|(?:제일|가장)\s?(?:잦은|흔한)\s?고장|(?:설비|기계)\s?신뢰도/i,
    unless:
      /\b(?:sensor|data|answer|source|readings?)\b.{0,20}\breliab|\breliab\w+\b.{0,20}\b(?:sensor|data|answer|source)|센서.{0,8}신뢰/i,
  },
  {
    intent: "reliability",
    pattern:
      /\b(?:which|what)\b.{0,40}\b(?:machine|equipment|line|unit|one)s?\b.{0,40}\b(?:fails?|breaks? down|broke down|failed|break)\b.{0,25}\b(?:most|often|frequently)\b|\bwhich (?:parts?|components?)\b.{0,20}\b(?:fails?|failed|breaks? down|broke)\b.{0,20}\b(?:most|often)|\bwhich (?!parts?\b|components?\b|sensors?\b|codes?\b|alarms?\b)\w+(?: \w+)? (?:fails?|failed|breaks? down|broke down)\b.{0,25}\b(?:most|often|frequently)\b|\b(?:worst|least reliable|most unreliable|most troublesome|problem) (?:machine|equipment|unit|asset)s?\b|(?:어느|어떤|무슨|제일|가장|젤)\s?(?:설비|기계|장비|호기|라인|놈|게|자주|많이|잘).{0,20}(?:고장|뻗|퍼지|퍼져|망가)|믿을\s?만한?\s?(?:설비|기계|장비|게|놈)|(?:더|덜)\s?(?:자주|많이|잘)\s?(?:고장|뻗|퍼지|망가)|\bhow often (?:does|do|did|has|have)\b.{0,50}\b(?:fail|failed|break|broken|broke)\b|(?:말썽|속\s?썩이|사고뭉치|골칫덩|애물단지).{0,14}(?:설비|기계|장비|호기|어느|누구|뭐)|(?:어느|제일|가장|어떤).{0,14}(?:말썽|속\s?썩|골칫)/i,
    unless: counted,
  },
  {
    // "제일 자주 서는 설비": stops by machine.
    intent: "reliability",
    pattern:
      /(?:제일|가장|젤)\s?(?:자주|많이|잘)\s?(?:서[는나냐네던]|섰|멈[추춘췄추는]|멎|정지|고장|뻗|퍼지|퍼지는)\S{0,6}\s?(?:설비|기계|장비|호기|라인|놈|게|건)|(?:설비|기계|장비|호기|라인|놈)\S{0,2}\s?(?:제일|가장|젤)\s?(?:자주|많이|잘)\s?(?:서[나냐는]?|섰|멈|멎|정지)|\bwhich\b.{0,20}\b(?:machine|equipment|line|unit)s?\b.{0,20}\bstop(?:s|ped)?\b.{0,12}\b(?:most often|most frequently|most)\b/i,
    unless: counted,
  },
  {
    intent: "reliability",
    pattern:
      /수명.{0,8}(?:얼마|몇|어느\s?정도|길|짧|예상|어때|분석)|(?:고장|자주).{0,8}(?:얼마나\s?자주|며칠에\s?한|몇\s?(?:일|달|주)에\s?한)|\b(?:how long|what)\b.{0,30}\b(?:lifetime|service life|life expectancy)\b|\bhow long do(?:es)?\b.{0,40}\blast\b/i,
    needs: ["machine"],
    without: ["code"],
  },
  {
    // With something of the records by name; of a machine or sensor alone its state is meant.
    intent: "in-control",
    pattern:
      /\b(?:un)?stable\b|\bstability\b|\bunder (?:statistical )?control\b|\bstatistical control\b|안정(?:적|되|돼|됐|화|한|해|하)|불안정|들쭉날쭉|(?:산포|편차|변동)(?:가|이)?\s?(?:크|심|커)/i,
    needs: ["linked"],
    without: ["code", "tag", "measure", "lot"],
    unless: /\bmanual\b|\bdocument|\bhow (?:do|to|can)\b|매뉴얼|문서|절차|방법|어떻게/i,
  },
  {
    intent: "in-control",
    pattern:
      /\bprocess(?:es)?\b.{0,60}\b(?:un)?stable\b|\b(?:un)?stable\b.{0,30}\bprocess|\bprocess stability\b|공정.{0,20}안정|안정.{0,10}공정/i,
    without: ["code", "tag", "measure", "lot", "machine"],
    unless: /\bmanual\b|\bdocument|\bhow (?:do|to|can)\b|매뉴얼|문서|절차|방법|어떻게/i,
  },
];
