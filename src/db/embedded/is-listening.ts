import { connect } from "node:net";

/** True where somebody listens on the socket. */
export function isListening(path: string): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect({ path });
    const finish = (alive: boolean) => {
      socket.destroy();
      answer(alive);
    };
    socket.setTimeout(2_000, () => finish(true)); // a full backlog is a busy process, not a dead one
    socket.once("connect", () => finish(true));
    socket.once("error", (error) => finish((error as NodeJS.ErrnoException).code === "EAGAIN"));
  });
}
