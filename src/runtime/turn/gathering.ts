/** Lets a few turns at a time gather: there is one database; a turn that streams from a model needs no place. */
export type Gathering = { enter(): Promise<() => void> };

/** `enter` resolves with a function that gives the place back; calling it twice is once. */
export function createGathering(places: number): Gathering {
  let free = places;
  const queue: (() => void)[] = [];
  const give = (): void => {
    const next = queue.shift();
    if (next) next();
    else free++;
  };
  return {
    async enter() {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => void queue.push(resolve));
      let given = false;
      return () => {
        if (!given) give();
        given = true;
      };
    },
  };
}
