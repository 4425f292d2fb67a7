import type { Waiting } from '../../kernel/wait.js';
import { actionContext, hookPlan } from '../action/context.js';
import { podLogs, startHooks } from '../action/hooks.js';
import { exactly, type HelmCommand } from '../command.js';
import { wrapped } from '../errors.js';
import { checkReleaseName } from '../release/name.js';
import type { Hook } from '../release/release.js';
import type { HelmRun } from '../run.js';
import { statusText } from '../told/status-text.js';

/** `helm test`. */
export const testCommand: HelmCommand = {
  name: 'test',
  short: 'run tests for a release',
  usage: '[RELEASE]',
  flags: 'timeout:d=5m0s logs:b filter:l',
  arity: exactly(1),
  *run(run, [name = '']) {
    const context = actionContext(run);
    const { client, storage, namespace } = context;
    yield* client.checkReachable();
    checkReleaseName(name, 'releaseTest: Release name');
    const release = yield* storage.last(name);
    const isChosen = chooser(run);
    const all = release.hooks;
    release.hooks = all.filter(isChosen);
    const skipped = all.filter((hook) => !isChosen(hook));
    const wait = { strategy: 'watcher', jobs: false, timeout: run.flags.duration('timeout') };
    const { after, failure } = yield* startHooks(
      hookPlan(context, wait, release.apply_method === 'ssa'),
      release,
      'test',
    );
    release.hooks = [...skipped, ...release.hooks];
    yield* storage.update(release);
    yield* run.out(statusText(run, release, { hideNotes: true }));
    if (run.flags.bool('logs')) {
      yield* run.out('\n');
      const tests = release.hooks.filter((hook) => hook.events.includes('test') && isChosen(hook));
      for (const hook of tests.sort((a, b) => a.weight - b.weight || (a.name < b.name ? -1 : 1)))
        yield* run.out(`POD LOGS: ${hook.name}\n${yield* logsOf(context, namespace, hook)}\n`);
    }
    yield* after();
    if (failure !== undefined) throw failure;
  },
};

function* logsOf({ client }: ReturnType<typeof actionContext>, namespace: string, { name }: Hook): Waiting<string> {
  try {
    return yield* podLogs(client, namespace, name);
  } catch (error) {
    throw wrapped(`unable to get pod logs for ${name}`, error);
  }
}

/** `--filter name=x,!name=y`. */
function chooser({ flags }: HelmRun): (hook: Hook) => boolean {
  const wanted = flags.list('filter').flatMap((text) => (text.startsWith('name=') ? [text.slice(5)] : []));
  const unwanted = flags
    .list('filter')
    .flatMap((text) => (/^!\s?name=/.test(text) ? [text.replace(/^!\s?name=/, '')] : []));
  return ({ name }) => !unwanted.includes(name) && (wanted.length === 0 || wanted.includes(name));
}
