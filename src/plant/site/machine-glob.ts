/** Whether an id is meant by one of the patterns: an id, or a glob with * and ?. Upper and lower case are the same. */
export function createMachineFilter(patterns: readonly string[]): (id: string) => boolean {
  const expressions = patterns.map((pattern) => {
    const escaped = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${escaped}$`, "i");
  });
  return (id) => expressions.some((one) => one.test(id));
}
