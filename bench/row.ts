/** `node scripts/run.mjs bench/row.ts NAME`: measures one benchmark and prints its row. */
import type { Benchmark } from './benchmark.js';
import { benchmarksByFile } from './register.js';
import { median, runtimeMs } from './spawned.js';

const ROUNDS = 7;
const NAME_WIDTH = 42;
/** How long a row may take, unless it says otherwise; a benchmark that waits for something that never comes ends here. */
const ROW_SECONDS_MAX = 45;

const bareStart = { name: 'bare start', measure: () => runtimeMs(['-e', '0']) };

/** Measures a benchmark and what it is compared with in turn, so that both feel the same load. */
async function measured(benchmark: Benchmark): Promise<string> {
  const { unit, rounds = ROUNDS } = benchmark;
  const against = benchmark.against === 'bare start' ? bareStart : benchmark.against;
  const values: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const reference = await against.measure();
    const value = await benchmark.measure();
    values.push(value);
    ratios.push(value / reference);
  }
  const judged = benchmark.aimIsAbsolute ? median(values) : median(ratios);
  return [
    `${median(values).toFixed(1)} ${unit}`.padStart(12),
    `${shown(median(ratios))} ×`.padStart(10),
    against.name,
    `(${aimOf(benchmark, judged)})`,
  ].join(' ');
}

/** A ratio with two places, or four where it is small. */
function shown(ratio: number): string {
  return ratio.toFixed(ratio < 0.1 ? 4 : 2);
}

function aimOf({ aimMax = Number.POSITIVE_INFINITY, aimMin, aimIsAbsolute, unit }: Benchmark, judged: number): string {
  const met = aimMin === undefined ? judged <= aimMax : judged >= aimMin;
  const aim = aimMin === undefined ? `≤ ${Number(aimMax.toFixed(2))}` : `≥ ${Number(aimMin.toFixed(2))}`;
  return `aim ${aim}${aimIsAbsolute ? ` ${unit}` : ' ×'}: ${met ? 'met' : 'missed'}`;
}

function tooLong({ secondsMax: seconds = ROW_SECONDS_MAX }: Benchmark): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no figure within ${seconds} s`)), seconds * 1000).unref();
  });
}

const benchmark = Object.values(benchmarksByFile)
  .flat()
  .find(({ name }) => name === process.argv[2]);
if (!benchmark) throw new Error(`there is no benchmark ${process.argv[2]}`);
const name = benchmark.name.padEnd(NAME_WIDTH);
const reason = benchmark.skip?.();
let code = 0;
try {
  console.log(
    name,
    reason === undefined ? await Promise.race([measured(benchmark), tooLong(benchmark)]) : `skipped: ${reason}`,
  );
} catch (error) {
  console.log(name, `failed: ${error instanceof Error ? error.message : error}`);
  code = 1;
}
await benchmark.end?.();
// What a benchmark that was given up still waits for would keep the process.
process.exit(code);
