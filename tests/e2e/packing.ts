/** A program as links carry it. */
import { deflateRawSync } from 'node:zlib';

export function pack(program: string): string {
  return deflateRawSync(Buffer.from(program)).toString('base64url');
}
