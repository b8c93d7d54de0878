import { describe, expect, test } from "vitest";
import { SunbaeError } from "../../../src/core/errors.ts";
import { checkSite, readSite } from "../../../src/plant/site/read-site.ts";

const values = { HISTORIAN_URL: "http://10.0.0.5:8086", LIMIT_MS: "1500", DIGITS: "12345" };
const read = (text: string) => readSite({ path: "site.yaml", text, values });
const faults = (text: string) =>
  checkSite({ path: "site.yaml", text, values }).faults.map(({ line, message }) => `${line}: ${message}`);

const good = `
time_zone: Asia/Seoul
shifts:
  - { name: day, words: [주간조, day shift], start: "08:00", end: "20:00" }
planned_time:
  holidays: ["2026-01-01", "2026-02-16..2026-02-18"]
  shifts:
    - machines: ["LINE-1", "CNC-*"]
      days: mon-fri
      start: "08:00"
      end: "20:00"
      breaks: ["12:00-13:00"]
    - { days: [토, sunday], start: "08:00", end: "12:00" }
retention: { raw_days: 90, hourly_days: 1825 }
sensor_stores:
  - { name: historian, kind: influxdb, url: "\${HISTORIAN_URL}", database: plant, series: [{ measurement: m, equipment: machine }], machines: ["CNC-*"], timeout_ms: "\${LIMIT_MS}" }
`;

