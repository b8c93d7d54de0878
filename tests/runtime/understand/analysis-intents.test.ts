import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../src/db/database.ts";
import { openTestDatabase } from "../../support/database.ts";
import { createReader, type Reader } from "./reader.ts";

let database: Database;
let read: Reader;
beforeAll(async () => {
  database = await openTestDatabase();
  read = await createReader(database);
});
afterAll(() => database.close());

describe("a question for something computed", () => {
  it.each([
    ["is the crumb height of oven 1 in control", "in-control"],
    ["what is the Cpk of OV-01", "in-control"],
    ["OV-01 공정능력 얼마야", "in-control"],
    ["OV-01 p 관리도 보여줘", "in-control"],
    ["show an EWMA for OV-01", "in-control"],
    ["Is the process of the rye loaf stable?", "in-control"],
    ["Rye loaf 공정 안정한가?", "in-control"],
    ["is our process stable", "in-control"],
    ["Rye loaf Cpk, 규격 73.95~74.05", "in-control"],

    ["what drifted before the last three stops of OV-01", "drift"],
    ["anything unusual before alarm E21 on OV-01 failed?", "drift"],
    ["오븐 1호기 지난 세 번 멈추기 전에 뭐가 달라졌어", "drift"],
    ["OV-01 E21 알람 나기 전에 뭐가 변했어?", "drift"],
    ["오븐1호기 서기 전에 전조 있었어?", "drift"],
    ["early warning signs before OV-02 stops", "drift"],
    ["what happened to the sensors before OV-01 tripped", "drift"],
    ["E21 뜨기 직전에 OV-01 센서 변화", "drift"],
    ["오븐 1호기 마지막 이상 전에 뭐가 달라졌어", "drift"],

    ["when will the filter of OV-01 clog", "forecast"],
    ["필터 언제 막혀", "forecast"],
    ["오븐 2호기 데크 온도 언제 한계 넘을까", "forecast"],
    ["OV-01 언제까지 버틸까", "forecast"],
    ["how long will the burner of OV-01 last", "forecast"],
    ["OV-02 남은 수명 얼마야", "forecast"],
    ["how many days until the filter of OV-01 is clogged", "forecast"],
    ["오븐 2호기 데크 온도 언제 200 밑으로 떨어져", "forecast"],
    ["when wil the filter clog", "forecast"],

    ["MTBF of OV-01", "reliability"],
    ["what is the MTTR of the mixers", "reliability"],
    ["어느 설비가 제일 자주 고장나", "reliability"],
    ["젤 자주 서는 설비 뭐야", "reliability"],
    ["가장 자주 멈추는 설비는?", "reliability"],
    ["which machine stops most often", "reliability"],
    ["which machine breaks down most often?", "reliability"],
    ["bad actors", "reliability"],
    ["오븐 1호기 와이블 돌려줘", "reliability"],
    ["고질 설비 어디야", "reliability"],
    ["OV-01 수명 얼마나 돼?", "reliability"],
    ["how often does OV-01 fail", "reliability"],
    ["which oven fails most often", "reliability"],
    ["relability of OV-01", "reliability"],

    ["OV-01 데크 온도 알람 기준값 다시 잡아줘", "alarm-limit"],
    ["recalibrate the alert limit of oven 1 deck temperature", "alarm-limit"],
    ["알람이 너무 자주 울려 기준 맞아?", "alarm-limit"],
    ["이 알람 기준값 다시 잡아줘", "alarm-limit"],
    ["is the alarm threshold of OV-02 still right?", "alarm-limit"],
    ["OV-01 데크 온도 헛알람 너무 많아", "alarm-limit"],
    ["알람 기준 5.0으로 올리면 어때 OV-01 데크 온도", "alarm-limit"],

    ["지난달 OEE 왜 떨어졌어", "oee"],
    ["OEE of the baking hall last week", "oee"],
    ["OV-01 가동률", "oee"],
    ["오븐 성능율 양품율 좀", "oee"],
    ["utilisation of OV-02 in February", "oee"],
    ["availability of OV-02 last week", "oee"],
    ["왜 이렇게 생산성이 안 나와 오븐 1호기", "oee"],

    ["뭐 때문에 제일 많이 섰어", "downtime-causes"],
    ["비가동 파레토", "downtime-causes"],
    ["what stopped OV-01 most last month", "downtime-causes"],

    ["알람 홍수", "alarm-review"],
    ["which alarms chatter on OV-01", "alarm-review"],
    ["nuisance alarms last week", "alarm-review"],
    ["알람이 쏟아져", "alarm-review"],
    ["too many alarms", "alarm-review"],

    ["개당 전력 OV-01", "energy"],
    ["energy per good part of OV-01", "energy"],
    ["OV-02 전력 원단위", "energy"],

    ["which lots did the bad batch go into", "genealogy"],
    ["이 로트 어디로 갔어", "genealogy"],
    ["이 자재 쓴 로트", "genealogy"],
    ["trace the lot forward", "genealogy"],

    ["불량 로트랑 양품 로트 뭐가 달라", "compare-lots"],
    ["what differs between good and bad lots", "compare-lots"],
    ["불량 난 로트들 공통점이 뭐야", "compare-lots"],
  ])("%j is %s", async (text, intent) => expect((await read(text)).intent).toBe(intent));
});

describe("a question that only sounds so", () => {
  it.each([
    ["set OV-01 deck temperature limit to 5", "control"],
    ["OV-01 데크 온도 알람 기준값 240으로 바꿔줘", "control"],
    ["which machine has the most work orders", "records"],
    ["고장 작업지시가 가장 많은 설비는?", "records"],
    ["오븐 1호기 평균 수리 시간", "records"],
    ["how many stops did OV-01 have in 2025?", "records"],
    ["오븐 세 대 올해 비가동 시간 비교", "records"],
    ["OV-01 왜 멈췄어?", "trouble"],
    ["OV-01 E21 알람 떴는데 뭐부터 봐?", "alarm"],
    ["오븐 2호기 데크 온도", "readings"],
    ["OV-01 데크 온도 언제 최고였어", "readings"],
    ["which orders are affected if OV-01 stops", "affected"],
    ["OV-01 12시간 멈추면 납기 언제까지 버텨?", "affected"],
    ["하부 히터 재고 있어?", "stock"],
    ["하부 히터 재고 얼마나 남았어", "stock"],
    ["OV-01 작업지시 써줘, 알람 기준값 재설정", "draft-work-order"],
    ["put the bad lot on hold", "draft-hold"],
    ["How do I replace the door seal of oven 1?", "how-to"],
    ["when was the filter of OV-01 last replaced", "last-time"],
    ["availability of spindle bearings", "knowledge"],
    ["shift handover", "handover"],
    ["is oven 1 normal?", "condition"],
    ["is the deck temperature of OV-01 stable?", "readings"],
  ])("%j stays %s", async (text, intent) => expect((await read(text)).intent).toBe(intent));
});

it("“which machine” means every machine, though an alias begins with that word", async () => {
  const { machines, equipment } = await read("어느 설비가 제일 자주 고장나");
  expect([machines, equipment.groups]).toEqual([[], []]);
});
