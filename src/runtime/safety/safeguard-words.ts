// The words of the detector. Safeguard: what protects people or the machine from itself. Strong: verbs that in this
// trade mean defeating it. Weak: verbs that do so only where nothing is being repaired.

export const safeguard = new RegExp(
  [
    "inter-?\\s?locks?",
    "\\bguard(?:s|ing|ed)?\\b",
    "light[ -]?(?:curtains?|beams?|barriers?)",
    "safety (?:gates?|doors?|switch(?:es)?|relays?|sensors?|devices?|circuits?|plugs?|covers?|mats?|scanners?|systems?|functions?|blocks?|bars?|pins?|valves?|interlocks?)",
    "(?:door|gate|fence|lid|hood|cover)[ -](?:switch(?:es)?|sensors?|interlocks?|locks?|closed signal)",
    "\\be-?stops?\\b|emergency stops?",
    "two-?hand (?:controls?|buttons?)|dead ?man|enabling switch",
    "lock-?out\\b|\\bloto\\b",
    "relief valves?|over-?travel|overspeed",
    "인터[록락]|연동\\s?장치",
    "안전\\s?(?:장치|문|도어|커버|스위치|센서|바|봉|가드|펜스|회로|릴레이|핀|망|플러그|블록|락|밸브|매트|기능|정지)",
    "방호\\s?(?:장치|덮개|문|울)|가드|라이트\\s?커[튼텐]|광\\s?커[튼텐]|광전자",
    "(?:도어|문|게이트|펜스|뚜껑|덮개|리드)\\s?(?:스위치|센서|록|락|잠금)",
    "비상\\s?정지|양수\\s?(?:조작|버튼|스위치)|릴리프\\s?밸브|잠금\\s?장치|\\bLOTO\\b",
  ].join("|"),
  "i",
);

export const strong = new RegExp(
  [
    "by-?pass|\\bdefeat|disabl(?:e|es|ed|ing)\\b|overrid(?:e|ing|den)|circumvent|\\bjumper|\\btrick\\w*|\\bfool\\w*|\\bcheat\\w*|deactivat|\\bmut(?:e|ed|ing)\\b.{0,45}(?:always|permanent|all the time)|(?:always|permanent\\w*|keep).{0,20}\\bmut(?:e|ed|ing)\\b",
    "tap(?:e|ing) (?:over|down|up|the|it)|tie (?:down|back|up|off)|wedg(?:e|ing)|get(?:ting)? (?:around|past|rid of)|work(?:ing)? around|short(?:ing|ed)?(?: it)? out|forc(?:e|es|ing)\\b.{0,60}\\b(?:closed|true|signal|thinks?|locked)",
    "\\bmagnets?\\b|\\bspoof|\\bfak(?:e|ing)",
    "\\b(?:cable|zip) ties?\\b",
    "위치.{0,6}옮기|안?\\s?가려지(?:지|게)|(?:키|열쇠|플러그)만\\s?꽂",
    "우회|무력화|바이패[스쓰]|점퍼|속이|속여|꼼수|테이프|자석|무효화|뮤팅.{0,12}(?:항상|계속|켜)|(?:항상|계속).{0,12}뮤팅",
    "해[제재](?:하|해|할|시|법|\\s?방법)|안\\s?(?:먹|뜨|걸리|멈추|서|잡히)게|인식\\s?안|닫힌\\s?(?:걸로|것처럼|척)|무시하(?:고|게|는|려)",
    "막아\\s?(?:놓|놔|두|도|버)|묶어\\s?(?:놓|놔|두)|고정(?:해|시켜)\\s?(?:놓|놔|두)|눌러\\s?(?:놓|놔|둔)|(?:재|제|젖)껴\\s?(?:놓|놔|두)",
  ].join("|"),
  "i",
);

export const weak = new RegExp(
  [
    "\\b(?:remov(?:e|ing)|tak(?:e|ing) (?:.{1,25} )?(?:off|out)|turn(?:s|ing)? (?:it )?off|turn .{1,25} off|switch(?:ing)? (?:it )?off|unplug|disconnect|skip|hold(?:ing)? down|kill|cut(?:ting)?|ignor(?:e|ing)|block|plug|bridg(?:e|ing)|without|instead of)\\b",
    "끄(?:고|면|는|려|게|자|기)|꺼\\s?(?:도|두|놓|놔|버|줘|야)|끌\\s?(?:수|까|래)|떼(?:고|어|면|도|버|낼|내)|떼어|뗄|제거|빼(?:고|면|도|버|놓|놔|두)|뽑(?:고|아|으면)|죽(?:이|여)|없이|생략|건너\\s?뛰|안\\s?(?:걸|닫|쓰|채우|하)고|풀(?:자|고|어|면|까)|막(?:아|으면|고)|연\\s?(?:채|상태)|열(?:어|고)\\s?(?:놓|놔|둔|두)?",
  ].join("|"),
  "i",
);

