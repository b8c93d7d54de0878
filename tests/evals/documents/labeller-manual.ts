import Pdf from "pdfkit";

// A manual of more than sixty printed pages: a chapter a page, most of them plain, the telling ones on known pages.

type Page = { heading: string; paragraphs: string[]; table?: string[][]; steps?: string[] };

/** Bytes of the PDF. Page 1 is the cover; `chapterPages` says where the others stand. */
export async function labellerManual(): Promise<Buffer> {
  const document = new Pdf({
    size: "A4",
    margin: 56,
    info: { Title: "L200 Labeller Operation and Service Manual, Rev. 2, 2023-05", Author: "Kosta" },
  });
  const parts: Buffer[] = [];
  document.on("data", (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve) => document.on("end", () => resolve()));
  document.fontSize(26).text("L200 Labeller").fontSize(16).text("Operation and Service Manual");
  document.fontSize(11).text("Model L200. Revision 2, May 2023. Machine and manual are invented for tests.");
  for (const page of pages()) write(document, page);
  document.end();
  await ended;
  return Buffer.concat(parts);
}

function write(document: PDFKit.PDFDocument, page: Page): void {
  document.addPage();
  document.font("Helvetica-Bold").fontSize(17).text(page.heading).moveDown();
  document.font("Helvetica").fontSize(11);
  for (const text of page.paragraphs) document.text(text).moveDown(0.6);
  page.steps?.forEach((text, index) => document.text(`${index + 1}. ${text}`).moveDown(0.3));
  if (page.table) document.table({ data: page.table });
}

/** The chapters by page, from page 2. */
export const chapterPages: Record<number, Page> = {
  7: {
    heading: "7 Technical data",
    paragraphs: ["The L200 applies up to 12,000 labels an hour. The labels are 20 to 160 mm high."],
  },
  12: {
    heading: "12 Label gap sensor",
    paragraphs: [
      "The gap sensor GS-1 sees the gap between two labels. Teach it whenever the kind of label changes.",
      "Hold the teach button for 3 seconds on the bare liner until the lamp turns green.",
    ],
  },
  23: {
    heading: "23 Brush and pressing roller",
    paragraphs: [
      "The pressing roller touches the bottle with 25 N. Replace the brush when the bristles are shorter than 12 mm.",
    ],
  },
  31: {
    heading: "31 Changing the label reel",
    paragraphs: ["WARNING: The unwinding shaft turns on for up to 4 seconds after the stop."],
    steps: [
      "Press stop and wait until the shaft stands still.",
      "Open the reel lock by a quarter turn.",
      "Take the empty core off and put the new reel on with the labels outward.",
      "Thread the web by the drawing inside the cover.",
      "Close the reel lock and pull the web tight.",
      "Run ten bottles slowly and check the position of the label.",
    ],
  },
  44: {
    heading: "44 Alarm list",
    paragraphs: ["Alarms of the panel."],
    table: [
      ["Alarm", "Meaning", "Cause", "Remedy"],
      ["E12", "Label web broken", "splice opened; brake too tight", "Thread the web again, page 31"],
      ["E15", "Print head too hot", "darkness set too high", "Lower the darkness to 60"],
      ["E33", "No bottle after trigger", "trigger sensor dirty", "Clean the trigger sensor"],
      ["E57", "Glue temperature low", "heater fuse blown", "Replace fuse F4, 6.3 A"],
    ],
  },
  52: {
    heading: "52 Maintenance intervals",
    paragraphs: ["Intervals in hours of running."],
    table: [
      ["Task", "Interval"],
      ["Clean the print head", "8 h"],
      ["Grease the unwinding shaft", "1,000 h"],
      ["Replace the cutter knife", "3,000 h"],
    ],
  },
  61: {
    heading: "61 Tightening torques",
    paragraphs: ["Tighten with a calibrated wrench."],
    table: [
      ["Joint", "Thread", "Torque"],
      ["Pressing roller bracket", "M8", "24 N.m"],
      ["Cutter block", "M5", "5.5 N.m"],
      ["Machine foot", "M20", "190 N.m"],
    ],
  },
};

const last = 64;
const fillers = [
  "The transport screw parts the bottles. Its pitch must fit the bottle; a label on the screw names the bottle.",
  "The panel shows counters, recipes and the trend of the speed. The shift leader's password opens the recipes.",
  "The machine stands on four feet. It is levelled with a spirit level on the frame before the first start.",
  "Wipe the covers with a damp cloth. Solvents make the windows dull. Do not point a hose at the cabinet.",
  "Spare parts are ordered by drawing number. Say the serial number of the plate beside the main switch.",
];

function pages(): Page[] {
  return Array.from({ length: last - 1 }, (_, index) => index + 2).map(
    (number) =>
      chapterPages[number] ?? {
        heading: `${number} Notes on station ${number}`,
        paragraphs: [`${fillers[number % fillers.length]} Drawing L2-${1000 + number * 7}.`],
      },
  );
}
