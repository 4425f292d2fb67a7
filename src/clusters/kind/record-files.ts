import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterError } from '../port.js';
import { type Holder, isAlive, thisProcess } from '../real/holder.js';
import { writeWhole } from '../write-whole.js';
import type { RecordStore } from './records.js';

/** A change takes milliseconds; who has the turn for longer stands still, and is not waited for. */
const PATIENCE_MILLISECONDS = 2_000;
const AGAIN_MILLISECONDS = 5;

/** Keeps the records in `clusters/` of kubedrill's home, readable for the person alone. */
export function recordFiles(home: string): RecordStore {
  const folder = join(home, 'clusters');
  const file = join(folder, 'clusters.json');
  const me = thisProcess();
  const own = (host: string) => join(folder, host);
  return {
    me,
    isAlive,
    read: () => tried(file, () => readIfThere(file)),
    write: (text) =>
      tried(file, () => {
        makePrivate(folder);
        writeWhole(file, text);
      }),
    inTurn: (use) => inTurn(folder, me, use),
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

/** What one program reads and then writes is one thing. A turn that cannot be had is done without. */
function inTurn<T>(folder: string, me: Holder, use: () => T): T {
  const lock = join(folder, 'turn');
  const taken = tried(folder, () => {
    makePrivate(folder);
    return takeTurn(lock, me);
  });
  try {
    return use();
  } finally {
    if (taken) rmSync(lock, { force: true });
  }
}

function takeTurn(lock: string, me: Holder): boolean {
  const mine = `${lock}.${me.pid}`;
  writeFileSync(mine, JSON.stringify(me), { mode: 0o600 });
  try {
    for (const end = performance.now() + PATIENCE_MILLISECONDS; performance.now() < end; ) {
      try {
        linkSync(mine, lock);
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        if (!isHeld(lock)) rmSync(lock, { force: true });
        else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MILLISECONDS);
      }
    }
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

function isHeld(lock: string): boolean {
  try {
    return isAlive(JSON.parse(readIfThere(lock) ?? 'null') as Holder | null);
  } catch {
    return false;
  }
}
