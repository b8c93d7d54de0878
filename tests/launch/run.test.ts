import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, failingNpm, installingNpm, lockOf } from "./sandbox.ts";

let sandbox: ReturnType<typeof createSandbox>;
beforeEach(() => {
  sandbox = createSandbox();
  sandbox.write("npm-cli.cjs", installingNpm());
});
afterEach(() => sandbox.remove());

const run = (...args: string[]) => sandbox.start("run.js", args);
const patient = { timeout: 10_000 };
const npmCalls = () => (sandbox.has("npm-calls") ? sandbox.read("npm-calls").trim().split("\n") : []);

describe("packages", () => {
  test("are installed from the lock, without install scripts, and once", async () => {
    const first = await run("tool", "a", "b c").ended;
    expect(first).toMatchObject({ code: 0, stdout: "tool a b c\n" });
    expect(first.stderr).toMatch(/Installing packages … done after \d+\.\d s/);
    const second = await run("tool").ended;
    expect(second).toMatchObject({ code: 0, stdout: "tool \n", stderr: "" });
    expect(npmCalls()).toEqual([expect.stringMatching(/^ci --ignore-scripts .*--include=dev/)]);
  });

  test("are installed again when the lock changed", async () => {
    await run("tool").ended;
    sandbox.write("package-lock.json", lockOf({ tool: "1.0.1" }));
    await run("tool").ended;
    expect(npmCalls()).toHaveLength(2);
  });

  test("are installed once by two launches at a time", async () => {
    sandbox.write("npm-cli.cjs", installingNpm(600));
    const ended = await Promise.all([run("tool", "1").ended, run("tool", "2").ended]);
    expect(ended.map(({ code, stdout }) => [code, stdout])).toEqual([
      [0, "tool 1\n"],
      [0, "tool 2\n"],
    ]);
    expect(ended.filter(({ stderr }) => /Waiting for process \d+/.test(stderr))).toHaveLength(1);
    expect(npmCalls()).toHaveLength(1);
  });

  test("a failure of npm ends with one sentence that says the fix, and code 1", async () => {
    sandbox.write("npm-cli.cjs", failingNpm("npm error code ECONNREFUSED\nnpm error syscall connect\n"));
    const ended = await run("tool").ended;
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toContain("The package registry cannot be reached. Connect this machine once");
    expect(ended.stderr).not.toContain("    at ");
  });

  test("a full disk that npm only warns of does not count as installed", async () => {
    const torn = `console.error("npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write");`;
    sandbox.write("npm-cli.cjs", installingNpm() + torn);
    const ended = await run("tool").ended;
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("The disk is full");
    sandbox.write("npm-cli.cjs", installingNpm());
    expect(await run("tool").ended).toMatchObject({ code: 0 });
  });
});

describe.skipIf(process.platform === "win32")("interruption", () => {
  test("stopping an installation leaves nothing behind that a later start trips over", async () => {
    sandbox.write("npm-cli.cjs", installingNpm(20_000));
    const first = run("tool");
    await expect.poll(() => sandbox.has("npm-calls"), patient).toBe(true);
    first.child.kill("SIGTERM");
    const ended = await first.ended;
    expect(ended.signal).toBe("SIGTERM");
    expect(ended.stderr).toContain("Stopped before the packages were installed.");
    expect(sandbox.has(".launch/install.lock")).toBe(false);
    sandbox.write("npm-cli.cjs", installingNpm());
    expect(await run("tool").ended).toMatchObject({ code: 0 });
  });

  test("after a kill the next start waits for the orphaned npm, then goes on", async () => {
    sandbox.write("npm-cli.cjs", installingNpm(1_500));
    const first = run("tool");
    await expect.poll(() => sandbox.has("npm-calls"), patient).toBe(true);
    first.child.kill("SIGKILL");
    const second = await run("tool").ended;
    expect(second).toMatchObject({ code: 0, stdout: "tool \n" });
    expect(second.stderr).toContain("Waiting for process");
    expect(npmCalls()).toHaveLength(1);
  });
});

describe("what is run", () => {
  beforeEach(async () => {
    await run("tool").ended;
  });

  test("a script gets its arguments and its exit code is kept", async () => {
    sandbox.write(
      "task.ts",
      `const list: string[] = process.argv.slice(2); console.log(list.join("|")); process.exit(7);`,
    );
    expect(await run("node", "task.ts", "--x", "y").ended).toMatchObject({ code: 7, stdout: "--x|y\n" });
  });

  test("flags for Node are passed on", async () => {
    sandbox.write("task.js", `console.log(typeof gc); process.exit(3);`);
    expect(await run("node", "--expose-gc", "task.js").ended).toMatchObject({ code: 3, stdout: "function\n" });
  });

  test.skipIf(process.platform === "win32")("a signal reaches a script, with flags or without", async () => {
    sandbox.write(
      "task.js",
      `process.on("SIGTERM", () => { console.log("draining"); process.exit(5); }); setInterval(() => {}, 1e6); console.log("ready");`,
    );
    for (const args of [["task.js"], ["--expose-gc", "task.js"]]) {
      const started = run("node", ...args);
      await started.hears("ready");
      started.child.kill("SIGTERM");
      expect(await started.ended).toMatchObject({ code: 5, stdout: "ready\ndraining\n" });
    }
  });

  test("a tool that is not there is told without a stack", async () => {
    const ended = await run("nothing").ended;
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`There is no tool "nothing"`);
  });
});
