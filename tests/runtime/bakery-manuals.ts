// Two makers' manuals of the bakery with one code in common, two editions of one of them, and cards about it.

const head = (fields: string[]): string => `---\n${fields.join("\n")}\n---\n`;

const oven = (revision: string, date: string, torque: number, extra: string): string =>
  `${head(["title: DX-400 Deck Oven Manual", "kind: manual", "language: en", "models: [DX-400]", `revision: "${revision}"`, `date: ${date}`])}
# DX-400 Deck Oven Manual

## Alarms

| Alarm | Meaning | Cause | Remedy |
|---|---|---|---|
| E21 | Deck too cold | heating coil broken | Measure the coil |

## Door hinge

The hinge bolts are tightened to ${torque} N·m.
${extra}
`;

export const mixerManual = `${head(["title: SP-80 Spiral Mixer Manual", "kind: manual", "language: en", "models: [SP-80]", 'revision: "1"'])}
# SP-80 Spiral Mixer Manual

## Alarms

| Alarm | Meaning | Cause | Remedy |
|---|---|---|---|
| E21 | Bowl guard open | guard not closed | Close the guard |

## Gearbox

The gearbox holds 4.5 L of oil.
`;

const card = (id: string, fields: string[]): string =>
  `${head([`id: ${id}`, "models: [DX-400]", "alarms: []", "expert: Marta Weiss", "recorded: 2025-01-15", "status: published", ...fields])}\nSaid at the oven.\n`;

export const bakeryManuals = {
  "oven-b.md": oven("B", "2019-01-01", 30, "\n## Chimney flap\n\nThe chimney flap is greased every 40 days.\n"),
  "oven-c.md": oven("C", "2023-01-01", 36, "\n## Chamber bulb\n\nThe chamber bulb takes 25 W.\n"),
  "mixer.md": mixerManual,
  "WR-900 wrapper alarms.csv": "Alarm,Meaning,Remedy\n7101,Film torn,Thread it\nWN-01,Film low,Change the roll\n",
  "LB-300 labeller errors.csv":
    "Error,Meaning,Remedy\n7101,Label missing,Fill up\nWN20-WN25,Bus participant missing,Check the plug\n",
  "card-hinge.md": card("CARD-801", [
    "title: Hinge bolts at 33",
    "symptom: Hinge bolts tightened to 36 strip",
    "claim: Tighten the hinge bolts to 33 N·m, not to 36.",
    'corrects: {document: DX-400 Deck Oven Manual, heading: Door hinge, says: "The hinge bolts are tightened to 36 N·m."}',
  ]),
  "card-lamp.md": card("CARD-802", [
    "title: A weaker chamber bulb",
    "symptom: The chamber bulb burns out often",
    "claim: A chamber bulb of 15 W lasts longer.",
  ]),
};
