import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { installPackage, isInPackageSources } from "./packages.ts";

// Debian's Postgres, and pgvector where Debian has it.

const debianRoot = "/usr/lib/postgresql";

export type PostgresInstallation = { bin: string; major: number };

/** Null where there is none. */
export function findInstalledPostgres(): PostgresInstallation | null {
  if (!existsSync(debianRoot)) return null;
  const majors = readdirSync(debianRoot)
    .map(Number)
    .filter((major) => existsSync(join(debianRoot, String(major), "bin/initdb")));
  const major = Math.max(...majors);
  return majors.length > 0 ? { bin: join(debianRoot, String(major), "bin"), major } : null;
}

/** The newest Postgres of this machine, installed first where there is none; throws where it can't be. */
export function findPostgres(): PostgresInstallation {
  const found = findInstalledPostgres();
  if (found) return found;
  installPackage("postgresql");
  const installed = findInstalledPostgres();
  if (!installed) throw new Error(`The package postgresql brought no server to ${debianRoot}.`);
  return installed;
}

async function hasVector(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query("SELECT FROM pg_available_extensions WHERE name = 'vector'")).rowCount === 1;
  } finally {
    await client.end();
  }
}

/**
 * Null where the server has pgvector, or has it now; else why not. Where a package of it exists it must install:
 * throws where it doesn't. `postgres` is null for a server that is not this machine's.
 */
export async function lackOfVector(url: string, postgres: PostgresInstallation | null): Promise<string | null> {
  if (await hasVector(url)) return null;
  if (!postgres) return "the server of SUNBAE_TEST_DATABASE_URL has no pgvector";
  const name = `postgresql-${postgres.major}-pgvector`;
  if (!isInPackageSources(name))
    return `this machine's package sources have no ${name}: pgvector is in no Debian 12 package`;
  installPackage(name);
  if (await hasVector(url)) return null;
  throw new Error(`${name} is installed, but the server does not find the extension.`);
}
