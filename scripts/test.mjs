/**
 * `npm test`: everything that must hold. First the gates beside the tests, as many at a time as there are
 * cores, then the tests with the machine to themselves. Only what fails shows its output.
 * `npm test -- FILES` runs only those tests.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { gates } from './tooling/gates.mjs';
import { generate } from './tooling/generate.mjs';
import { cache, root } from './tooling/paths.mjs';
import { bin, runNode } from './tooling/run-command.mjs';

const vitest = [bin('vitest/vitest.mjs'), 'run'];

/** Says how a gate went, and what it printed when it did not hold. */
function report(name, { ok, output, seconds }) {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s`);
  if (!ok) console.log(output.trimEnd().replaceAll(/^/gm, '     '));
}

/** Runs the gates, `atOnce` at a time, and returns how many failed. */
async function runGates(atOnce) {
  const waiting = [...gates];
  let failed = 0;
  const work = async () => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      const result = await runNode(gate.args);
      report(gate.name, result);
      if (!result.ok) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return failed;
}

/** Folders whose tests drive outside programs, in real time: a machine that stalls can fail them. */
const OUTSIDE = /^test\/(cli|clients|terminal)\//;
const AGAIN_MAX = 3;

/** Runs tests, all or those of some files, and returns their totals; a run that ends without totals is one failure. */
async function runTests(name, files = []) {
  const file = join(cache, 'test-totals.json');
  mkdirSync(cache, { recursive: true });
  rmSync(file, { force: true });
  const quiet = ['--silent', '--reporter=./scripts/tooling/vitest-reporter.ts'];
  const result = await runNode([...vitest, ...quiet, ...files], { KUBEDRILL_TEST_TOTALS: file });
  report(name, result);
  try {
    const totals = JSON.parse(readFileSync(file, 'utf8'));
    if (!result.ok && totals.failed === 0) totals.failed = 1;
    return totals;
  } catch {
    return { passed: 0, failed: 1, skipped: 0, skips: {} };
  }
}

/**
 * All tests. Where only a few files that drive outside programs failed, these are run once more by themselves: what
 * passes then is told as unsteady, with its failure above, and is to be mended; what fails again has failed.
 */
async function runAllTests() {
  const totals = await runTests('tests');
  const { files = [] } = totals;
  if (files.length === 0 || files.length > AGAIN_MAX || !files.every((file) => OUTSIDE.test(file))) return totals;
  const again = await runTests('tests again', files);
  for (const file of files)
    if (again.files?.includes(file) === false) console.log(`UNSTEADY ${file} failed, then passed alone`);
  return { ...totals, passed: totals.passed + totals.failed - again.failed, failed: again.failed };
}

process.chdir(root);
const chosen = process.argv.slice(2);
await generate();
if (chosen.length > 0) {
  process.exit(spawnSync(process.execPath, [...vitest, ...chosen], { cwd: root, stdio: 'inherit' }).status ?? 1);
}
const failedGates = await runGates(Math.min(availableParallelism(), 4));
const totals = await runAllTests();
for (const [reason, count] of Object.entries(totals.skips)) console.log(`skip ${count} × ${reason}`);
const failed = totals.failed + failedGates;
if (failedGates > 0) console.log(`${failedGates} of the gates above failed; each counts as one failure below`);
console.log(`tests: ${totals.passed} passed, ${failed} failed, ${totals.skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