describe("a site file", () => {
  test("is read whole, with settings of the environment in it", () => {
    const site = read(good);
    expect(site).toMatchObject({
      timeZone: "Asia/Seoul",
      shifts: [{ name: "day", start: "08:00" }],
      retention: { raw_days: 90 },
      sensorStores: [
        { name: "historian", url: "http://10.0.0.5:8086", machines: ["CNC-*"], timeout_ms: 1500, database: "plant" },
      ],
      mesStores: [],
      collectors: [],
    });
    expect(site.plannedTime).toEqual({
      holidays: [
        { from: "2026-01-01", to: "2026-01-01" },
        { from: "2026-02-16", to: "2026-02-18" },
      ],
      shifts: [
        {
          machines: ["LINE-1", "CNC-*"],
          days: [1, 2, 3, 4, 5],
          start: "08:00",
          end: "20:00",
          breaks: [{ start: "12:00", end: "13:00" }],
        },
        { machines: null, days: [6, 7], start: "08:00", end: "12:00", breaks: [] },
      ],
    });
  });

  test("may be empty, or only comments", () => {
    expect(read("")).toMatchObject({ timeZone: null, shifts: null, plannedTime: null, sensorStores: [] });
    expect(read("# nothing yet\n").mesStores).toEqual([]);
  });

  test("keeps ${…} that is doubled, and leaves ${…} in comments alone", () => {
    const text = `# password: \${NOT_SET}\nshifts:\n  - { name: "$\${x}", words: [a], start: "08:00", end: "20:00" }`;
    expect(read(text).shifts?.[0]?.name).toBe("${x}");
  });

  test("stops the start with a sentence that names file, line and fix", () => {
    let thrown: unknown;
    try {
      read(good.replace("Asia/Seoul", "Seoul").replace("hourly_days", "hour_days"));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SunbaeError);
    expect(thrown).toMatchObject({ code: "invalid_input", fix: expect.stringContaining("doctor --site site.yaml") });
    expect((thrown as Error).message).toMatch(/^The site file site\.yaml, line 2: .*Asia\/Seoul.*\(and 1 more\)$/);
  });

  test("tells all faults at once, by line", () => {
    const found = faults(
      good.replace("Asia/Seoul", "Seoul").replace("mon-fri", "mo-fr").replace("hourly_days", "days"),
    );
    expect(found.map((one) => one.split(":")[0])).toEqual(["2", "9", "14"]);
  });

  const broken: [string, string, RegExp][] = [
    [
      "an unknown section",
      good.replace("sensor_stores", "sensor_store"),
      /^15: "sensor_store" is not known here\. Did you mean "sensor_stores"/,
    ],
    [
      "a wrong zone",
      good.replace("Asia/Seoul", "KST+9"),
      /^2: time_zone: is not an IANA time zone; write one like Asia\/Seoul/,
    ],
    [
      "a wrong time",
      good.replace('start: "08:00", end: "20:00" }', 'start: "8", end: "20:00" }'),
      /^4: .*must be a time like "08:00"/,
    ],
    ["a time beyond the day", good.replace('end: "20:00" }', 'end: "24:30" }'), /^4: .*must be a time/],
    [
      "an unknown key of a shift",
      good.replace("words:", "word:"),
      /^4: "word" is not known here\. Did you mean "words"\?/,
    ],
    ["a shift without a name", good.replace("name: day, ", ""), /^4: shifts\.0\.name is missing\. It takes a string/],
    ["a wrong day", good.replace("mon-fri", "mon-fry"), /^9: .*"mon-fry" names no days; write mon-fri/],
    ["a wrong break", good.replace("12:00-13:00", "noon"), /^12: .*must be a span like "12:00-13:00"/],
    ["a date that is none", good.replace("2026-01-01", "2026-02-30"), /^6: .*"2026-02-30" is no date/],
    [
      "holidays that end before they begin",
      good.replace("..2026-02-18", "..2026-02-01"),
      /^6: .*is no date; write "2026-01-01", or/,
    ],
    [
      "no machines at all",
      good.replace('machines: ["LINE-1", "CNC-*"]', "machines: []"),
      /^8: .*name a machine, or leave `machines` out/,
    ],
    [
      "a number where a list belongs",
      good.replace(/planned_time:[^]*?retention/, "planned_time: { shifts: 3 }\nretention"),
      /^5: planned_time\.shifts: .*array/,
    ],
    ["a retention of no days", good.replace("raw_days: 90", "raw_days: 0"), /^14: retention\.raw_days: /],
    [
      "an unknown kind",
      good.replace("kind: influxdb", "kind: influxdv"),
      /^16: kind says what the source is\. Did you mean "influx" or "influxdb"/,
    ],
    ["a source without a kind", good.replace("kind: influxdb, ", ""), /^16: sensor_stores\.0\.kind is missing/],
    ["a name that can't be one", good.replace("name: historian", 'name: "../x"'), /^16: .*takes letters, digits/],
    [
      "a name that Sunbae uses",
      good.replace("name: historian", "name: sample"),
      /^16: .*Sunbae uses the name "sample" itself/,
    ],
    [
      "a name given twice",
      `${good}mes_stores:\n  - { name: Historian, kind: postgres, url: "postgres://u@a/d", records: { people: { table: p, columns: { id: no } } } }`,
      /^18: The name "Historian" is taken by sensor_stores\.0/,
    ],
    [
      "a setting that is not set",
      good.replace("HISTORIAN_URL", "HISTORIAN"),
      /^16: .*takes \$\{HISTORIAN\}, which is not set\. Set HISTORIAN in the environment or in \.env/,
    ],
    ["no name of a setting", good.replace("HISTORIAN_URL", "a b"), /^16: .*which is no name of a setting/],
    ["a key given twice", `${good}time_zone: UTC\n`, /^17: Map keys must be unique/],
    [
      "bad indentation",
      good.replace("  holidays", "    holidays"),
      /^7: All mapping items must start at the same column/,
    ],
    ["a star without quotes", good.replace('["LINE-1", "CNC-*"]', "[*]"), /^8: /],
    [
      "a setting without quotes in braces",
      good.replace(/"(\$\{LIMIT_MS\})"/, "$1"),
      /^16: .*put quotes around a text that has \$\{…\}/,
    ],
    ["no map", "- time_zone: Asia/Seoul", /^1: the site file: .*object/],
  ];
  test.each(broken)("with %s is refused with line and fix", (_name, text, expected) => {
    expect(faults(text)).toContainEqual(expect.stringMatching(expected));
  });

  test("never shows a value that came from the environment", () => {
    const text = good.replace('timeout_ms: "${LIMIT_MS}"', 'timeout_ms: "${HISTORIAN_URL}"');
    expect(faults(text).join("\n")).toMatch(/timeout_ms/);
    expect(faults(text).join("\n")).not.toContain("10.0.0.5");
  });
});
