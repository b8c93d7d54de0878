import { readFile } from "node:fs/promises";
import type { IClientOptions } from "mqtt";
import { SunbaeError } from "../../../core/errors.ts";
import type { BrokerSettings } from "./mqtt-settings.ts";

/** "10.0.0.5:8883", without user and password. */
export function brokerPlace(settings: Pick<BrokerSettings, "url">): string {
  return new URL(settings.url).host;
}

/** Options of a connection. Throws `invalid_input` where a certificate can't be read. */
export async function brokerOptions(settings: BrokerSettings): Promise<IClientOptions> {
  const options: IClientOptions = {
    protocolVersion: 4,
    // We connect again by ourselves, each time with a new client, so that nothing of the old connection lives on.
    reconnectPeriod: 0,
    resubscribe: false,
    connectTimeout: settings.timeout_ms,
    keepalive: settings.keepalive_s,
  };
  if (settings.user !== undefined) options.username = settings.user;
  if (settings.password !== undefined) options.password = settings.password;
  if (settings.ca_file) options.ca = await certificate("ca_file", settings.ca_file);
  if (settings.cert_file) options.cert = await certificate("cert_file", settings.cert_file);
  if (settings.key_file) options.key = await certificate("key_file", settings.key_file);
  return options;
}

async function certificate(setting: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (thrown) {
    throw new SunbaeError("invalid_input", `${setting} ${path} can't be read.`, {
      fix: `Put the PEM file there, readable for Sunbae, or mend ${setting}.`,
      cause: thrown,
    });
  }
}

/** What a failed connection means to the one who has to mend it. */
export function brokerProblem(thrown: unknown, place: string): string {
  const { code, message } = thrown as { code?: number | string; message?: string };
  if (code === 4 || code === 5 || code === 134 || code === 135) return `the broker ${place} refuses user or password`;
  if (code === 2 || code === 133) return `the broker ${place} refuses the client id`;
  if (code === "ECONNREFUSED") return `nothing listens at ${place}`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `the name in ${place} is not known here`;
  if (typeof code === "string" && /CERT|SELF_SIGNED|UNABLE_TO|TLS|SSL/.test(code))
    return `the certificate of ${place} is not trusted (${code}): name its authority's certificate in ca_file`;
  return `no connection to ${place}: ${message || String(code ?? thrown)}`;
}
