// Requests to defeat an interlock, guard or other safeguard. Deterministic on purpose: no model is asked whether a
// guard may be bypassed. A question about the rule itself ("is it allowed …") gets the same quoted policy.

const safeguard =
  "inter-?locks?|inter lock|guards?|guarding|light[ -]?curtains?|safety (?:gates?|doors?|switch(?:es)?|relays?|sensors?|devices?|circuits?|plugs?|covers?|mats?|scanners?|systems?|functions?|locks?)|door (?:switch(?:es)?|sensors?|locks?)|fence (?:gates?|switch(?:es)?)|gate (?:switch(?:es)?|sensors?)|lid switch(?:es)?|e-?stops?|emergency stops?(?: buttons?)?|two-?hand (?:controls?|buttons?)|dead ?man(?:'s)? switch(?:es)?|enabling switch(?:es)?|safeties|safety|lock-?out(?: tags?| locks?)?|loto|pressure relief valves?|relief valves?|safety valves?|over-?travel (?:switch(?:es)?|limits?)";
const defeat =
  "by-?pass(?:es|ed|ing)?|defeat(?:s|ed|ing)?|disabl(?:e|es|ed|ing)|overrid(?:e|es|ing|den)|circumvent(?:s|ed|ing)?|jump(?:er|ers|ered|ering)(?: out)?|short(?:ing)?(?:[ -]?circuit(?:ing)?)?(?: out| the)|tap(?:e|ing) (?:over|down|up|the)|tie (?:down|back|up|off)|block (?:off|the)|trick(?:ing)?|fool(?:ing)?|cheat(?:ing)?|ignor(?:e|es|ing)|mut(?:e|es|ing)|remov(?:e|es|ing)|tak(?:e|es|ing) off|turn(?:ing)? off|switch(?:ing)? off|deactivat(?:e|es|ing)|unplug(?:ging)?|disconnect(?:ing)?|skip(?:ping)?|hold(?:ing)? down|wedg(?:e|ing)|kill(?:ing)?|get(?:ting)? (?:around|past|rid of)|work(?:ing)? around|cut(?:ting)? (?:the|out)|without(?: (?:the|closing|using))?|with (?:the )?";

const english = [
  new RegExp(`\\b(?:${defeat})\\b.{0,40}?\\b(?:${safeguard})\\b`, "i"),
  new RegExp(
    `\\b(?:${safeguard})\\b.{0,30}?\\b(?:by-?pass(?:ed|ing)?|defeat(?:ed|ing)?|disabled?|disabling|overrid(?:e|den|ing)|jumper(?:ed|ing)?|taped|tied|shorted|removed|off|fooled|tricked|muted)\\b`,
    "i",
  ),
];
/** Running with a safeguard open: "run it with the door open", "keep the machine moving with the gate open". */
const runOpen =
  /\b(?:run|start|cycle|operate|keep|jog|drive|move|work)\w*\b.{0,40}\b(?:with|while|when)\b.{0,20}\b(?:doors?|guards?|gates?|covers?|lids?|fences?|hoods?)\b.{0,15}\b(?:open|off|removed|up)\b/i;
/** Replacing or repairing a safeguard is ordinary work. */
const repairEnglish =
  /\b(?:replac(?:e|ing)|repair(?:ing)?|fix(?:ing)?|clean(?:ing)?|adjust(?:ing)?|align(?:ing)?|test(?:ing)?|check(?:ing)?|inspect(?:ing)?|wir(?:e|ing) diagram|part number|in stock|order)\b/i;
const strongEnglish =
  /\b(?:by-?pass|defeat|overrid|circumvent|jumper|trick|fool|cheat|disabl|deactivat|mut(?:e|ing)|tape (?:over|down)|tie (?:down|back)|get (?:around|past)|work around|wedge|short(?:ing)? out|ignore|turn(?:ing)? off|switch(?:ing)? off)/i;

const koreanGuard =
  "인터\\s?[록락]|연동\\s?장치|안전\\s?(?:장치|문|도어|커버|스위치|센서|바|가드|펜스|회로|릴레이|핀|망|플러그|락|밸브|커튼|매트|기능)|방호\\s?(?:장치|덮개|문|울)|가드|라이트\\s?커튼|광전자(?:식)?(?:\\s?(?:장치|센서))?|도어\\s?(?:스위치|센서|록|락|잠금)|문\\s?(?:스위치|센서)|비상\\s?정지(?:\\s?(?:버튼|스위치))?|양수\\s?(?:조작|버튼|스위치)|펜스\\s?(?:문|스위치|센서)?|덮개\\s?스위치|뚜껑\\s?스위치|리드\\s?스위치|릴리프\\s?밸브|리미트\\s?스위치|잠금\\s?장치|로토|LOTO|안전(?=을|을\\s|\\s?무시|\\s?해제)";
const koreanDefeat =
  "우회|무력화|무시(?:하|해|할|시)|해제(?:하|해|할|시|법|방법)|바이패스|by-?pass|점퍼|쇼트\\s?(?:시|내|쳐)|단락|끄(?:고|면|는|려|게|자|기|ㄹ)|꺼(?:도|두|놓|놔|버|줘|야|서)|끌\\s?(?:수|까|래)|막아\\s?(?:놓|놔|두|버)|테이프|묶어|고정(?:해|시켜)\\s?(?:놓|놔|두)|속이|속여|떼(?:고|어|면|도|버|낼|내)|뗄|제거|빼(?:고|면|도|버|놓|놔|두|는|서)|뽑(?:고|아|으면)|죽(?:이|여)|없이|생략|건너\\s?뛰|안\\s?(?:걸|닫|쓰|하)고|눌러\\s?(?:놓|놔|둔)|연\\s?(?:채|상태)|열(?:어\\s?(?:놓|놔|둔|두)|고)\\s?(?:돌|운전|가동|작동|작업|사용)?|꼼수|빼는\\s?법|살리지";
const korean = [
  new RegExp(`(?:${koreanGuard}).{0,24}?(?:${koreanDefeat})`, "i"),
  new RegExp(`(?:우회|바이패스|by-?pass|점퍼|무력화).{0,16}?(?:${koreanGuard})`, "i"),
  /(?:문|도어|커버|덮개|뚜껑|가드|펜스|게이트|후드).{0,8}(?:연\s?(?:채|상태)|열린\s?(?:채|상태)|열어\s?(?:놓|놔|둔|두)|열고).{0,20}(?:돌리|돌려|운전|가동|작동|작업|자동|수동|기동|조그|사이클)/i,
];
const repairKorean = /(?:교체|교환|수리|청소|조정|점검|시험|테스트|정렬|배선도|품번|재고|주문|고장|확인)/;
const strongKorean =
  /우회|무력화|바이패스|by-?pass|점퍼|속이|속여|테이프|꼼수|막아\s?(?:놓|놔)|묶어|연\s?(?:채|상태)|열린\s?(?:채|상태)|해제(?:하|해|할|시|법|방법)|꺼(?:도|두|놓|놔)|끄(?:고|는|려)|없이/;

export function asksToDefeatSafeguard(text: string): boolean {
  if (runOpen.test(text)) return true;
  if (english.some((pattern) => pattern.test(text))) return strongEnglish.test(text) || !repairEnglish.test(text);
  if (korean.some((pattern) => pattern.test(text))) return strongKorean.test(text) || !repairKorean.test(text);
  return false;
}
