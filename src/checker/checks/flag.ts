import {
  CONDITIONS,
  type Condition,
  conditionFields,
  deepEqual,
  describeCondition,
  describeValue,
  judge,
  lintCondition,
  type Verdict,
} from '../condition.js';
import { type FlagOwner, ownerName, type Running, runningOf } from '../flags/running.js';
import { type FlagForm, flagValue } from '../flags/values.js';
import { map, text } from '../schema/words.js';
import type { CheckKind, Report } from '../subject.js';

interface FlagSubject extends Condition {
  readonly flag: FlagOwner & {
    readonly name: string;
    /** Told by the condition when left out: a boolean, a list (also for `contains`), else a text. */
    readonly as?: FlagForm;
  };
}

const OWNERS = ['component', 'unit', 'pods'] as const;

/** A flag with which something runs, whatever its manifest says. */
export const flag: CheckKind<FlagSubject> = {
  field: 'flag',
  schema: map(
    {
      host: text('A host by its base name; with component or unit.'),
      component: text('A static pod of the host, such as kube-apiserver.'),
      unit: text('A systemd unit, such as kubelet.'),
      pods: map(
        {
          namespace: text('The namespace that the pods are in.'),
          selector: text('Several by label selector; all must pass.'),
          name: text('The name, where one pod is meant.'),
        },
        ['namespace'],
        'The pods it runs in; all of them must be so.',
      ),
      container: text('Of those pods; the first when left out.'),
      name: text('The flag, such as audit-log-path.', { pattern: '^(-{0,2}[A-Za-z][A-Za-z0-9_-]*|\\{\\{.*)$' }),
      as: {
        enum: ['text', 'boolean', 'list'],
        description: 'How it is read; told by the condition when left out. Of texts the last one wins, lists add up.',
      },
    },
    ['name'],
    'A flag of a running component: of its process, not of its manifest. missing says what holds when it is not given.',
  ),
  beside: conditionFields,
  needs: ({ flag: { pods, component } }) =>
    pods ? [] : component === undefined ? ['nodes-root'] : ['kubeadm', 'nodes-root'],
  lint,
  async judge(subject, context) {
    const running = await runningOf(subject.flag, context);
    const verdicts = running.map((one) => ofOne(one, subject));
    const decisive = verdicts.find(({ passed }) => !passed) ?? verdicts[0];
    return decisive ?? { passed: false, expected: expectation(subject), found: `no ${ownerName(subject.flag)}` };
  },
};

function ofOne(running: Running, subject: FlagSubject): Verdict {
  const expected = expectation(subject);
  if (!running.argv) return { passed: false, expected, found: running.reason };
  const { flag: wanted } = subject;
  const form = wanted.as ?? formOf(subject);
  const value = flagValue(running.argv, wanted.name, form);
  const { passed } = judge(numberWhere(value, subject), subject);
  const inManifest = running.manifest && flagValue(running.manifest, wanted.name, form);
  const differs = running.manifest !== undefined && !deepEqual(value, inManifest);
  return {
    passed,
    expected,
    found: differs
      ? `${running.name} runs with ${written(wanted.name, value)}; its manifest says ${written(wanted.name, inManifest)}`
      : written(wanted.name, value),
  };
}

function expectation(subject: FlagSubject): string {
  const what = `--${subject.flag.name.replace(/^-+/, '')}`;
  if (subject.absent) return `${ownerName(subject.flag)} without ${what}`;
  if (!CONDITIONS.some((name) => name in subject) || subject.exists) return `${ownerName(subject.flag)} with ${what}`;
  const equal = 'equals' in subject || subject.quantity !== undefined;
  return `${ownerName(subject.flag)} with ${what}${equal ? '=' : ' '}${equal ? listed(subject.equals ?? subject.quantity) : describeCondition(subject)}`;
}

function written(name: string, value: unknown): string {
  const what = `--${name.replace(/^-+/, '')}`;
  return value === undefined ? `no ${what}` : `${what}=${listed(value)}`;
}

function listed(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : describeValue(value);
}

function formOf({ equals, contains }: FlagSubject): FlagForm {
  if (typeof equals === 'boolean' || equals === 'true' || equals === 'false') return 'boolean';
  return Array.isArray(equals) || contains !== undefined ? 'list' : 'text';
}

/** Arguments are texts: one that is compared with a number is read as one, with a text of a boolean as a text. */
function numberWhere(value: unknown, { equals }: FlagSubject): unknown {
  if (typeof equals === 'number' && typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)))
    return Number(value);
  return typeof equals === 'string' && typeof value === 'boolean' ? String(value) : value;
}

function lint(subject: FlagSubject, path: string, report: Report): void {
  lintCondition(subject, path, report);
  const { flag: wanted } = subject;
  const where = `${path}/flag`;
  const given = OWNERS.filter((name) => name in wanted);
  if (given.length === 0) report(where, 'says not whose flag: component or unit on a host, or pods');
  for (const name of given.slice(1)) report(`${where}/${name}`, `stands beside ${given[0]}; a flag has one owner`);
  if (given.length > 0 && given[0] !== 'pods' && wanted.host === undefined)
    report(where, 'host is missing: where it runs');
  if ('container' in wanted && !wanted.pods) report(`${where}/container`, 'belongs to pods');
  if (wanted.pods && !('name' in wanted.pods) && !('selector' in wanted.pods))
    report(`${where}/pods`, 'name or selector is missing: which pods');
}
