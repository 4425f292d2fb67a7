import { goQuote } from '../../api/go-text.js';
import { parseImageReference } from '../../api/image-reference.js';
import type { KubeObject } from '../../api/object.js';
import { isNotFound } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { CommandError, ExitError, plainText, UsageError } from '../errors.js';
import { serviceFor } from '../generate/exposed-service.js';
import { createBuilt } from '../generate/generator.js';
import { overridden } from '../generate/overrides.js';
import { runPod } from '../generate/run-pod.js';
import { copyLog } from '../pods/logs.js';
import { waitForPod } from '../pods/wait-for-pod.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import type { Session } from '../session.js';
import { attachTo } from '../streams/attach.js';

/** `kubectl run`. */
export const run: Command = {
  name: 'run',
  short: 'Run a particular image on the cluster',
  required: ['image'],
  run: runRun,
};

function* runRun(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  const attaching = flags.has('attach') ? flags.bool('attach') : flags.bool('stdin');
  validate(session, flags, args, attaching);
  const name = args[0] as string;
  const quiet = new WritePrinter(session, dryRunOf(session), { keepOrder: true });
  const silent = { print: function* () {} } as unknown as WritePrinter;
  const pod = overridden(session, runPod(session, name, args.slice(1)));
  const created = yield* createBuilt(session, silent, pod, '', true);
  if (flags.bool('expose')) {
    const labels = pod.metadata.labels ?? {};
    const service = serviceFor(session, {
      name,
      labels: flags.text('labels') === '' ? {} : labels,
      selector: labels,
      ports: [{ port: flags.text('port'), protocol: 'TCP' }],
    });
    yield* createBuilt(session, quiet, service, 'created', true);
    // The separator is printed here, and once more by the printer, which knows that it has printed before.
    if (flags.text('output') === 'yaml') yield* session.out('---\n');
  }
  if (!attaching) return yield* quiet.print(created, 'created');
  try {
    yield* attachAndWait(session, flags, created as unknown as Pod);
  } finally {
    if (flags.bool('rm')) yield* removeCreated(session, flags, created);
  }
}

function validate(session: Session, flags: Flags, args: readonly string[], attaching: boolean): void {
  const usage = (message: string): UsageError => new UsageError('run', message);
  if (args.length === 0 || flags.dashAt === 0) throw usage('NAME is required for run');
  const image = flags.text('image');
  if (image === '') throw new CommandError('--image is required');
  if (!parseImageReference(image))
    throw new CommandError(`Invalid image name ${goQuote(image)}: invalid reference format`);
  if (flags.bool('tty') && !flags.bool('stdin'))
    throw usage('-i/--stdin is required for containers with -t/--tty=true');
  if (flags.bool('expose') && flags.text('port') === '') throw usage('--port must be set when exposing a service');
  const restart = flags.text('restart');
  if (!['Always', 'OnFailure', 'Never', ''].includes(restart)) throw usage(`invalid restart policy: ${restart}`);
  if (!attaching && flags.bool('rm')) throw usage('--rm should only be used for attached containers');
  if (attaching && dryRunOf(session) !== 'none') {
    throw usage(
      "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
    );
  }
  const pull = flags.text('image-pull-policy');
  if (!['Always', 'IfNotPresent', 'Never', ''].includes(pull)) throw usage(`invalid image pull policy: ${pull}`);
}

function* attachAndWait(session: Session, flags: Flags, created: Pod): Waiting<void> {
  const timeout = flags.duration('pod-running-timeout');
  const isOver = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';
  const isReady = (pod: Pod): boolean =>
    isOver(pod) ||
    (pod.status?.phase === 'Running' &&
      pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true);
  const pod = yield* waitForPod(session, created, session.now() + timeout, isReady);
  const container = pod.spec.containers[0]?.name ?? '';
  if (isOver(pod)) yield* copyLog(session, { pod, container }, {}, false);
  else {
    yield* copyLog(session, { pod, container }, {}, false);
    try {
      yield* attachTo(session, pod, {
        container,
        stdin: flags.bool('stdin'),
        tty: flags.bool('tty'),
        quiet: flags.bool('quiet'),
        commandName: 'kubectl attach',
      });
    } catch (error) {
      if (error instanceof ExitError) throw error;
      yield* session.err(
        `warning: couldn't attach to pod/${pod.metadata.name}, falling back to streaming logs: ${plainText(error)}\n`,
      );
      yield* copyLog(session, { pod, container }, {}, false);
    }
  }
  const restart = flags.has('restart') ? flags.text('restart') : (pod.spec.restartPolicy ?? 'Always');
  if (flags.bool('leave-stdin-open') || restart === 'Always') return;
  const isEnd = (each: Pod): boolean => (restart === 'OnFailure' ? each.status?.phase === 'Succeeded' : isOver(each));
  exitAs(yield* waitForPod(session, created, session.now() + timeout, isEnd));
}

function exitAs({ metadata, status }: Pod): void {
  if (status?.phase !== 'Failed') return;
  const ended = status.containerStatuses?.[0]?.state?.terminated;
  const name = `${metadata.namespace}/${metadata.name}`;
  if (!ended || ended.exitCode === 0) throw new CommandError(`pod ${name} failed with unknown exit code`);
  throw new ExitError(ended.exitCode, `pod ${name} terminated (${ended.reason ?? ''})\n${ended.message ?? ''}`);
}

function* removeCreated(session: Session, flags: Flags, { metadata }: KubeObject): Waiting<void> {
  const kinds = flags.bool('expose') ? [RESOURCES.pods, RESOURCES.services] : [RESOURCES.pods];
  for (const type of kinds) {
    try {
      yield* session.rest().delete(type, metadata.name ?? '', metadata.namespace, { propagationPolicy: 'Background' });
      if (!flags.bool('quiet'))
        yield* session.out(
          `${type.kind.toLowerCase()} ${goQuote(metadata.name ?? '')} deleted from ${metadata.namespace} namespace\n`,
        );
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}
