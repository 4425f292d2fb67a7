import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleScript } from '../../../../scripts/tooling/bundle-script.mjs';
import { chances } from '../../../../src/labs/exam/chance.js';
import { sitKilled } from './kill.js';

/** How often one exam is killed at most. */
const KILLS = 8;

/** Exams that are killed again and again: `npm run killed -- [MOMENTS] [SEED]`. */
const [moments = '200', seed = '1'] = process.argv.slice(2);
const candidate = await bundleScript(join(import.meta.dirname, 'sit.ts'));
let killed = 0;
for (let exam = 1; killed < Number(moments); exam += 1) {
  const home = mkdtempSync(join(tmpdir(), 'kubedrill-killed-'));
  killed += await sitKilled(candidate, home, KILLS, chances(`${seed}/${exam}`));
  rmSync(home, { recursive: true, force: true });
  console.log(`exam ${exam}, seed ${seed}/${exam}: killed ${killed} times by now, nothing lost, the same score`);
}
