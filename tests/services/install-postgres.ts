import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

// Debian's Postgres and pgvector, installed where they are missing. What can't be had is said, not skipped.

const debianRoot = "/usr/lib/postgresql";

export type PostgresInstallation = { bin: string; major: number };

function findInstallation(): PostgresInstallation | null {
  if (!existsSync(debianRoot)) return null;
  const majors = readdirSync(debianRoot)
    .map(Number)
    .filter((major) => existsSync(join(debianRoot, String(major), "bin/initdb")));
  const major = Math.max(...majors);
  return majors.length > 0 ? { bin: join(debianRoot, String(major), "bin"), major } : null;
}

export function aptInstall(name: string): boolean {
  if (process.getuid?.() !== 0) return false;
  const options = { stdio: "inherit" as const, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  const install = () => spawnSync("apt-get", ["install", "-y", "--no-install-recommends", name], options).status === 0;
  return install() || (spawnSync("apt-get", ["update"], options).status === 0 && install());
}

function hasVector({ bin }: PostgresInstallation): boolean {
  const share = execFileSync(join(bin, "pg_config"), ["--sharedir"], { encoding: "utf8" }).trim();
  return existsSync(join(share, "extension/vector.control"));
}

/** The newest Postgres of this machine, installed first where there is none; throws where it can't be. */
export function installPostgres(): PostgresInstallation {
  const found = findInstallation() ?? (aptInstall("postgresql") ? findInstallation() : null);
  if (found) return found;
  throw new Error("Postgres is missing and could not be installed: run `apt-get install postgresql` as root.");
}

/** Null where pgvector is there or could be installed, else a sentence that says what to do. */
export function installVector(postgres: PostgresInstallation): string | null {
  const name = `postgresql-${postgres.major}-pgvector`;
  if (hasVector(postgres) || (aptInstall(name) && hasVector(postgres))) return null;
  return (
    `pgvector is missing and the package ${name} is not in this machine's package sources. ` +
    "Install it, or name a server that has it by SUNBAE_TEST_DATABASE_URL."
  );
}
