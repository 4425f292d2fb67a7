/** `npm run bench [-- WORD…]`: the benchmarks whose names or files contain a word, as ratios within one run. */
import { spawnSync } from 'node:child_process';
import { benchmarksByFile } from './register.js';

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

const words = process.argv.slice(2).map((word) => word.toLowerCase());
const rows = Object.entries(benchmarksByFile).flatMap(([file, benchmarks]) => benchmarks.map((row) => ({ file, row })));
const wanted = rows.filter(({ file, row: { name } }) => {
  const text = `${file} ${name}`.toLowerCase();
  return words.length === 0 || words.some((word) => text.includes(word));
});
if (wanted.length === 0) {
  console.log(`no benchmark has ${words.join(' or ')} in its name; there are:`);
  for (const { file, row } of rows) console.log(`  ${row.name} (${file})`);
  process.exitCode = 2;
} else if (!ran(['scripts/build.mjs'])) process.exitCode = 1;
else
  for (const { name, secondsMax } of wanted.map(({ row }) => row)) {
    // Each in a process of its own: none is warmed or burdened by another, and one that hangs can be ended.
    if (!ran(['scripts/run.mjs', 'bench/row.ts', name], secondsMax && secondsMax + 15)) process.exitCode = 1;
  }
