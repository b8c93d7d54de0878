// What every verb is told about its caller: who asks, where, when, and how to stop it.
export type Role = "viewer" | "technician" | "quality" | "supervisor" | "expert" | "admin";

export type Actor = {
  id: string;
  name: string;
  roles: Role[];
  /** The door the actor came through: "http", "cli", "slack" … for the audit trail. */
  door: string;
};

export type Language = "ko" | "en";

export type Ctx = {
  actor: Actor;
  /** The site's IANA time zone; days and shifts are reckoned in it. */
  timeZone: string;
  /** The clock; tests set it. */
  now: () => Date;
  signal?: AbortSignal;
};

export function hasRole(actor: Actor, ...roles: Role[]): boolean {
  return actor.roles.includes("admin") || roles.some((role) => actor.roles.includes(role));
}
