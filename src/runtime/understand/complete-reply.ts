import { stripParticles } from "../../core/language/particles.ts";
import { foldName, type Directory } from "../../plant/directory/directory.ts";
import { resolveEquipment } from "../../plant/directory/resolve-equipment.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import { contentWords } from "./mask-words.ts";
import { readModels } from "./read-models.ts";
import type { Memory } from "./understanding.ts";

/** What a bare word asks of the matter talked about before: "토크는?", "and the interval?". */
const bareAspect =
  /^(?:(?:and|then|what about|how about|그럼|그러면|그리고|근데)\s+)?(?:(?:the|its|what's the)\s+)?[\p{L}\s]{0,10}(?:토크|주기|간격|원인|조치|대책|온도|압력|한계|높이|품번|부품\s?번호|주의\s?(?:사항|점)?|순서|절차|방법|torque|interval|cause|remedy|fix|limit|temperature|pressure|part number|warning|steps?|procedure)s?\s?(?:은|는|이|가|도)?[\s?!.]*$/iu;
const aspects =
  /교체|교환|replac(?:e|ing)|방법|절차|순서|요령|어떻게|주기|토크|얼마(?:나)?(?:\s?자주)?|알려\s?(?:줘|주세요)?|뭐야|뭔가요|해야\s?(?:돼|해)|하나요?|해\??$|\b(?:how (?:do|can|to|should|often|much)|what is|what's|the|procedure|steps?|i|you|must|be|for|of)\b|[?!.]/gi;

/** A follow-up of one bare word is about what the turn before was about. Null where it stands for itself. */
export function completeAspect(question: string, memory: Memory | null): string | null {
  if (!memory?.topic || question.length > longestReply || !bareAspect.test(question.trim())) return null;
  return `${memory.topic.replace(aspects, " ").replace(/\s+/g, " ").trim()} ${question}`.trim();
}

export type CompletedReply = { question: string; equipmentHint: string | null };

const longestReply = 30;
const filler =
  /(?:그|이|저)?\s?(?:쪽|거|것|설비|기계|장비)?\s?(?:요|이요|예요|이에요|입니다|이야|야|임|에서|꺼|거든)?[\s.!~?]*$|^\s*(?:(?:it'?s|it is|on|at|the|that'?s|this is)\s+)+|\b(?:machine|one|please)\b/gi;
const ordinals = [
  /^(?:the )?(?:first|1st)(?: one)?$|^첫\s?번?째(?:\s?거|요)?$|^a$/i,
  /^(?:the )?(?:second|2nd)(?: one)?$|^두\s?번째(?:\s?거|요)?$|^b$/i,
  /^(?:the )?(?:third|3rd)(?: one)?$|^세\s?번째(?:\s?거|요)?$|^c$/i,
];

/**
 * A short reply that only names a machine ("the capper", "1호기요", "NV-8", "the second one") answers the question "which
 * machine?": the earlier question is asked again with it. Null where the text is a question of its own.
 */
export function completeReply(reply: string, memory: Memory | null, directory: Directory): CompletedReply | null {
  const asked = memory?.asked;
  if (!asked || reply.length > longestReply) return null;
  const again = (machine: string, hint: string | null = null): CompletedReply => ({
    question: `${machine} ${asked.question}`.trim(),
    equipmentHint: hint,
  });
  const said = reply.replace(/[?!.~]+$/g, "").trim();
  const place = ordinals.findIndex((pattern) => pattern.test(said));
  const option = asked.options[place];
  if (option) return again(option.model ?? "", option.machineIds.length === 1 ? (option.machineIds[0] ?? null) : null);

  const models = readModels(
    reply,
    asked.options.flatMap((one) => one.model ?? []),
  );
  const equipment = resolveEquipment(reply, directory);
  const named = [...equipment.matches, ...equipment.groups, ...equipment.ambiguous, ...models];
  const rest = contentWords(
    reply,
    named.map((one) => one.span),
  ).filter((word) => !/^(?:it'?s?$|is$|on$|at$|the$|요|이요|쪽|설비|기계|장비|machine|one|거|것|호기)/i.test(word));
  const [first] = named;
  if (first && rest.length === 0) return again(reply.slice(first.span[0], first.span[1]));
  if (first) return null;
  const fitting = candidatesFor(
    said,
    asked.options.flatMap((one) => one.machineIds),
    directory,
  );
  return fitting.length === 1 ? again("", fitting[0]?.id ?? null) : null;
}

/** Of the machines that were offered, those that a part of their name means. */
function candidatesFor(said: string, ids: string[], directory: Directory): Equipment[] {
  const wanted = foldName(stripParticles(said.replace(filler, "")));
  if (wanted.length < 2) return [];
  return [...new Set(ids)]
    .map((id) => directory.byId.get(id))
    .filter((one): one is Equipment => one !== undefined)
    .filter((one) =>
      [one.id, one.name, one.nameKo ?? "", ...one.aliases].some((form) => foldName(form).endsWith(wanted)),
    );
}
