import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark } from './benchmark.js';
import { writeGeneratedLabs } from './generated-labs.js';

const PROGRAM = 'dist/main.js';
const LAB = 'cka/fix-coredns';
const GENERATED = 100;

/** Milliseconds of a proof by the program itself, in threads. Throws with what it printed when something does not hold. */
function proofMs(home: string, ...args: readonly string[]): number {
  const started = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [PROGRAM, 'check', ...args], {
    encoding: 'utf8',
    env: { ...process.env, KUBEDRILL_HOME: home },
  });
  if (status !== 0) throw new Error(`check ${args.join(' ')} ended with ${status}:\n${stdout}`);
  return performance.now() - started;
}

/** Does something with a folder of its own. */
function withFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'kubedrill-bench-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** From nothing to everything proven, threads cold. */
const threeCauses: Benchmark = {
  name: `proof of ${LAB}`,
  unit: 'ms',
  against: 'bare start',
  aimMax: 2000,
  aimIsAbsolute: true,
  rounds: 1,
  secondsMax: 120,
  measure: () => withFolder((home) => proofMs(home, LAB)),
};

/** The same once more: nothing changed. */
const threeCausesAgain: Benchmark = {
  name: `proof of ${LAB}, unchanged`,
  unit: 'ms',
  against: 'bare start',
  aimMax: 1000,
  aimIsAbsolute: true,
  rounds: 1,
  secondsMax: 120,
  measure: () =>
    withFolder((home) => {
      proofMs(home, LAB);
      return proofMs(home, LAB);
    }),
};

const generated: Benchmark = {
  name: `proof of ${GENERATED} generated labs`,
  unit: 'ms',
  against: 'bare start',
  aimMax: 60_000,
  aimIsAbsolute: true,
  rounds: 1,
  secondsMax: 900,
  measure: () =>
    withFolder((folder) => {
      writeGeneratedLabs(folder, GENERATED);
      return proofMs(join(folder, 'home'), join(folder, 'cka', 'labs'));
    }),
};

/** Proofs of labs, by the built program. */
export const proofs: readonly Benchmark[] = [threeCauses, threeCausesAgain, generated];