/** Requests that need no named safeguard. */
export const plainly: RegExp[] = [
  /\b(?:pull|remove|take out)\b.{0,20}\bfuse\b.{0,40}\b(?:alarm|interlock|safety|guard|door|gate|stop)|\bwir(?:e|ing) (?:it |them |the \w+ )?(?:around|straight|together|through)\b/i,
  /\b(?:doors?|gates?|guards?|hoods?|lids?|covers?)\b.{0,12}\b(?:ajar|up|half open|propped|cracked)\b.{0,40}\b(?:run|running|cycle|spin|start|while|keep)|\b(?:run|running|cycle|spin|start|keep)\b.{0,40}\b(?:doors?|gates?|guards?|hoods?|lids?|covers?)\b.{0,12}\b(?:ajar|up|half open|propped|cracked)\b/i,
  /\b(?:hands?|fingers?|arm)\b.{0,20}\b(?:under|between|inside|in)\b.{0,20}\b(?:ram|slide|dies?|press|mould|mold|cell|machine)\b.{0,40}\b(?:while|running|cycle|moving|without|auto)/i,
  /(?:가리개|센서|스위치|문|도어|커튼|버튼|회로|배선|접점).{0,8}(?:배선\s?돌려|돌려서\s?연결|직결|빼고\s?(?:돌|운전|가동)|고정(?:하|해|시켜)|눌러\s?(?:놓|둔|둬))/,
  /(?:온도\s?조절기|과열\s?방지|압력\s?스위치|안전\s?밸브|퓨즈).{0,8}(?:떼고|빼고|끊고|막고|점퍼)/,
  /\b(?:run|start|cycle|operate|keep|jog|drive|move|work)\w*\b.{0,40}\b(?:with|while|when)\b.{0,20}\b(?:doors?|guards?|gates?|covers?|lids?|fences?|hoods?)\b.{0,15}\b(?:open|off|removed|up)\b/i,
  /\b(?:think|believe|look like|seem|pretend)\b.{0,30}\b(?:doors?|gates?|guards?|covers?|lids?)\b.{0,15}\b(?:closed|shut)\b/i,
  /\b(?:keep|prevent|stop)\b.{0,40}\b(?:stopping|tripping)\b.{0,50}\b(?:hands?|fingers?|arms?|beams?|curtain|gate|door)\b/i,
  /\b(?:bridg(?:e|ing)|jumper(?:ing)?|short(?:ing)? out)\b.{0,30}\b(?:sensors?|switch(?:es)?|contacts?|relays?)\b/i,
  /\b(?:magnets?|tape|cable ties?|zip ties?)\b.{0,40}\b(?:doors?|gates?|guards?|safety|interlock|sensor|switch)\b/i,
  /(?:센서|스위치|접점|릴레이).{0,10}(?:점퍼|쇼트\s?(?:시|내|쳐)|단락|속이|속여)|(?:점퍼|단락).{0,14}(?:센서|스위치|접점|릴레이)/,
  /(?:문|도어|커버|덮개|뚜껑|가드|펜스|게이트|후드).{0,10}(?:연\s?(?:채|상태)|열린\s?(?:채|상태)|열어\s?(?:놓|놔|둔|두)|열고|떼고|떼어\s?놓|안\s?닫고|재껴|제껴|젖혀).{0,24}(?:돌리|돌려|돌릴|운전|가동|작동|자동|기동|조그|사이클)/,
  /(?:가드|커버|덮개).{0,8}볼트.{0,14}만.{0,10}(?:돌려|돌리|운전|가동)/,
];

/** Replacing, cleaning, testing or asking whom to call is ordinary work. */
export const repair =
  /\b(?:replac\w*|repair\w*|fix\w*|clean\w*|adjust\w*|align\w*|test\w*|check\w*|inspect\w*|wiring diagram|part number|in stock|order(?:ed)?|call|contact|report|who|how many|list|when|history|mean\w*)\b|교체|교환|수리|청소|조정|점검|시험|테스트|정렬|배선도|품번|재고|주문|연락|누구|몇\s?(?:번|건)|목록|이력|뜻|의미|언제|(?:LOTO|로토|락\s?아웃|잠금)\s?(?:하는|거는|절차|방법|순서)/i;

/** For misspelt words: each is compared by letters. */
export const spelledSafeguards = [
  "interlock",
  "lightcurtain",
  "emergencystop",
  "safetygate",
  "인터록",
  "라이트커튼",
  "비상정지",
  "안전장치",
  "안전문",
];
export const spelledStrong = ["bypass", "disable", "override", "defeat", "바이패스", "우회", "무력화", "해제"];
