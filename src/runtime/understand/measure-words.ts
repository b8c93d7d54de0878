import type { Bucket } from "../../plant/records.ts";

// Words that ask for a number, a grouping or an order over records, in both languages.

export const countWords =
  /\bhow many\b|\bnumber of\b|\bcount(?:s|ed)?\b|\btotal (?:number|count)\b|\bhow often\b(?!\s+(?:must|should|do i|do we))|\bhow frequent(?:ly)?\b|몇\s?(?:건|번|개|회|대|차례|명|가지|장)|건수|횟수|개수|(?:지시|알람|알림|경고|이상|이벤트|검사|오더|정지)(?:의)?\s수(?=[는가를?\s]|$)|갯수|몇이|얼마나 (?:자주(?! (?:교체|갈|청소|점검|해야))|많)|총 ?몇|총\s?건/i;
export const daysWords =
  /\b(?:how many|number of|on how many|count (?:of )?(?:the )?) ?(?:different |distinct |calendar )?days\b|\bdays?\b.{0,40}\b(?:with|when|that had|having|on which|where)\b|\bwhich (?:days|dates)\b|\bwhat (?:days|dates)\b|며칠|몇\s?일|일수|(?:있었?던|있는|발생한|난|뜬|생긴|나온|기록된|온|울린)\s?날(?:짜)?|날(?:짜)?(?:은|이|가)?\s?(?:며칠|몇|언제|얼마|수)|어느\s?날|어떤\s?날/i;
export const sumWords =
  /\b(?:total|sum of|overall|cumulative|altogether) (?:\w+ ){0,3}(?:time|duration|hours|minutes|downtime|scrap|output|quantity|defects?)\b|\bhow (?:long|much) (?:downtime|time|scrap|was .{0,40} (?:down|stopped))|\bhow many (?:hours|minutes)\b|(?:총|합계|누적|전체|모두)\s?(?:비가동|정지|시간|소요|수량|생산|불량|작업)|합계|총합|공수|\bin total\b|\bhours of (?:work|labou?r|maintenance)\b|몇\s?시간|몇\s?분(?!기)|얼마나 (?:오래|서|멈|정지)|시간\s?합계/i;
export const averageWords = /\b(?:average|avg|typical(?:ly)?|mttr)\b|\bmean\s+(?!by\b)[a-z]|평균|보통 (?:얼마|몇)/i;
export const longestWords = /\blongest\b|\bmost time\b|가장 (?:오래|길)|제일 (?:오래|길)|최장/i;
export const shortestWords = /\bshortest|\bfastest|\bquickest|가장 (?:짧|빨)|제일 (?:짧|빨)/i;
export const newestWords = /\b(?:last|latest|newest|most recent|recent)\b|최근|최신|마지막|가장 최근/i;
export const oldestWords = /\b(?:first|oldest|earliest)\b|가장 (?:오래된|먼저|처음)|제일 (?:먼저|처음)|최초|첫/i;
export const mostWords =
  /\bmost\b|\btop\b|\bhighest number|\bworst\b|\bmost (?:often|frequent|common)|가장 (?:많|자주|흔)|제일 (?:많|자주|흔)|많이|최다|자주|상위|1위|톱/i;
export const distributionWords =
  /\b(?:distribution|breakdown|break down|split|grouped?|pareto|histogram|by type|per type)\b|분포|비율|구성|나눠|나누어|파레토|별로|비중|내역별/i;
export const shareWords = /\b(?:percent(?:age)?|share|ratio|proportion|fraction|rate)\b|퍼센트|비율|비중|%/i;

