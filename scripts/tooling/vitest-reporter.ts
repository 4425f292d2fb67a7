import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** How much of one error is told; the rest is had by running the test alone. */
const ERROR_LINES = 12;

/**
 * What a run came to; `skips` counts the skipped tests by the reason they gave, or by name; `files` are those
 * with failures, undefined where something failed outside of all files.
 */
interface TestTotals {
  passed: number;
  failed: number;
  skipped: number;
  skips: Record<string, number>;
  files: string[] | undefined;
}

function relativeId({ relativeModuleId }: TestModule): string {
  return relativeModuleId;
}

/** Adds up the tests of all modules; a module that could not even be loaded counts as one failure. */
function addUp(modules: readonly TestModule[], unhandled: readonly SerializedError[]): TestTotals {
  const files = unhandled.length > 0 ? undefined : modules.filter((module) => !module.ok()).map(relativeId);
  const totals: TestTotals = { passed: 0, failed: unhandled.length, skipped: 0, skips: {}, files };
  for (const module of modules) {
    let failedInModule = 0;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') totals.passed += 1;
      else if (result.state === 'skipped') {
        const reason = result.note ?? `${module.relativeModuleId}: ${test.fullName}`;
        totals.skipped += 1;
        totals.skips[reason] = (totals.skips[reason] ?? 0) + 1;
      } else failedInModule += 1;
    }
    const failedOtherwise = failedInModule === 0 && module.state() === 'failed' ? 1 : 0;
    totals.failed += failedInModule + failedOtherwise;
  }
  return totals;
}

/** The first lines of an error, and the place in the project that its stack names first. */
function told(error: SerializedError): string {
  const lines = `${error.message}${error.diff ? `\n${error.diff}` : ''}`.split('\n');
  const place = error.stacks?.find(({ file }) => !file.includes('node_modules'));
  const left = lines.length - ERROR_LINES;
  return [
    ...lines.slice(0, ERROR_LINES).map((line) => `  ${line.slice(0, 200)}`),
    ...(left > 0 ? [`  (${left} more lines)`] : []),
    ...(place ? [`  at ${place.file}:${place.line}`] : []),
  ].join('\n');
}

/** What failed, each with its file, name and error, and nothing of what passed: a log that is cut still says it. */
function failures(modules: readonly TestModule[], unhandled: readonly SerializedError[]): string[] {
  const found = unhandled.map((error) => `outside of the tests\n${told(error)}`);
  for (const module of modules) {
    for (const error of module.errors()) found.push(`${module.relativeModuleId}\n${told(error)}`);
    for (const test of module.children.allTests('failed')) {
      const errors = test.result().errors ?? [];
      found.push(`${module.relativeModuleId} > ${test.fullName}\n${errors.map(told).join('\n')}`);
    }
  }
  return found;
}

/**
 * Prints the plain closing line; or, where KUBEDRILL_TEST_TOTALS names a file, leaves the totals there and
 * prints what failed.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const totals = addUp(modules, unhandled);
    const file = process.env.KUBEDRILL_TEST_TOTALS;
    if (file !== undefined) {
      for (const failure of failures(modules, unhandled)) console.log(`FAIL ${failure}`);
      writeFileSync(file, JSON.stringify(totals));
    } else console.log(`tests: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  }
}
