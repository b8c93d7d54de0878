/**
 * Tells the broker that a message of QoS 1 is ours: a PUBACK frame. It is the one thing that we send of our own, four
 * bytes without content, because mqtt.js confirms only one message after the other, each before it reads the next.
 */
export function confirmMessage(stream: { write(bytes: Uint8Array): unknown }, id: number): void {
  stream.write(Uint8Array.of(0x40, 2, id >> 8, id & 0xff));
}
