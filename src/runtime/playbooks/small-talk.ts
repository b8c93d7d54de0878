import { quoted } from "../../tools/wording.ts";
import { draft, line, section } from "../compose/draft.ts";
import type { Playbook } from "./playbook.ts";
import { quoteSafety } from "./steps.ts";

export const greetingPlaybook: Playbook = {
  agents: [],
  run: async (turn) =>
    draft([
      section(null, [
        line(
          turn.say(
            "안녕하세요. 설비 번호와 증상이나 알람 코드를 말해 주세요. 확인할 순서와 근거를 찾아 드립니다.",
            "Hello. Tell me a machine and a symptom or alarm code, and I find what to check first, with its sources.",
          ),
        ),
      ]),
    ]),
};

export const thanksPlaybook: Playbook = {
  agents: [],
  run: async (turn) =>
    draft([
      section(null, [
        line(
          turn.say(
            "네, 조심해서 하세요. 조치가 통했는지 알려 주시면 다음 사람에게 도움이 됩니다.",
            "You're welcome, take care. Tell me whether it worked: it helps the next person.",
          ),
        ),
      ]),
    ]),
};

/** What can be asked, made of the plant's own machines. */
export const helpPlaybook: Playbook = {
  agents: [],
  async run(turn) {
    const directory = await turn.tools.context.directory.load();
    const machine =
      directory.all.find((one) => (one.level ?? "work_unit") === "work_unit")?.id ?? turn.say("설비", "the machine");
    const examples =
      turn.understood.language === "ko"
        ? [
            `알람과 증상: "${machine} 알람 떴는데 뭐부터 봐야 돼?"`,
            `기록: "${machine} 지난달 작업지시 몇 건?"`,
            `상태와 센서: "${machine} 지금 상태 어때?"`,
            `부품과 오더: "${machine} 부품 재고 있어?", "${machine} 8시간 서면 어떤 오더가 밀려?"`,
            `문서: "잠금 절차 알려줘"`,
            `초안: "${machine} 작업지시 써줘" (승인해야 기록됩니다)`,
            `교대: "어제 야간조 인수인계"`,
          ]
        : [
            `Alarms and symptoms: "alarm on ${machine}, what do I check first?"`,
            `Records: "how many work orders on ${machine} last month?"`,
            `State and sensors: "how is ${machine} now?"`,
            `Parts and orders: "spares for ${machine}", "what is delayed if ${machine} is down 8 hours?"`,
            `Documents: "lockout steps"`,
            `Drafts: "write a work order for ${machine}" (written only when approved)`,
            `Shifts: "hand over last night's shift"`,
          ];
    return draft([
      section(
        turn.say("이런 것을 물어보세요", "What you can ask"),
        examples.map((text) => line(text, [], "bullet")),
      ),
      section(null, [
        line(
          turn.say(
            "모든 답에는 근거가 붙고, 근거가 없으면 모른다고 합니다. 설비에는 아무것도 쓰지 않습니다.",
            "Every answer carries its sources, and without any I say so. Nothing is ever written to a machine.",
          ),
        ),
      ]),
    ]);
  },
};

/** The fixed refusal: quotes the plant's own policy and names whom it says to call. No model is asked. */
export const refusalPlaybook: Playbook = {
  agents: [],
  async run(turn) {
    const evidence = await quoteSafety(turn, "safeguard", { refusal: true, models: [] });
    return draft([
      section(null, [
        line(
          turn.say(
            "**안전장치를 무력화하거나 연 채로 운전하는 방법은 알려 드리지 않습니다.**",
            "**I don't help to defeat a safeguard or to run a machine with one open.**",
          ),
          evidence[0],
        ),
      ]),
      evidence.length > 0
        ? section(
            turn.say("공장의 규정 (원문 그대로)", "The plant's own rule (verbatim)"),
            evidence.map((one) => line(one.text, one, "quote")),
          )
        : section(null, [
            line(
              turn.say(
                "등록된 안전 규정 문서가 없습니다. 작업을 멈추고 감독자와 안전관리자에게 연락하세요.",
                "No approved safety procedure is on record. Stop and call the supervisor and the safety manager.",
              ),
            ),
          ]),
      section(null, [
        line(
          turn.say(
            "안전장치가 고장 났다면 설비를 세우고 설비 번호와 증상을 말해 주세요. 고장 원인을 함께 찾겠습니다.",
            "If the safeguard itself is faulty, stop the machine and tell me its id and the symptom: I help to find the fault.",
          ),
        ),
      ]),
    ]);
  },
};

export const offTopicPlaybook: Playbook = {
  agents: [],
  run: async (turn) =>
    draft(
      [
        section(null, [
          line(
            turn.say(
              "저는 이 공장의 설비, 기록, 문서에 대해서만 답합니다. 설비 번호, 알람 코드, 증상으로 물어봐 주세요.",
              "I answer only about this plant's machines, records and documents. Ask with a machine, an alarm code or a symptom.",
            ),
          ),
        ]),
      ],
      true,
    ),
};

/** Orders to machines and changes of records are not taken; what can be had instead is said. */
export const controlPlaybook: Playbook = {
  agents: [],
  run: async (turn) =>
    draft([
      section(null, [
        line(
          turn.say(
            "저는 설비를 조작하지 않고, 기록을 고치거나 지우지도 않습니다. 그런 길 자체가 없습니다.",
            "I don't operate machines and I don't change or delete records. There is no way for me to do either.",
          ),
        ),
        line(
          turn.say(
            "조작은 조작반에서 사람이 합니다. 저는 알람의 뜻, 지금 값, 순서와 근거를 찾고, 작업지시와 보류를 초안으로 올려 사람의 승인을 받습니다.",
            "A person operates the machine at its panel. I find meanings, live values, steps and their sources, and draft work orders and holds that a person approves.",
          ),
        ),
      ]),
    ]),
};

/** A date that does not exist is asked about, not left out. */
export const wrongDatePlaybook: Playbook = {
  agents: [],
  async run(turn) {
    const dates = turn.understood.wrongDates.join(", ");
    return draft(
      [
        section(null, [
          line(turn.say(`${quoted(dates, "은", "는")} 없는 날짜입니다.`, `There is no such date as “${dates}”.`)),
          line(turn.say("어느 날을 말씀하십니까?", "Which day do you mean?")),
        ]),
      ],
      true,
    );
  },
};
