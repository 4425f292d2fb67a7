import { judge } from '../condition.js';
import type { ScriptSubject } from '../rubric.js';
import type { CheckKind } from '../subject.js';

/** What a command prints and how it ends. */
export const script: CheckKind<ScriptSubject> = {
  field: 'script',
  async judge(
    { script: { host: base, as = 'candidate', run, code = 0, output, timeout_seconds: timeoutSeconds = 30 } },
    { cluster, host },
  ) {
    const result = await cluster.run(host(base), as, ['bash', '-c', run], { timeoutSeconds });
    if (result.code !== code) {
      const said = result.stderr.trim().split('\n').at(-1);
      return {
        passed: false,
        expected: `exit code ${code}`,
        found: `exit code ${result.code}${said ? `: ${said}` : ''}`,
      };
    }
    return output
      ? judge(result.stdout.trim(), output)
      : { passed: true, expected: `exit code ${code}`, found: `exit code ${code}` };
  },
};
