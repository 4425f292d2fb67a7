import type { FakeRun } from '../fake-cluster.js';

/** Somebody from whom a check looks, who answers by `run` and remembers what was asked, and for how many seconds. */
export function proberOf(run: FakeRun) {
  const lines: string[] = [];
  const seconds: number[] = [];
  return {
    name: 'shop/a',
    lines,
    seconds,
    async run(argv: readonly string[], timeoutSeconds: number) {
      lines.push(argv.join(' '));
      seconds.push(timeoutSeconds);
      return { code: 0, stdout: '', stderr: '', ...run('shop/a', argv) };
    },
  };
}
