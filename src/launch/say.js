// @ts-check
// What the launcher tells the person, always on stderr: stdout belongs to the command that follows.

/** An expected end: its message already says the fix, so no stack is shown; with a signal, the person stopped us. */
export class LaunchError extends Error {
  /** @param {string} message @param {NodeJS.Signals} [signal] */
  constructor(message, signal) {
    super(message);
    this.signal = signal;
  }
}

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Runs one long step and tells its start, its seconds while it lasts and its end.
 * @template T
 * @param {string} label what is done, e.g. "Installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  const terminal = process.stderr.isTTY === true;
  if (terminal) process.stderr.write(`${label} …`);
  else say(`${label} …`);
  const timer = setInterval(
    () => (terminal ? process.stderr.write(`\r\x1b[K${label} … ${seconds()}`) : say(`${label} … ${seconds()}`)),
    terminal ? 500 : 10_000,
  );
  let done = false;
  try {
    const result = await work();
    done = true;
    return result;
  } finally {
    clearInterval(timer);
    const end = `${label} … ${done ? "done" : "failed"} after ${seconds()}`;
    process.stderr.write(terminal ? `\r\x1b[K${end}\n` : `${end}\n`);
  }
}