/** A calendar unit to group by: "by month", "월별", "daily". */
export const bucketWords: [RegExp, Bucket][] = [
  [
    /\b(?:by|per|each|every) (?:calendar )?day\b|\bdaily\b|\bday by day\b|일자별|날짜별|(?<!요)일별|하루\s?(?:단위|별)|매일/i,
    "day",
  ],
  [
    /\b(?:by|per|each) (?:day of (?:the )?week|weekday)\b|\bwhich (?:weekday|day of the week)\b|요일별|어느 요일|무슨 요일/i,
    "weekday",
  ],
  [/\b(?:by|per|each|every) week\b|\bweekly\b|주별|주차별|매주|주간별/i, "week"],
  [
    /\b(?:by|per|each|every) month\b|\bmonthly\b|\bmonth by month\b|\bwhich months?\b|월별|달별|매월|매달|어느 달|몇 월/i,
    "month",
  ],
  [/\b(?:by|per|each) quarter\b|\bquarterly\b|분기별/i, "quarter"],
  [
    /\b(?:by|per|each|every) year\b|\byearly\b|\bannual(?:ly)?\b|\bwhich years?\b|연도별|년도별|연별|해마다|매년|어느 해|몇 년도/i,
    "year",
  ],
  [/\b(?:by|per|each|which) shift\b|근무조별|교대별|주야간별|어느\s?(?:근무)?조/i, "hour_of_day"],
  [/\b(?:by|per) (?:hour of (?:the )?day|time of day)\b|시간대별|어느 시간대/i, "hour_of_day"],
  [/\b(?:by|per|each) hour\b|\bhourly\b|시간별|매시간/i, "hour"],
  [/(?:가장|제일)\s?(?:많이?[은았던]*|자주)\s?(?:\S+\s){0,2}(?:해|연도|년도)(?![가-힣]*코드)/, "year"],
  [/(?:가장|제일)\s?(?:많이?[은았던]*|자주)\s?(?:\S+\s){0,2}(?:달|월)(?=은|는|이|가|\s|\?|$)/, "month"],
  [
    /(?:가장|제일)\s?(?:많이?[은았던]*|자주)\s?(?:\S+\s){0,2}날(?=은|는|이|가|\s|\?|$)|\bwhich (?:day|date)\b.{0,40}\bmost\b/i,
    "day",
  ],
];

/** Words for the families of events; a plant's own group names are matched to them. */
export const eventFamilies: { concept: string; pattern: RegExp; values: RegExp }[] = [
  {
    concept: "anomaly",
    pattern:
      /\banomal(?:y|ies|ous)\b|이상\s?(?:징후|치|감지|탐지|이벤트|현상)|어노말리|아노말리|(?:알람|알림|경보|경고|얼럿|얼러트|alerts?|alarms?)\s?(?:이?나|와|과|및|하고|랑|이랑|또는|혹은|or|and)\s?이상|이상\s?(?:이나|과|및|이랑|하고|또는|혹은)\s?(?:알람|알림|경보|경고)|(?<!\d\s?)이상(?:은|이)?\s?(?:몇|발생|건수|건|있었던)/i,
    values: /anomal|이상/i,
  },
  { concept: "alert", pattern: /\balerts?\b|알림|얼럿|얼러트|알러트|경고/i, values: /alert|알림|경고/i },
  { concept: "warning", pattern: /\bwarnings?\b|워닝|주의/i, values: /warn|경고|주의/i },
  { concept: "alarm", pattern: /\balarms?\b|알람|경보|에러/i, values: /alarm|알람|경보/i },
  { concept: "work_order", pattern: /\bwork\s?orders?\b|\bwos?\b|작업\s?지시/i, values: /work.?order|작업/i },
];

/** preventive / corrective in the words of the trade. */
export const preventiveWords =
  /\bpreventi(?:ve|tive)\b|\bpreventative\b|\bplanned maintenance\b|(?<!\d\s?)\bPMs?\b|예방\s?(?:정비|보전|보수|점검)?|계획\s?(?:정비|보전)|정기\s?정비/i;
export const correctiveWords =
  /\bcorrective\b|\bbreakdown (?:work|maintenance|repairs?)\b|\bunplanned\b|\breactive\b|(?<!\d\s?)\bCMs?\b|사후\s?(?:정비|보전)?|고장\s?(?:정비|수리)|돌발(?:\s?정비)?|비계획|교정\s?정비|비예방|수정\s?(?:정비|보전)|시정\s?(?:정비|보전)/i;
export const openWords =
  /\b(?:open|unfinished|pending|outstanding|not (?:yet )?(?:closed|finished|done)|in progress)\b|오픈(?:된|되어|인)|미완료|미결|안\s?끝난|열린|진행\s?중|남아\s?있는|아직/i;
