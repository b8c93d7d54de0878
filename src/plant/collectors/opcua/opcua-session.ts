import { join } from "node:path";
import type { ClientSession, OPCUAClient } from "node-opcua-client";
import { SunbaeError } from "../../../core/errors.ts";
import type { CollectorDeps } from "../../source.ts";
import type { OpcuaCollectorSettings } from "./opcua-settings.ts";

export type OpcuaConnection = {
  client: OPCUAClient;
  session: ClientSession;
  /** Resolves when the connection is lost, with what is known of why. */
  lost: Promise<string>;
  close(): Promise<void>;
};

const policies: Record<OpcuaCollectorSettings["security_policy"], string> = {
  basic256sha256: "Basic256Sha256",
  aes128_sha256_rsaoaep: "Aes128_Sha256_RsaOaep",
  aes256_sha256_rsapss: "Aes256_Sha256_RsaPss",
  basic256: "Basic256",
  basic128rsa15: "Basic128Rsa15",
};
const modes = { none: "None", sign: "Sign", sign_and_encrypt: "SignAndEncrypt" };

/** Where Sunbae's own certificate and those it trusts lie, in the data folder. */
export const certificateFolder = (dataDir: string): string => join(dataDir, "opcua");

/** One connection with one session, which ends when it is lost; whoever calls makes the next. Rejects with the fix. */
export async function openOpcuaSession(
  settings: OpcuaCollectorSettings,
  deps: Pick<CollectorDeps, "mayReach" | "dataDir" | "logger">,
): Promise<OpcuaConnection> {
  const { url, timeout_ms: timeoutMs } = settings;
  deps.mayReach(new URL(url.replace(/^opc\.tcp/, "http")).hostname);
  const [{ OPCUAClient, UserTokenType, ...library }, { OPCUACertificateManager }] = await Promise.all([
    import("node-opcua-client"),
    import("node-opcua-certificate-manager"),
  ]);
  // It would print on the console, where commands' answers stand.
  const tell = (...words: unknown[]) => deps.logger.debug({ collector: settings.name }, words.map(String).join(" "));
  library.setErrorLogger(tell);
  library.setWarningLogger(tell);
  const folder = certificateFolder(deps.dataDir);
  const store = new OPCUACertificateManager({
    rootFolder: folder,
    automaticallyAcceptUnknownCertificate: settings.trust === "first",
  });
  await store.initialize();
  const secure = settings.security_mode !== "none";
  const client = OPCUAClient.create({
    applicationName: "Sunbae",
    clientName: `Sunbae ${settings.name}`,
    securityMode: modes[settings.security_mode],
    securityPolicy: secure ? policies[settings.security_policy] : "None",
    clientCertificateManager: store,
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 1_000 },
    transportTimeout: timeoutMs,
    defaultTransactionTimeout: Math.max(timeoutMs, 10_000),
    keepSessionAlive: true,
    endpointMustExist: false,
    requestedSessionTimeout: 60_000,
  });
  const lost = new Promise<string>((resolve) => {
    client.once("close", (error) => resolve(error?.message || "the server ended the connection"));
    client.once("abort", () => resolve("the connection was aborted"));
  });
  const close = async () => {
    await client.disconnect().catch(() => {});
    await store.dispose().catch(() => {});
  };
  try {
    await withLimit(client.connect(url), timeoutMs);
    const { user, password = "" } = settings;
    const login = client.createSession(
      user === undefined
        ? { type: UserTokenType.Anonymous }
        : { type: UserTokenType.UserName, userName: user, password },
    );
    const session = await withLimit(login, timeoutMs);
    return { client, session, lost, close };
  } catch (thrown) {
    await close();
    throw connectionError(thrown, settings, folder);
  }
}

async function withLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1000} s`)), limitMs);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function connectionError(thrown: unknown, settings: OpcuaCollectorSettings, folder: string): SunbaeError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const error = (text: string, fix: string) => new SunbaeError("unavailable", text, { fix, cause: thrown });
  if (/BadCertificate|BadSecurityChecksFailed|certificate/i.test(message))
    return error(
      `${settings.url}: the certificates are not trusted (${message.slice(0, 120)}).`,
      `Trust Sunbae's certificate at the server, and move the server's from ${join(folder, "rejected")} to ${join(folder, "trusted/certs")} (or set trust: first).`,
    );
  if (/BadIdentityToken|BadUserAccessDenied/i.test(message))
    return error(`${settings.url} refuses user or password.`, "Mend user and password.");
  if (/BadSecurityPolicyRejected|BadSecurityModeRejected|security (policy|mode)|end ?point/i.test(message))
    return error(
      `${settings.url} does not offer ${settings.security_mode} with ${settings.security_policy}.`,
      "Choose a security_mode and security_policy that the server offers.",
    );
  return error(`${settings.url} can't be reached (${message.slice(0, 160)}).`, "Look at the server, its port and url.");
}
