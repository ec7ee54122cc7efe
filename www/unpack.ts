/** Unpacking what links carry, by the browser's own streams. */

/** Read so many bytes at a time, a bomb goes off in pieces of half a megabyte, and what follows the limit stays packed. */
const SLICE = 512;

/** What a packed program unpacked to; nothing where it did not, because it ended too early or for another reason. */
export interface Unpacked {
  readonly bytes?: Uint8Array;
  readonly isCutShort: boolean;
}

/** Unpacks to a little more than `limit` bytes at most. */
export async function unpack(packed: Uint8Array, limit: number): Promise<Unpacked> {
  const { readable, writable } = new DecompressionStream('deflate-raw');
  let isCutShort = false;
  const feed = async (): Promise<void> => {
    const writer = writable.getWriter();
    for (let at = 0; at < packed.length; at += SLICE) await writer.write(packed.slice(at, at + SLICE));
    isCutShort = true;
    await writer.close();
    isCutShort = false;
  };
  const fed = feed().catch(() => undefined);
  try {
    return { bytes: await gathered(readable, limit), isCutShort: false };
  } catch {
    await fed;
    return { isCutShort };
  }
}

async function gathered(readable: ReadableStream<Uint8Array<ArrayBuffer>>, limit: number): Promise<Uint8Array> {
  const reader = readable.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let length = 0; length <= limit; ) {
    const { value } = await reader.read();
    if (!value) break;
    pieces.push(value);
    length += value.length;
  }
  // What was not read is of no use; at the end there is nothing to cancel.
  void reader.cancel();
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
