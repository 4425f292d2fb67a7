import { spawn } from 'node:child_process';
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { LabInstance } from '../../src/labs/format/instance.js';
import type { Lab } from '../../src/labs/format/lab.js';
import { claimsOf } from '../../src/labs/real-exam/claims.js';
import { drawn, type LabCase } from './cases.js';

const PERSON = 'KUBEDRILL_REAL_PERSON';
const LOOK_MS = 1000;

/** Which person this process plays labs as, beside others on the same cluster; undefined when it is none of them. */
export function ownPerson(): number | undefined {
  const number = Number(process.env[PERSON]);
  return number > 0 ? number : undefined;
}

/** Runs this very program again for each of so many persons, in the namespaces that this one is in; gives how many failed. */
export async function playAsPersons(count: number): Promise<number> {
  const statuses = await Promise.all(Array.from({ length: count }, (_, index) => runAsPerson(index + 1)));
  return statuses.filter((status) => status !== 0).length;
}

async function runAsPerson(person: number): Promise<number> {
  const again = [...process.execArgv, 'scripts/run.mjs', 'test/real/run.ts', ...process.argv.slice(2)];
  const child = spawn(process.execPath, again, {
    stdio: 'inherit',
    env: { ...process.env, [PERSON]: String(person) },
  });
  return new Promise((done) => child.once('exit', (code) => done(code ?? 1)));
}

/**
 * Deals cases out to whoever asks. Each is had once in `all`, a folder that runs share; and what is played on one cluster
 * at a time has nothing of it in common, of which `here` keeps account. Both are folders, since making one succeeds once.
 */
export async function* claimedCases(
  cases: readonly LabCase[],
  { all, here }: { readonly all: string; readonly here: string },
): AsyncGenerator<LabCase> {
  mkdirSync(here, { recursive: true });
  const left = new Set(cases);
  const taken = new Map<Lab, readonly string[]>();
  for (const { lab } of cases) if (!taken.has(lab)) taken.set(lab, placesOf(await drawn(lab)));
  const everywhere = [...new Set([...taken.values()].flat())].sort();
  for (const lab of taken.keys()) if (meddles(lab)) taken.set(lab, everywhere);
  while (left.size > 0) {
    let had = false;
    for (const one of left) {
      const places = (taken.get(one.lab) ?? []).map((name) => join(here, name));
      if (!takeAll(places)) continue;
      left.delete(one);
      try {
        had = take(join(all, String(cases.indexOf(one))));
        if (had) yield one;
      } finally {
        for (const place of places) rmdirSync(place);
      }
      if (had) break;
    }
    if (!had && left.size > 0) await after(LOOK_MS);
  }
}

/** What a lab takes of a cluster, as names of folders. */
function placesOf(instance: LabInstance): string[] {
  const { namespaces, wide } = claimsOf(instance);
  return [...namespaces, ...wide].map(encodeURIComponent).sort();
}

/** Whether a lab has a say in what others may make. */
function meddles({ content }: Lab): boolean {
  return /AdmissionPolicy|WebhookConfiguration/i.test(JSON.stringify(content.spec));
}

/** All or none. */
function takeAll(places: readonly string[]): boolean {
  const taken: string[] = [];
  for (const place of places) {
    if (take(place)) taken.push(place);
    else {
      for (const one of taken) rmdirSync(one);
      return false;
    }
  }
  return true;
}

function take(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
