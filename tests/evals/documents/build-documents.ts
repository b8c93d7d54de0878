import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow } from "docx";
import { makeWorkbook } from "../../plant-import/make-workbook.ts";
import { labellerManual } from "./labeller-manual.ts";
import { scannedPage } from "./scanned-page.ts";

// The documents of an invented bottling plant: the texts of this folder, and files of other formats made of our words.

/** Writes them all into the folder, which is made. */
export async function writeDocuments(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  cpSync(join(import.meta.dirname, "texts"), folder, { recursive: true });
  writeFileSync(join(folder, "l200-manual.pdf"), await labellerManual());
  writeFileSync(join(folder, "px-40-alarms.xlsx"), makeWorkbook(pumpAlarms, "알람"));
  writeFileSync(join(folder, "px-40-alarms.xlsx.yaml"), "title: PX-40 알람 목록\nlanguage: ko\n");
  writeFileSync(join(folder, "px-40-inspection.docx"), await pumpInspection());
  writeFileSync(join(folder, "px-40-bolt-sheet.pdf"), await scannedPage(boltSheet));
  // A file that is cut off: its verdict is a failure, everything else goes on.
  writeFileSync(join(folder, "broken-manual.pdf"), "%PDF-1.7\n1 0 obj\n<< /Type /Catalog");
}

const pumpAlarms = [
  ["알람 코드", "메시지", "원인", "조치"],
  ["P01", "흡입 압력 낮음", "흡입 스트레이너 막힘; 탱크 액위 낮음", "스트레이너 청소"],
  ["P02", "모터 과열", "냉각 팬 정지; 과부하", "팬 확인 후 30분 식힘"],
  ["P07", "메커니컬 씰 누설", "씰 면 마모; 공운전", "씰 키트 PX-SK40 교체"],
  ["E15", "인버터 통신 끊김", "통신 케이블 빠짐", "커넥터 CN3 재체결"],
];

const boltSheet = [
  "PX-40 BOLT SHEET",
  "Pump casing bolts M12: 65 N.m",
  "Base plate bolts M16: 160 N.m",
  "Coupling guard screws M8: 15 N.m",
];

async function pumpInspection(): Promise<Buffer> {
  const heading = (text: string, level: (typeof HeadingLevel)[keyof typeof HeadingLevel]): Paragraph =>
    new Paragraph({ text, heading: level });
  const row = (cells: string[]): TableRow =>
    new TableRow({ children: cells.map((text) => new TableCell({ children: [new Paragraph(text)] })) });
  const steps = [
    "펌프를 정지하고 잠금·표지를 한다.",
    "흡입과 토출 밸브를 닫는다.",
    "드레인 플러그를 열어 액을 뺀다.",
    "커플링 가드를 떼고 축을 손으로 돌려 걸림을 본다.",
    "축의 흔들림을 재어 0.05 mm 이하인지 본다.",
    "씰 챔버의 누설이 분당 5방울을 넘으면 씰을 바꾼다.",
    "가드를 끼우고 밸브를 연 뒤 시운전한다.",
  ];
  const document = new Document({
    title: "PX-40 펌프 점검 절차",
    sections: [
      {
        children: [
          heading("PX-40 펌프 점검 절차", HeadingLevel.HEADING_1),
          heading("점검 순서", HeadingLevel.HEADING_2),
          ...steps.map((text, index) => new Paragraph(`${index + 1}. ${text}`)),
          heading("점검 주기", HeadingLevel.HEADING_2),
          new Table({
            rows: [
              row(["항목", "주기"]),
              row(["베어링 오일 확인", "매일"]),
              row(["베어링 오일 교환", "2,000시간"]),
              row(["메커니컬 씰 점검", "매월"]),
              row(["커플링 고무 교체", "2년"]),
            ],
          }),
        ],
      },
    ],
  });
  return await Packer.toBuffer(document);
}
