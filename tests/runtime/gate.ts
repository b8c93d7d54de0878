/** A door in a test's way: `wait` doesn't resolve until `open`; `reached` resolves when somebody waits. */
export function createGate() {
  let open = (): void => {};
  let arrive = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const wait = async (): Promise<void> => {
    arrive();
    await opened;
  };
  return { wait, open: () => open(), reached };
}
