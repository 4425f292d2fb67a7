/** `npm run bench [-- WORD…]`: the benchmarks whose names contain a word, as ratios within one run. */
import { spawnSync } from 'node:child_process';
import { benchmarks } from './register.js';

/** A row ends by itself before; this is for one that never comes to look at the clock. */
const ROW_SECONDS_MAX = 60;

/** Runs a Node script to its end, and says whether it went well. */
function ran(argv: readonly string[], seconds = ROW_SECONDS_MAX): boolean {
  const { status, error } = spawnSync(process.execPath, argv, {
    stdio: 'inherit',
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
  });
  if (error) console.log(`${argv.at(-1)} was ended: ${error.message}`);
  return status === 0;
}

if (!ran(['scripts/build.mjs'])) process.exit(1);
const words = process.argv.slice(2);
for (const { name, secondsMax } of benchmarks) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  // Each in a process of its own: none is warmed or burdened by another, and one that hangs can be ended.
  if (!ran(['scripts/run.mjs', 'bench/row.ts', name], secondsMax && secondsMax + 15)) process.exitCode = 1;
}
