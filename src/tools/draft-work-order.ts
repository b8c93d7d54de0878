import { z } from "zod";
import { SunbaeError } from "../core/errors.ts";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { draftEvidence } from "./drafts/draft-evidence.ts";
import { priorityNames, workOrderText, type WorkOrderPayload } from "./drafts/work-order-text.ts";
import { quoted, say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

export const draftWorkOrder = defineTool({
  name: "draft_work_order",
  title: { ko: "작업지시 초안", en: "Draft work order" },
  description:
    "Drafts a work order for one machine as a proposal; nothing is written until a supervisor approves the exact text. " +
    "Use it only when the asker wants a work order, and say that it waits for approval. Put what was found and what is to be done in the description, in the asker's language.",
  input: z.object({
    equipment: machineArgument,
    description: z
      .string()
      .trim()
      .min(3)
      .max(2000)
      .describe("What is wrong and what is to be done, in the asker's language."),
    priority: z.coerce
      .number()
      .int()
      .min(1)
      .max(4)
      .optional()
      .describe("1 urgent, production stands; 2 high; 3 normal (taken unless told); 4 low."),
    preventive: z.boolean().optional().describe("True for planned maintenance, false for a repair."),
    alarm_code: z.string().trim().min(1).max(40).optional().describe("Alarm code that led to it."),
    failure_code: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .optional()
      .describe("Primary failure code of the plant's list; leave out if not certain."),
  }),
  agents: ["maintenance"],
  async run(input, context) {
    const machine = await resolveMachine(input.equipment, context);
    const failure = input.failure_code === undefined ? null : await failureCode(input.failure_code, context);
    const payload: WorkOrderPayload = {
      equipmentId: machine.id,
      description: input.description,
      priority: input.priority ?? 3,
      preventive: input.preventive ?? false,
      primaryCode: failure?.code ?? null,
      alarmCode: input.alarm_code ?? null,
      requestedBy: context.ctx.actor.name,
    };
    const text = workOrderText(payload, machine, failure?.description ?? null, context.language);
    const proposal = await context.propose({ kind: "work-order", equipmentId: machine.id, text, payload });
    const evidence = [draftEvidence(proposal, machine.sample, context)];
    const summary = say(
      context.language,
      `작업지시 초안 ${proposal.id} (${machine.id}, ${priorityNames(payload.priority, "ko")}): 승인 대기`,
      `Work order draft ${proposal.id} (${machine.id}, ${priorityNames(payload.priority, "en")}): waits for approval`,
    );
    return { output: { proposal, payload }, summary, evidence, proposal };
  },
});

/** The code as the plant's list writes it. Where there is a list, a code outside it is refused; where there is none, any is taken. */
async function failureCode(
  code: string,
  { mes, ctx, language }: ToolContext,
): Promise<{ code: string; description: string | null }> {
  const { rows } = await mes.list({ records: "failure_codes", where: [], timeZone: ctx.timeZone, limit: 500 });
  if (rows.length === 0) return { code, description: null };
  const found = rows.find((row) => String(row["id"]).toLowerCase() === code.toLowerCase());
  if (found)
    return {
      code: String(found["id"]),
      description: typeof found["description"] === "string" ? found["description"] : null,
    };
  const primary = rows.filter((row) => row["parent_code"] === null).map((row) => String(row["id"]));
  throw new SunbaeError(
    "invalid_input",
    say(language, `고장 코드 ${quoted(code, "이", "가")} 코드표에 없습니다.`, `There is no failure code “${code}”.`),
    {
      fix: say(
        language,
        `있는 코드: ${primary.join(", ")}. 확실하지 않으면 비워 두세요.`,
        `Use one of ${primary.join(", ")}, or leave it out.`,
      ),
      details: [{ path: "failure_code", message: code }],
    },
  );
}
