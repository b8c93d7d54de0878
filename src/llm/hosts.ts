// Where an address lies: on this machine, on the plant's network, or outside. By name and number only, no look-up.

/** `hostname` as URL gives it: lower case, IP addresses normalised, IPv6 in brackets. */
export function isLoopback(hostname: string): boolean {
  if (hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]") return true;
  if (/^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/.test(hostname)) return true;
  return /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** A private address (RFC 1918, RFC 4193, link-local) or a name of the local network (`nas`, `box.local`). */
export function isPrivate(hostname: string): boolean {
  if (isLoopback(hostname)) return true;
  if (hostname.startsWith("[")) return /^\[f[cd]|^\[fe[89ab]/.test(hostname);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(hostname))
    return /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(hostname);
  return !hostname.includes(".") || hostname.endsWith(".local");
}

export function hostOf(url: URL): string {
  return url.host === "" ? url.protocol : url.host;
}

/** An address as people write OLLAMA_HOST (`0.0.0.0`, `box:11434`, `http://box`), as a base URL. */
export function toBaseUrl(host: string, defaultPort: number): string {
  const written = host.trim();
  const withScheme = /^https?:\/\//i.test(written)
    ? written
    : `http://${written.startsWith(":") ? "127.0.0.1" : ""}${written}`;
  const url = new URL(withScheme);
  // 0.0.0.0 and :: are addresses to listen on; a client reaches them on loopback.
  if (url.hostname === "0.0.0.0" || url.hostname === "[::]") url.hostname = "127.0.0.1";
  if (url.port === "" && !/^https?:\/\//i.test(written)) url.port = String(defaultPort);
  return url.href.replace(/\/+$/, "");
}
