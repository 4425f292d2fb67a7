import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, thisProcess } from '../holder.js';
import { inTurn } from '../in-turn.js';
import { ClusterError } from '../port.js';
import { writeWhole } from '../write-whole.js';
import type { RecordStore } from './records.js';

/** Keeps the records in `clusters/` of kubedrill's home, readable for the person alone. */
export function recordFiles(home: string): RecordStore {
  const folder = join(home, 'clusters');
  const file = join(folder, 'clusters.json');
  const own = (host: string) => join(folder, host);
  return {
    me: thisProcess(),
    isAlive,
    read: () => tried(file, () => readIfThere(file)),
    write: (text) =>
      tried(file, () => {
        makePrivate(folder);
        writeWhole(file, text);
      }),
    inTurn(use) {
      tried(folder, () => makePrivate(folder));
      return inTurn(join(folder, 'turn'), use);
    },
    folder: (host) => tried(own(host), () => makePrivate(own(host))),
    removeFolder: (host) => tried(own(host), () => rmSync(own(host), { recursive: true, force: true })),
  };
}

function tried<T>(path: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ClusterError(`${path}: ${reason}. Put that right, or set KUBEDRILL_HOME to a folder of your own.`);
  }
}

function makePrivate(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
