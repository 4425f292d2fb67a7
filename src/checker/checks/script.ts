import { type Condition, conditionFields, judge, lintCondition, type Verdict } from '../condition.js';
import { needsOfUser } from '../needs/host-needs.js';
import { needsOfScript } from '../needs/script-needs.js';
import { list, map, orVariant, text } from '../schema/words.js';
import type { CheckKind } from '../subject.js';
import { lastLine } from '../words.js';

type Conditions = Condition | readonly Condition[];

interface ScriptSubject {
  readonly script: {
    readonly host: string;
    readonly as?: string;
    /** The command line. */
    readonly run: string;
    readonly stdin?: string;
    /** 0 when left out. */
    readonly code?: number;
    readonly output?: Conditions;
    readonly errors?: Conditions;
    readonly timeout_seconds?: number;
  };
}

const TIMEOUT_SECONDS = 30;
/** With which `timeout` and the cluster end what took too long. */
const TIMED_OUT = 124;

const condition = map(conditionFields, [], 'What it must be; white space at both ends apart.');
const conditions = (description: string) => ({
  description,
  oneOf: [condition, list(condition, 'Several conditions, all of which must hold.', { minItems: 1 })],
});

/** What a command prints and how it ends. */
export const script: CheckKind<ScriptSubject> = {
  field: 'script',
  schema: map(
    {
      host: text('The host it runs on, by its base name.', { examples: ['controlplane'] }),
      as: text('The user who runs it; the candidate when left out.', { default: 'candidate' }),
      run: text('The command line, as bash takes it.'),
      stdin: text('What it reads from its standard input.'),
      code: orVariant({ type: 'integer', default: 0, description: 'The exit code it must end with; 0 when left out.' }),
      output: conditions('What it must print to its standard output; one condition or several.'),
      errors: conditions('What it must print to its standard error; one condition or several.'),
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
  needs: ({ script: { host, as = 'candidate', run } }, place) => [
    ...needsOfUser(host, as, place),
    ...needsOfScript(run, place),
  ],
  waits: ({ script: { timeout_seconds: seconds = TIMEOUT_SECONDS } }) => seconds,
  lint({ script: subject }, path, report) {
    for (const name of ['output', 'errors'] as const) {
      const given = subject[name];
      if (Array.isArray(given))
        for (const [index, one] of (given as readonly Condition[]).entries())
          lintCondition(one, `${path}/script/${name}/${index}`, report);
      else if (given) lintCondition(given as Condition, `${path}/script/${name}`, report);
    }
  },
  async judge({ script: subject }, { cluster, host }) {
    const { as = 'candidate', run, stdin, code = 0, timeout_seconds: timeoutSeconds = TIMEOUT_SECONDS } = subject;
    const result = await cluster.run(host(subject.host), as, ['bash', '-c', run], { timeoutSeconds, stdin });
    if (result.code !== code) return ended(code, result.code, result.stderr, timeoutSeconds);
    const verdicts = [
      ...judged(result.stdout, subject.output, ''),
      ...judged(result.stderr, subject.errors, 'stderr: '),
    ];
    return (
      verdicts.find(({ passed }) => !passed) ??
      verdicts.at(-1) ?? { passed: true, expected: `exit code ${code}`, found: `exit code ${code}` }
    );
  },
};

function ended(wanted: number, code: number, stderr: string, timeoutSeconds: number): Verdict {
  const said = lastLine(stderr);
  const late = code === TIMED_OUT ? ` (${timeoutSeconds} s were over)` : '';
  return {
    passed: false,
    expected: `exit code ${wanted}`,
    found: `exit code ${code}${late}${said ? `: ${said}` : ''}`,
  };
}

function judged(printed: string, wanted: Conditions | undefined, where: string): readonly Verdict[] {
  const all =
    wanted === undefined ? [] : Array.isArray(wanted) ? (wanted as readonly Condition[]) : [wanted as Condition];
  return all.map((one) => {
    const verdict = judge(printed.trim(), one);
    return where === ''
      ? verdict
      : { ...verdict, expected: `${where}${verdict.expected}`, found: `${where}${verdict.found}` };
  });
}
