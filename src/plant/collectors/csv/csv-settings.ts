import { z } from "zod";
import { compileTimeFormat, isSpecialTimeFormat } from "../../import/values/time-format.ts";
import { checkUniqueTags, collectorShape, discoveryShape } from "../collector-settings.ts";

// A folder into which a machine or a logger puts text files of readings; files may grow. Nothing in it is changed.

const text = z.string().min(1);

export const csvCollectorSettings = z
  .strictObject({
    ...collectorShape,
    ...discoveryShape,
    kind: z.literal("csv"),
    folder: text,
    /** Names of files: "*.csv", "{equipment}_*.csv". */
    files: text.default("*.csv"),
    poll_s: z.number().min(0.1).max(3_600).default(5),
    /** So long unchanged, a last line without an end is whole. */
    settle_s: z.number().min(0).max(3_600).default(5),
    encoding: text.optional(),
    delimiter: text.optional(),
    /** Number of the line with the columns' names. */
    header: z.number().int().min(1).max(100).default(1),
    decimal: z.enum([".", ","]).default("."),
    /** The column of time, or those of date and time. */
    time: z.union([text, z.array(text).min(1).max(3)]),
    /** "DD.MM.YYYY HH:mm:ss", iso, epoch_s, epoch_ms, epoch_us; the usual spellings are known without it. */
    time_format: text.optional(),
    date_order: z.enum(["mdy", "dmy", "ymd"]).optional(),
    equipment: text.optional(),
    equipment_column: text.optional(),
    /** One reading a row: the columns of its tag and value. Without them every column of numbers is a tag. */
    tag_column: text.optional(),
    value_column: text.optional(),
    columns: z.array(text).min(1).optional(),
    id: text
      .refine((id) => id.includes("{tag}"), "needs {tag}, for example {equipment}.{tag}")
      .default("{equipment}.{tag}"),
  })
  .superRefine((settings, context) => {
    checkUniqueTags(settings.tags, context);
    const fault = (key: string, message: string) => context.addIssue({ code: "custom", path: [key], message });
    if (!settings.equipment && !settings.equipment_column && !settings.files.includes("{equipment}"))
      fault("equipment", "is missing: name it, or equipment_column, or put {equipment} into `files`");
    if ((settings.tag_column === undefined) !== (settings.value_column === undefined))
      fault("tag_column", "and value_column stand together");
    if (settings.columns && settings.tag_column) fault("columns", "is for files without tag_column");
    if (/[/\\]/.test(settings.files)) fault("files", "is a file's name, not a path: the folder stands under `folder`");
    if (settings.time_format && !isSpecialTimeFormat(settings.time_format)) {
      try {
        compileTimeFormat(settings.time_format);
      } catch (thrown) {
        fault("time_format", (thrown as Error).message);
      }
    }
  });

export type CsvCollectorSettings = z.infer<typeof csvCollectorSettings>;
