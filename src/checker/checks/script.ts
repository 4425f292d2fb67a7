import { type Condition, conditionFields, judge, lintCondition } from '../condition.js';
import { map, orVariant, text } from '../schema/words.js';
import type { CheckKind } from '../subject.js';

interface ScriptSubject {
  readonly script: {
    readonly host: string;
    readonly as?: string;
    /** The command line. */
    readonly run: string;
    /** 0 when left out. */
    readonly code?: number;
    readonly output?: Condition;
    readonly timeout_seconds?: number;
  };
}

/** What a command prints and how it ends. */
export const script: CheckKind<ScriptSubject> = {
  field: 'script',
  schema: map(
    {
      host: text('The host it runs on, by its base name.', { examples: ['controlplane'] }),
      as: text('The user who runs it; the candidate when left out.', { default: 'candidate' }),
      run: text('The command line, as bash takes it.'),
      code: orVariant({ type: 'integer', default: 0, description: 'The exit code it must end with; 0 when left out.' }),
      output: map(conditionFields, [], 'What it must print to its standard output.'),
      timeout_seconds: {
        type: 'integer',
        minimum: 1,
        maximum: 120,
        default: 30,
        description: 'How many seconds it may take; 30 when left out.',
      },
    },
    ['host', 'run'],
    'How a command ends, and what it prints.',
  ),
  touches: 'acts',
  needs: () => ['hosts'],
  lint({ script: { output } }, path, report) {
    if (output) lintCondition(output, `${path}/script/output`, report);
  },
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
