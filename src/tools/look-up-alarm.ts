import { z } from "zod";
import { withParticle } from "../core/language/script.ts";
import { formatTime } from "../core/format/format.ts";
import type { EvidenceDraft } from "../core/evidence.ts";
import type { AlarmEntry, CodeKind } from "../knowledge/knowledge.ts";
import { knownCodes, type KnownCode } from "../knowledge/known-codes.ts";
import { lookUpCode } from "../knowledge/look-up-code.ts";
import type { Equipment } from "../plant/mes-store.ts";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { alarmEntryEvidence } from "./evidence/alarm-entry.ts";
import { recordedCode } from "./evidence/recorded-code.ts";
import { equipmentTitle, lines, say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

export type AlarmLookUp = {
  code: string;
  equipmentId: string | null;
  model: string | null;
  /** Those that apply to the asked machine first. */
  entries: (AlarmEntry & { applies: boolean })[];
  /** Set where no list holds the code. */
  nearest: KnownCode[];
};

const kinds = ["alarm", "error", "fault", "warning", "lamp", "setting", "option"] as const satisfies CodeKind[];
const shown = 6;

export const lookUpAlarm = defineTool({
  name: "look_up_alarm",
  title: { ko: "알람 코드 찾기", en: "Look up alarm code" },
  description:
    "What an alarm, error, fault, lamp, setting or failure code means: meaning, causes in order, remedy, severity, from the manuals' own tables. " +
    "Use it whenever the question holds such a code, before anything else. Give the machine too: the same code means different things on different models.",
  input: z.object({
    code: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .describe("The code as written on the panel or in the question, e.g. “2041”, “AL-05”, “error 9”, “$110”."),
    equipment: machineArgument.optional(),
    kind: z.enum(kinds).optional().describe("Set only where the asker says which kind of code it is."),
  }),
  agents: ["maintenance", "planner", "quality"],
  async run({ code, equipment, kind }, context) {
    const machine = equipment === undefined ? null : await resolveMachine(equipment, context);
    const { ctx, knowledge, language } = context;
    const entries = dedupe(await lookUpCode(ctx, knowledge, { code, language, ...(kind ? { kind } : {}) }), language)
      .map((entry) => ({ ...entry, applies: appliesTo(entry, machine) }))
      .sort(
        (a, b) => Number(ofModel(b, machine)) - Number(ofModel(a, machine)) || Number(b.applies) - Number(a.applies),
      )
      .slice(0, shown);
    // What the manuals say needs no MES.
    const recorded = await recordedCode(code, machine?.model ?? null, context).catch((error: unknown) => {
      if (entries.length > 0) return [];
      throw error;
    });
    const nearest =
      entries.length > 0 || recorded.length > 0
        ? []
        : await knownCodes(ctx, knowledge, {
            near: code,
            limit: 4,
            ...(machine?.model ? { models: [machine.model] } : {}),
          });
    const output: AlarmLookUp = {
      code,
      equipmentId: machine?.id ?? null,
      model: machine?.model ?? null,
      entries,
      nearest,
    };
    const evidence = [
      ...(machine && entries.length > 0 && !entries.some((entry) => entry.applies)
        ? [absent(output, machine, context)]
        : []),
      ...entries.map((entry) =>
        alarmEntryEvidence(
          entry,
          { equipmentId: machine?.id ?? null, applies: entry.applies, sample: machine?.sample ?? false },
          context,
        ),
      ),
      ...recorded,
      ...(entries.length === 0 && recorded.length === 0 ? [absent(output, machine, context)] : []),
    ];
    return { output, summary: evidence[0]?.text.split("\n")[0] ?? code, evidence };
  },
});

const ofModel = (entry: AlarmEntry, machine: Equipment | null): boolean =>
  machine?.model !== null && machine?.model !== undefined && entry.models.includes(machine.model);

/** Without a machine every entry may apply; a machine without a model can't rule any out. */
function appliesTo(entry: AlarmEntry, machine: Equipment | null): boolean {
  return !machine?.model || entry.models.length === 0 || entry.models.includes(machine.model);
}

/** The same entry in two languages is one: the asker's is kept. */
function dedupe(entries: AlarmEntry[], language: string): AlarmEntry[] {
  const identity = (entry: AlarmEntry): string =>
    [entry.kind, entry.codeNorm, [...entry.models].sort().join("|")].join("/");
  return entries.filter((entry) => {
    if (entry.language === language) return true;
    return !entries.some(
      (other) => other.language === language && other.models.length > 0 && identity(other) === identity(entry),
    );
  });
}

/** That no list (of the machine's model) has the code, with the nearest codes there are. */
function absent(output: AlarmLookUp, machine: Equipment | null, { language, ctx }: ToolContext): EvidenceDraft {
  const { code, nearest, entries } = output;
  const where = machine
    ? say(language, `${machine.model ?? machine.id} 알람표에`, `in the code lists of ${machine.model ?? machine.id}`)
    : say(language, "등록된 어떤 문서의 코드표에도", "in any code list on record");
  const others = [...new Set(entries.flatMap((entry) => entry.models))].join(", ");
  const near = nearest.map(
    (one) => `${one.code} (${one.models.join(", ")}${one.models.length > 0 ? ": " : ""}${one.message})`,
  );
  return {
    kind: "alarm-entry",
    title: say(language, `코드 ${code}: 없음`, `Code ${code}: not found`),
    text: lines(
      say(
        language,
        `${withParticle(`코드 ${code}`, "은", "는")} ${where} 없습니다.`,
        `There is no code ${code} ${where}.`,
      ),
      others !== "" &&
        say(language, `같은 코드가 다른 기종에는 있습니다: ${others}.`, `Other models have the same code: ${others}.`),
      near.length > 0 && say(language, `가장 가까운 코드: ${near.join("; ")}`, `The nearest codes: ${near.join("; ")}`),
    ),
    language,
    source: {
      label: machine
        ? say(language, `${equipmentTitle(machine, language)} 코드표`, `code lists · ${machine.id}`)
        : say(language, "코드표", "code lists"),
      store: "knowledge",
      ...(machine?.sample ? { sample: true } : {}),
    },
    trust: "record",
    ...(machine ? { equipmentId: machine.id } : {}),
    at: ctx.now().toISOString(),
    data: {
      found: false,
      code,
      equipmentId: machine?.id ?? null,
      model: machine?.model ?? null,
      nearest,
      otherModels: others,
      at: formatTime(ctx.now(), ctx.timeZone),
    },
  };
}
