import type { FileFacts } from '../../clusters/port.js';
import { UndecidedError } from '../objects.js';
import type { CheckContext } from '../subject.js';
import { lastLine } from '../words.js';

/** A snapshot as etcdutl tells of it, with its bytes. */
export interface Snapshot {
  readonly keys: number;
  readonly revision: number;
  readonly bytes: Buffer;
}

/** Reads a snapshot; a text says why it is none. Throws `UndecidedError` where etcdutl is missing. */
export async function readSnapshot(host: string, path: string, { cluster }: CheckContext): Promise<Snapshot | string> {
  const status = await cluster.run(host, 'root', ['etcdutl', 'snapshot', 'status', path, '-w', 'json']);
  if (status.code === 127) throw new UndecidedError(`there is no etcdutl on ${host} that could read ${path}`);
  if (status.code !== 0) return lastLine(status.stderr) || 'it cannot be read';
  const { totalKey, revision } = JSON.parse(status.stdout) as { totalKey: number; revision: number };
  const { content } = (await cluster.file(host, path)) as FileFacts;
  return { keys: totalKey, revision, bytes: Buffer.from(content) };
}

/** What a key's name is made of: where one of these follows, it is another key that begins like it. */
const NAME = /[A-Za-z0-9._:/-]/;

/** Whether a key is in a snapshot's own bytes: each is stored as it is spelled. */
export function holdsKey(bytes: Buffer, key: string): boolean {
  for (let at = bytes.indexOf(key); at >= 0; at = bytes.indexOf(key, at + 1)) {
    const next = bytes[at + Buffer.byteLength(key)];
    if (next === undefined || !NAME.test(String.fromCharCode(next))) return true;
  }
  return false;
}
