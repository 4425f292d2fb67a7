import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** What a run came to; `skips` counts the skipped tests by the reason they gave, or by name. */
interface TestTotals {
  passed: number;
  failed: number;
  skipped: number;
  skips: Record<string, number>;
}

/** Adds up the tests of all modules; a module that could not even be loaded counts as one failure. */
function addUp(modules: readonly TestModule[], unhandled: readonly SerializedError[]): TestTotals {
  const totals: TestTotals = { passed: 0, failed: unhandled.length, skipped: 0, skips: {} };
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

/** Prints the plain closing line, or leaves the totals in the file that KUBEDRILL_TEST_TOTALS names. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const totals = addUp(modules, unhandled);
    const file = process.env.KUBEDRILL_TEST_TOTALS;
    if (file !== undefined) writeFileSync(file, JSON.stringify(totals));
    else console.log(`tests: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  }
}
