// English words for safeguards and for defeating them. Wide on purpose: a refusal quotes the plant's own policy, which
// does no harm to somebody who meant no ill.

const guard = [
  "inter-?lock(?:s|ed)?|inter lock",
  "guards?|guarding|guard (?:doors?|switch(?:es)?|bits?)",
  "light[ -]?curtains?|(?:laser|area|safety) scanners?|pull[ -]cords?",
  "safety (?:gates?|doors?|switch(?:es)?|relays?|sensors?|devices?|circuits?|contacts?|plugs?|covers?|mats?|systems?|functions?|locks?|plc|program)",
  "(?:door|fence|gate|lid|cover|guard) (?:switch(?:es)?|sensors?|locks?|contacts?|(?:open|closed?) (?:signal|input|bit|contact)s?)",
  "e-?stops?|emergency stops?(?: buttons?)?|two-?hand (?:controls?|buttons?)|dead ?man(?:'s)? switch(?:es)?|enabl(?:e|ing) switch(?:es)?",
  "safeties|safety(?! (?:stock|data|training|shoes|glasses|margin|factor))|lock-?out(?: tags?| locks?)?|tag-?out|loto",
  "(?:pressure )?relief valves?|safety valves?|over-?travel (?:switch(?:es)?|limits?)",
].join("|");

/** Whoever writes one of these next to a safeguard wants it out of the way. */
const defeat = [
  "by-?pass(?:es|ed|ing)?|defeat(?:s|ed|ing)?|disabl(?:e|es|ed|ing)|overrid(?:e|es|ing|den)|circumvent(?:s|ed|ing)?",
  "jumper(?:s|ed|ing)?(?: out)?|bridg(?:e|ing)|short(?:ing)?(?:[ -]?circuit(?:ing)?)?(?: out| the)|forc(?:e|ing)",
  "trick(?:ing)?|fool(?:ing)?|cheat(?:ing)?|spoof(?:ing)?|ignor(?:e|es|ing)|mut(?:e|es)|silenc(?:e|ing)|disarm(?:ing)?|deactivat(?:e|es|ing)",
  "tap(?:e|ing) (?:over|down|up|the)|ti(?:e|ed|ing) (?:down|back|up|off)|zip[ -]?ties?|block (?:off|the)|wedg(?:e|ing)|(?:prop|stick|jam|rig|stuff|shove)(?:s|ped|ping|ging|ming|ing)?(?! (?:alarm|detection))|plug (?:it|the|up)|magnets?",
  "turn(?:ing)? off|switch(?:ing)? off|kill(?:ing)?|skip(?:ping)?|get(?:ting)? (?:around|past|rid of)|work(?:ing)? around",
  "delet(?:e|ing)|cut(?:ting)? (?:the|out|off)|always (?:true|on|closed|high)|not monitored|unmonitored|out of the (?:chain|circuit|loop)|auto(?:matically)?[ -]?reset|automatically|loosen(?:ing)?|hold(?:ing)? (?:\\w+ ){0,4}down",
].join("|");
/** Ordinary work has these too. */
const takeAway =
  "(?:with )?no(?= (?:guard|light curtain|interlock|two-?hand))|remov(?:e|es|ed|ing)|tak(?:e|es|ing) off|unplug(?:ging)?|disconnect(?:ing)?|without(?: (?:the|closing|using|any))?|off|taped|tied|shorted";
const ordinary =
  /\b(?:replac(?:e|ing)|repair(?:ing)?|fix(?:ing)?|clean(?:ing)?|adjust(?:ing)?|align(?:ing)?|alignment|test(?:ing|ed)?|inspect(?:ing)?|wiring diagram|part number|in stock|procedure|after work)\b/i;

const near = (first: string, second: string, words = 45): RegExp =>
  new RegExp(`\\b(?:${first})(?![\\w-])[^.;]{0,${words}}?\\b(?:${second})(?![\\w-])`, "i");
