/** `npm run bench [-- WORD…]`: the benchmarks whose names contain a word, as ratios within one run. */
import { spawnSync } from 'node:child_process';
import type { Benchmark } from './benchmark.js';
import { benchmarks } from './register.js';
import { median, runtimeMs } from './spawned.js';

const ROUNDS = 7;

const bareStart = { name: 'bare start', measure: () => runtimeMs(['-e', '0']) };

/** Measures one benchmark and what it is compared with in turn, so that both feel the same load, and prints the row. */
async function printRow(benchmark: Benchmark): Promise<void> {
  const { name, unit, aimMax, rounds = ROUNDS } = benchmark;
  const reason = benchmark.skip?.();
  if (reason !== undefined) {
    console.log(`${name.padEnd(36)} skipped: ${reason}`);
    return;
  }
  const against = benchmark.against === 'bare start' ? bareStart : benchmark.against;
  const values: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const reference = await against.measure();
    const value = await benchmark.measure();
    values.push(value);
    ratios.push(value / reference);
  }
  await benchmark.end?.();
  const judged = benchmark.aimIsAbsolute ? median(values) : median(ratios);
  const cells = [
    name.padEnd(36),
    `${median(values).toFixed(1)} ${unit}`.padStart(12),
    `${median(ratios).toFixed(2)} ×`.padStart(10),
    against.name,
    `(aim ≤ ${aimMax}${benchmark.aimIsAbsolute ? ` ${unit}` : ' ×'}: ${judged <= aimMax ? 'met' : 'missed'})`,
  ];
  console.log(cells.join(' '));
}

const built = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);
const words = process.argv.slice(2);
for (const benchmark of benchmarks) {
  if (words.length === 0 || words.some((word) => benchmark.name.includes(word))) await printRow(benchmark);
}
