import { importsOf } from "../imports.ts";
import { isCode, lineAt, withoutComments } from "../source-file.ts";
import type { Rule, SourceFile, Violation } from "../source-file.ts";

// Nothing of Sunbae writes to a plant's own systems: the libraries that reach them are imported by their adapters only,
// and no adapter names a call, a statement or an HTTP method that writes.

/** Code that reaches a system of the plant; what collectors share reaches only our own database. */
const adapters = /^src\/plant\/(sql|collectors\/[^/]+|mes\/(sql|rest)|sensors\/(influx|postgres))\//;

/** Who may load a library that reaches other systems; types may be imported anywhere. */
export const loaders: Record<string, RegExp> = {
  pg: /^src\/(db|plant\/sql)\//,
  mysql2: /^src\/plant\/sql\//,
  mssql: /^src\/plant\/sql\//,
  tedious: /^src\/plant\/sql\//,
  mqtt: /^src\/plant\/collectors\/(mqtt|sparkplug)\//,
  "sparkplug-payload": /^src\/plant\/collectors\/sparkplug\//,
  "node-opcua-client": /^src\/plant\/collectors\/opcua\//,
  "node-opcua-certificate-manager": /^src\/plant\/collectors\/opcua\//,
  "node-opcua": /^$/,
  "modbus-serial": /^src\/plant\/collectors\/modbus\//,
  "node:http": /^src\/(http|cli|app|main)/,
  "node:https": /^$/,
  "node:dgram": /^$/,
};

/** Members of the libraries that change something on the other side; tests/architecture/read-only.test.ts checks that none is missing. */
export const writingCalls: Record<"modbus" | "mqtt" | "opcua" | "sql", string[]> = {
  modbus: [
    ...["writeCoil", "writeCoils", "writeRegister", "writeRegisters", "writeRegisterEnron", "maskWriteRegister"],
    ...["readWriteRegisters", "customFunction", "writeCustomFC", "writeFC5", "writeFC6", "writeFC15", "writeFC16"],
    ...["writeFC17", "writeFC22", "writeFC23", "send"],
  ],
  mqtt: ["publish", "publishAsync", "_sendPacket", "_writePacket", "_storeAndSend"],
  opcua: [
    ...["write", "writeSingleNode", "call", "callWithDiagnostics", "acknowledgeCondition", "addCommentCondition"],
    ...["confirmCondition", "disableCondition", "enableCondition", "historyUpdate", "addNodes", "addReferences"],
    ...["deleteNodes", "deleteReferences", "performMessageTransaction"],
    ...["WriteRequest", "CallRequest", "HistoryUpdateRequest", "AddNodesRequest", "DeleteNodesRequest"],
  ],
  sql: ["commit", "beginTransaction", "bulk", "batch", "bulkLoad", "execBulkLoad", "execSqlBatch", "callProcedure"],
};

const statements =
  /\b(INSERT\s+INTO|DELETE\s+FROM|MERGE\s+INTO|REPLACE\s+INTO|UPDATE\s+[^\s;]+\s+SET|TRUNCATE\s+TABLE|(DROP|ALTER|CREATE)\s+(TABLE|VIEW|INDEX|SCHEMA|DATABASE|FUNCTION|ROLE|USER)|GRANT\s+\w+\s+ON\s+\S+\s+TO|COPY\s+\w+\s+(FROM|TO)|INTO\s+(OUTFILE|DUMPFILE)|LOAD\s+DATA|COMMIT|EXEC\s+\w+|lo_(create|import|unlink|put)|pg_(terminate|cancel)_backend|xp_cmdshell)\b/;
const methods = /["'`](POST|PUT|PATCH|DELETE)["'`]/;
const escapes = /\b(child_process|worker_threads|eval\s*\(|new\s+Function\b)/;

export const readOnly: Rule = (files) => {
  const code = files.filter((file) => isCode(file.path) && file.path.startsWith("src/"));
  return [...code.flatMap(wronglyLoaded), ...code.filter((file) => adapters.test(file.path)).flatMap(writes)];
};

function wronglyLoaded(file: SourceFile): Violation[] {
  return importsOf(file).flatMap(({ specifier, typeOnly, line }) => {
    const library = Object.keys(loaders).find((name) => specifier === name || specifier.startsWith(`${name}/`));
    if (library === undefined || typeOnly || loaders[library]?.test(file.path)) return [];
    const message = `loads ${specifier}, which reaches other systems: only its own adapter does.`;
    return [{ path: file.path, line, message }];
  });
}

function writes(file: SourceFile): Violation[] {
  const text = withoutComments(file.text);
  const found = (pattern: RegExp, message: (what: string) => string): Violation[] =>
    [...text.matchAll(new RegExp(pattern, "gi"))].map((match) => ({
      path: file.path,
      line: lineAt(text, match.index),
      message: message(match[0]),
    }));
  const calls = callsOf(file.path);
  // A member, however it is reached: x.publish(…), x?.publish, x["publish"], { publish } = x.
  const members = new RegExp(
    `(\\.\\s*(${calls.join("|")})\\b)|(["'\`](${calls.join("|")})["'\`]\\s*\\])|(\\{[^{}=;()]*\\b(${calls.join("|")})\\b[^{}=;()]*\\}\\s*=)`,
  );
  return [
    ...[...text.matchAll(new RegExp(members, "g"))]
      .filter((match) => !acknowledges(text, match))
      .map((match) => ({
        path: file.path,
        line: lineAt(text, match.index),
        message: `"${match[0].trim()}" writes to a system of the plant: a source is only read.`,
      })),
    ...found(statements, (what) => `"${what}" is no statement that reads: a source is only read.`),
    ...found(methods, (what) => `${what} is no method that reads: only GET is sent to a source.`),
    ...found(escapes, (what) => `"${what}" has no place in an adapter of a source.`),
    ...requests(file, text),
  ];
}

/** A packet of MQTT that only says "received", written so that it can be nothing else. */
function acknowledges(text: string, { index, 0: member }: RegExpExecArray): boolean {
  return (
    /_sendPacket/.test(member) && /^\s*\(\{ cmd: "(puback|pubrec|pubcomp)",/.test(text.slice(index + member.length))
  );
}

/** Every adapter's own library, and for all of them SQL: "call" is an ordinary word elsewhere. */
function callsOf(path: string): string[] {
  const own = (["modbus", "mqtt", "opcua"] as const).filter((name) => path.includes(`/collectors/${name}/`));
  const sparkplug = path.includes("/collectors/sparkplug/") ? writingCalls.mqtt : [];
  const unmistakable = [...writingCalls.modbus, ...writingCalls.opcua, "publishAsync"].filter(
    (name) => !["send", "write", "call"].includes(name),
  );
  return [
    ...new Set([...writingCalls.sql, ...own.flatMap((name) => writingCalls[name]), ...sparkplug, ...unmistakable]),
  ];
}

/** A fetch says that it is a GET, and has no body. */
function requests(file: SourceFile, text: string): Violation[] {
  return [...text.matchAll(/\bfetch\s*\(/g)].flatMap((match) => {
    const call = text.slice(match.index, match.index + 400);
    const line = lineAt(text, match.index);
    if (!/method:\s*"GET"/.test(call))
      return [{ path: file.path, line, message: 'fetch without method: "GET": say it, so that it stays so.' }];
    return /\bbody\s*:/.test(call)
      ? [{ path: file.path, line, message: "fetch with a body: a source is only read." }]
      : [];
  });
}