const defeats = [near(defeat, guard), near(guard, defeat)];
const takesAway = [near(takeAway, guard), near(guard, takeAway, 30)];

const closures = "doors?|guards?|gates?|covers?|lids?|fences?|hoods?";
const run =
  "run(?!-?out)|running|start|cycle|operate|keep (?:\\w+ ){0,3}(?:running|moving|going|producing)|jog|drive|move|work";
const open = "open(?:ed)?|ajar|off|removed|up";
const meanwhile = "with|while|when|although|even though|despite";
const runsOpen = [
  new RegExp(`\\b(?:${run})\\b.{0,40}\\b(?:${meanwhile})\\b.{0,20}\\b(?:${closures})\\b.{0,15}\\b(?:${open})\\b`, "i"),
  new RegExp(
    `\\b(?:leave|keep|with)\\b.{0,12}\\b(?:${closures})\\b.{0,8}\\b(?:${open})\\b.{0,20}\\b(?:${run})\\b`,
    "i",
  ),
];
/** "Why does it not start with the door open" asks for the reason. */
const whyNot = /\b(?:why|not|n't|never|refuses?|supposed|procedure)\b/i;

const others = [
  // A part of the body where something moves.
  /\b(?:reach(?:ing)? in(?:to)?|put (?:my|a|the) hands?|enter(?:ing)?|climb in(?:to)?|get in(?:to)?|go in(?:to|side)?|inside|stand in)\b.{0,50}\b(?:(?:while|with|when)\b.{0,25}\b(?:running|turning|moving|rotating|runs|moves|turns|in auto(?:matic)?)|in auto(?:matic)?\b|without stopping)/i,
  /\b(?:climb|stand|walk|lean|open|clear|clean|unjam|free|grab|pick|remove|wipe)\w*\b.{0,40}\b(?:(?:while|when) (?:it|the \w+|they)(?:'s| is| are)? (?:still )?(?:running|turning|moving|rotating|runs|moves|turns)|without stopping (?:the|it|my|our)\b)/i,
  /\b(?:ignor\w+|disregard\w*|not (?:look at|care about))\b.{0,20}\b(?:gates?|doors?|fences?|guards?|curtains?)\b(?! (?:alarm|message))/i,
  /\b(?:leave|keep)\b.{0,25}\b(?:guards?|interlocks?|e-?stops?|curtains?)\b.{0,30}\b(?:off|out|open|disconnected|unplugged)\b/i,
  /\b(?:run|move|start|jog|cycle)\b.{0,30}\bwhile (?:i'?m|i am|someone is|he is|we are)\b.{0,12}\b(?:inside|in the|within|under)\b/i,
  // Energy left on.
  /\bwithout (?:lock(?:ing)?[ -]?(?:out|it out)|isolating|de-?energi[sz]ing|(?:turning|switching|shutting) off (?:the )?(?:power|air|hydraulics|breaker)|powering (?:down|off)|cutting the power)/i,
  // A broken safeguard is no reason to go on.
  new RegExp(
    `\\b(?:${guard})\\b.{0,30}\\b(?:broken|faulty|defective|fail(?:s|ed|ing)?|dead|bad)\\b.{0,60}\\b(?:keep (?:running|producing|going)|run (?:anyway|without|on|until|tonight)|until (?:the|a|we|it)\\b)`,
    "i",
  ),
  /\b(?:press|cycle|run|start)\b.{0,30}\b(?:one[ -]handed|with one hand)\b/i,
  /\b(?:controller|plc|machine|it)\b.{0,20}\bthinks?\b.{0,25}\b(?:closed|shut|safe|locked|clear)\b/i,
];

export function asksInEnglish(text: string): boolean {
  if (others.some((pattern) => pattern.test(text))) return true;
  if (runsOpen.some((pattern) => pattern.test(text)) && !whyNot.test(text)) return true;
  if (defeats.some((pattern) => pattern.test(text))) return true;
  return takesAway.some((pattern) => pattern.test(text)) && !ordinary.test(text);
}
