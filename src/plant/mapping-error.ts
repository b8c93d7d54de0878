import { SunbaeError } from "../core/errors.ts";

/**
 * A source answers, but lacks a table or column that its mapping names: what needs it can't be asked, everything else can.
 * `why` is in the database's or our own words and names table and column.
 */
export class MappingError extends SunbaeError {
  readonly why: string;
  /** For the asker; the message for whom it is no news that there is a mapping (doctor). */
  readonly reason: { ko: string; en: string };

  constructor(why: string, options: { fix: string; records?: string; message?: string; cause?: unknown }) {
    const plain = why.replace(/\.$/, "");
    super("unavailable", options.message ?? why, { fix: options.fix, cause: options.cause });
    this.why = why;
    this.reason = {
      ko: `${options.records ?? "데이터"} 매핑이 데이터베이스와 맞지 않음: ${plain}, sunbae doctor로 확인`,
      en: `the mapping${options.records ? ` of ${options.records}` : ""} doesn't fit the database: ${plain}, see sunbae doctor`,
    };
  }
}
