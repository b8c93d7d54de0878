import { SunbaeError } from "../core/errors.ts";
import { isLoopback, hostOf } from "./hosts.ts";

// The one gate through which the process speaks to the outside: models, embeddings, telemetry, chat services.
// Loopback is inside. Everything else, the plant's own network included, has to be on SUNBAE_EGRESS's allow-list.
// How we would notice a hole: table egress_log lacks a host that the firewall's log has.

export type EgressPurpose = "model" | "embedding" | "telemetry" | "channel";

/** One try to speak to the outside, allowed or not. Loopback is not recorded. */
export type EgressRecord = {
  at: Date;
  purpose: EgressPurpose;
  host: string;
  method: string;
  allowed: boolean;
  reason: "allowed" | "not-on-list" | "redirect-refused";
};

export type EgressGate = {
  /** A fetch bound to its purpose. Throws `unavailable` with the fix where the host isn't allowed. */
  fetch(purpose: EgressPurpose): typeof fetch;
  /** Throws what `fetch` would throw, and records the refusal; for things that speak by other means than fetch. */
  check(url: string | URL, purpose: EgressPurpose): void;
  /** Whether `fetch` would let it through; records nothing. */
  allows(url: string | URL): boolean;
};

export type EgressOptions = {
  /** "none", or hosts: `api.openai.com`, `*.openai.com` (not the bare domain), `10.0.0.5`, `box.local:8080`. */
  allow: readonly string[] | "none";
  /** Must not throw; called before the request leaves. */
  record?: (record: EgressRecord) => void;
  now?: () => Date;
};

/** LangChain would send its traces around the gate when one of these is "true"; config.ts unsets them at start. */
export const tracingSwitches = [
  "LANGSMITH_TRACING_V2",
  "LANGCHAIN_TRACING_V2",
  "LANGSMITH_TRACING",
  "LANGCHAIN_TRACING",
];

const maxRedirects = 3;

/** Reads SUNBAE_EGRESS. Throws `invalid_input` for an entry that is not a host. */
export function parseEgress(setting: string): string[] | "none" {
  const entries = setting.split(/[\s,]+/).filter((entry) => entry !== "");
  if (entries.length === 0 || (entries.length === 1 && entries[0] === "none")) return "none";
  return entries.map((entry) => toRule(entry).text);
}

export function createEgressGate(options: EgressOptions): EgressGate {
  const rules = options.allow === "none" ? [] : options.allow.map(toRule);
  const now = options.now ?? (() => new Date());
  const isAllowed = (url: URL) => isLoopback(url.hostname) || rules.some((rule) => rule.matches(url));
  const note = (url: URL, purpose: EgressPurpose, method: string, reason: EgressRecord["reason"]) => {
    if (isLoopback(url.hostname)) return;
    options.record?.({ at: now(), purpose, host: hostOf(url), method, allowed: reason === "allowed", reason });
  };

  function check(target: string | URL, purpose: EgressPurpose, method = "GET"): void {
    const url = new URL(target);
    const allowed = isAllowed(url);
    note(url, purpose, method, allowed ? "allowed" : "not-on-list");
    if (!allowed)
      throw new SunbaeError("unavailable", `${hostOf(url)} is outside the plant and not on the egress allow-list.`, {
        fix: `Allow it with SUNBAE_EGRESS=${url.hostname}, or stay with a model on this machine.`,
      });
  }

  async function guarded(purpose: EgressPurpose, input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const sent = await toInit(input, init);
    let url = new URL(input instanceof Request ? input.url : input);
    for (let hop = 0; hop <= maxRedirects; hop++) {
      check(url, purpose, sent.method);
      const response = await fetch(url, sent);
      const location = response.headers.get("location");
      if (location === null || ![301, 302, 303, 307, 308].includes(response.status)) return response;
      await response.body?.cancel();
      const next = new URL(location, url);
      if (next.origin !== url.origin) {
        note(next, purpose, sent.method, "redirect-refused");
        const message = `${hostOf(url)} redirects to ${hostOf(next)}; redirects to other hosts are refused.`;
        throw new SunbaeError("unavailable", message, { fix: "Set the service's final address instead." });
      }
      if (response.status < 307 && sent.method !== "HEAD") Object.assign(sent, { method: "GET", body: null });
      url = next;
    }
    throw new SunbaeError("unavailable", `${hostOf(url)} redirects in a circle.`);
  }

  return {
    fetch: (purpose) => (input, init) => guarded(purpose, input, init),
    check: (url, purpose) => check(url, purpose),
    allows: (url) => isAllowed(new URL(url)),
  };
}

async function toInit(
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<RequestInit & { method: string }> {
  const method = (init.method ?? (input instanceof Request ? input.method : "GET")).toUpperCase();
  if (!(input instanceof Request)) return { ...init, method, redirect: "manual" };
  const body = input.body === null ? null : await input.arrayBuffer();
  return { headers: input.headers, body, signal: input.signal, ...init, method, redirect: "manual" };
}

function toRule(entry: string): { text: string; matches: (url: URL) => boolean } {
  const bare = entry
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, "")
    .replace(/\/.*$/, "");
  const wrong = () =>
    new SunbaeError("invalid_input", `SUNBAE_EGRESS has "${entry}", which is not a host.`, {
      fix: "List hosts separated by commas, e.g. SUNBAE_EGRESS=api.openai.com,*.slack.com, or say none.",
    });
  if (bare.startsWith("*.")) {
    const suffix = bare.slice(1);
    if (!/^(\.[a-z0-9-]+){2,}$/.test(suffix)) throw wrong();
    return { text: bare, matches: (url) => url.hostname.endsWith(suffix) };
  }
  let parsed: URL;
  try {
    parsed = new URL(`tcp://${bare}`);
    parsed = new URL(`http://${parsed.host}`); // normalises IP addresses as the request's URL will be
  } catch {
    throw wrong();
  }
  if (/[*@]/.test(bare) || parsed.hostname === "") throw wrong();
  const port = /:(\d+)$/.exec(bare)?.[1];
  return {
    text: bare,
    matches: (url) => url.hostname === parsed.hostname && (port === undefined || port === portOf(url)),
  };
}

function portOf(url: URL): string {
  if (url.port !== "") return url.port;
  return url.protocol === "https:" ? "443" : "80";
}
