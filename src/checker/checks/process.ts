import type { Verdict } from '../condition.js';
import { type ProcessPods, processesInPods } from '../hosts/pod-processes.js';
import { type HostProcess, processesOf, programName } from '../hosts/processes.js';
import { readPattern } from '../pattern.js';
import { refName } from '../reference.js';
import { flag, map, text } from '../schema/words.js';
import type { CheckContext, CheckKind, Report } from '../subject.js';

interface ProcessSubject {
  readonly process: {
    readonly host?: string;
    readonly pods?: ProcessPods;
    readonly container?: string;
    /** The program's name, without its folder. */
    readonly name?: string;
    /** A regular expression found in the command line. */
    readonly argv?: string;
    readonly user?: string;
    /** True when left out. */
    readonly running?: boolean;
  };
}

/** A process that runs, or does not, on a host or in containers. */
export const process: CheckKind<ProcessSubject> = {
  field: 'process',
  schema: map(
    {
      host: text('A host by its base name; those in its containers are meant too.'),
      pods: map(
        {
          namespace: text('The namespace of the pods.'),
          selector: text('Several by label selector; all of them must pass.'),
          name: text('One of them by name.'),
        },
        ['namespace'],
        'Pods in which it runs; all must pass.',
      ),
      container: text('Of those pods; any of them when left out.'),
      name: text('The program, without its folder, such as kube-apiserver.'),
      argv: text('A regular expression that is found in the command line.'),
      user: text('Who runs it, by name or number as the host shows it.'),
      running: flag('It runs (true when left out), or none like it does.'),
    },
    [],
    'A process on a host or in containers.',
  ),
  needs: ({ process: { pods } }) => (pods ? ['containers', 'nodes-root'] : ['nodes-root']),
  lint,
  async judge({ process: subject }, context) {
    if (subject.pods) return inPods(subject, subject.pods, context);
    const host = context.host(subject.host as string);
    return ofOne(subject, await processesOf(context.cluster, host), `on ${host}`);
  },
};

async function inPods(subject: ProcessSubject['process'], pods: ProcessPods, context: CheckContext): Promise<Verdict> {
  const listed = await processesInPods(pods, subject.container, context);
  const where = `in ${refName({ apiVersion: 'v1', kind: 'Pod', ...pods })}`;
  // Pods that are not there run nothing, but that nothing runs there is no merit of theirs.
  if (listed.length === 0) return { ...ofOne(subject, [], where), passed: false, found: `no ${where.slice(3)}` };
  const verdicts = listed.map(({ pod, processes, reason }): Verdict => {
    const verdict = ofOne(subject, processes, `in ${pod}`);
    return reason === undefined ? verdict : { ...verdict, passed: false, found: reason };
  });
  return verdicts.find(({ passed }) => !passed) ?? (verdicts[0] as Verdict);
}

function ofOne(subject: ProcessSubject['process'], processes: readonly HostProcess[], where: string): Verdict {
  const { name, argv, user, running = true } = subject;
  const named = processes.filter(
    (one) =>
      (name === undefined || programName(one.argv[0] as string) === name) &&
      (argv === undefined || (readPattern(argv).found?.(one.argv.join(' ')) ?? false)),
  );
  const matching = named.filter((one) => user === undefined || one.user === user);
  const what = [name, argv && `matching ${argv}`, user && `as ${user}`].filter(Boolean).join(' ');
  const shown = matching[0] ?? (running ? named[0] : undefined);
  return {
    passed: matching.length > 0 === running,
    expected: `${running ? '' : 'no '}process ${what} ${where}`,
    found: shown ? `${shown.argv.join(' ')} as ${shown.user}` : `no such process ${where}`,
  };
}

function lint({ process: subject }: ProcessSubject, path: string, report: Report): void {
  const where = `${path}/process`;
  if (!subject.host && !subject.pods) report(where, 'says not where it runs: on a host, or in pods');
  if (subject.host && subject.pods) report(`${where}/pods`, 'stands beside host; a check looks in one place');
  if (subject.container && !subject.pods) report(`${where}/container`, 'belongs to pods');
  if (subject.pods && !('name' in subject.pods) && !('selector' in subject.pods))
    report(`${where}/pods`, 'name or selector is missing: which pods');
  if (!subject.name && !subject.argv && !subject.user) report(where, 'says not which process: name, argv or user');
  if (subject.argv === undefined || subject.argv.includes('{{')) return;
  const { problem } = readPattern(subject.argv);
  if (problem !== undefined) report(`${where}/argv`, problem, 'wrong-pattern');
}
