import type { KubeObject } from '../../api/object.js';
import type { Micros } from '../../kernel/time.js';
import { MILLISECOND, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { openWatch, type Watch } from '../../kubectl/resource/watch.js';
import { HelmError } from '../errors.js';
import type { HelmRun } from '../run.js';
import type { KubeClient, Resource } from './client.js';
import { endedJobState, hookStateOf, type ObjectState, stateOf } from './status.js';

/** What is waited for after writing: nothing, or that all is as it should be, ended jobs included. */
export interface WaitPlan {
  /** `hookOnly`: only hooks are waited for. */
  readonly strategy: string;
  readonly jobs: boolean;
  readonly timeout: Micros;
}

/** How often is looked. */
const INTERVAL = 250 * MILLISECOND;

/** Who cannot be scheduled for so long has failed: after it, what did not change is judged again. */
const REJUDGE = 15 * SECOND;

type Judge = (object: KubeObject) => ObjectState;

/** Waits until objects are what they should be, as far as the plan says so. Throws HelmError at its end. */
export function* waitReady(
  run: HelmRun,
  client: KubeClient,
  resources: readonly Resource[],
  plan: WaitPlan,
): Waiting<void> {
  if (plan.strategy === 'hookOnly' || plan.strategy === 'false') return;
  const isJob = ({ kind, apiVersion }: KubeObject): boolean => kind === 'Job' && apiVersion === 'batch/v1';
  const judge: Judge = (object) =>
    plan.jobs && isJob(object) ? endedJobState(object) : stateOf(object, run.sys.now());
  const waited = resources.filter(
    ({ object }) => !(object.kind === 'Deployment' && (object['spec'] as { paused?: boolean } | undefined)?.paused),
  );
  yield* until(run, client, waited, plan.timeout, judge);
}

/** Waits until a hook's objects have done what they are for. */
export function waitForHook(
  run: HelmRun,
  client: KubeClient,
  resources: readonly Resource[],
  timeout: Micros,
): Waiting<void> {
  return until(run, client, resources, timeout, hookStateOf);
}

/** One object that is waited for: what was last seen of it, and the changes to come. */
interface Waited {
  readonly resource: Resource;
  object: KubeObject | undefined;
  state: ObjectState | undefined;
  watch: Watch;
}

/**
 * Waits for each object in turn until it once was what it should be, or cannot become it any more. Changes are watched
 * from the version on that was written: what came and went meanwhile (a job that is deleted once it is complete) counts.
 */
function* until(
  run: HelmRun,
  client: KubeClient,
  resources: readonly Resource[],
  timeout: Micros,
  judge: Judge,
): Waiting<void> {
  const end = run.sys.monotonic() + timeout;
  const waited: Waited[] = [];
  try {
    for (const resource of resources) waited.push(yield* begin(run, client, resource, judge));
    for (const one of waited) yield* finish(run, client, one, end, judge);
  } finally {
    for (const { watch } of waited) watch.cancel();
  }
  const problems = waited
    .filter(({ state }) => state?.status !== 'Current')
    .map(({ resource, state }) => notReady(resource, state));
  if (waited.some((one) => !isOver(one))) problems.push('context deadline exceeded');
  if (problems.length > 0) throw new HelmError(problems.join('\n'));
}

function* begin(run: HelmRun, client: KubeClient, resource: Resource, judge: Judge): Waiting<Waited> {
  const written = resource.object.metadata.resourceVersion === undefined ? undefined : resource.object;
  const object = written ?? (yield* client.find(resource));
  const watch = yield* watchFrom(run, resource, object);
  return { resource, object, state: object && judge(object), watch };
}

function watchFrom(run: HelmRun, resource: Resource, object: KubeObject | undefined): Waiting<Watch> {
  const { mapping, namespace, name } = resource;
  const query = {
    fieldSelector: `metadata.name=${name}`,
    ...(object ? { resourceVersion: object.metadata.resourceVersion } : {}),
  };
  return openWatch(run.session(), mapping, namespace, query);
}

function isOver({ state }: Waited): boolean {
  return state?.status === 'Current' || state?.status === 'Failed';
}

/** Follows an object until it is settled, or `end` on the monotonic clock has come. */
function* finish(run: HelmRun, client: KubeClient, one: Waited, end: Micros, judge: Judge): Waiting<void> {
  const { sys } = run;
  while (!isOver(one)) {
    // What was told while others were waited for counts even when the end has come.
    const look = sys.monotonic() + Math.min(Math.max(end - sys.monotonic(), 0), REJUDGE);
    const change = yield* one.watch.next(sys.now() + look - sys.monotonic());
    if (change === undefined && sys.monotonic() >= look) {
      // Some states are others when only time has passed.
      if (one.object) one.state = judge(one.object);
      if (sys.monotonic() >= end) return;
    } else if (change === undefined || change.type === 'ERROR') {
      // The server ends watches now and then; what was missed is seen by looking anew.
      one.watch.cancel();
      one.object = yield* client.find(one.resource);
      one.state = one.object && judge(one.object);
      one.watch = yield* watchFrom(run, one.resource, one.object);
    } else if (change.type !== 'BOOKMARK') {
      one.object = change.type === 'DELETED' ? undefined : change.object;
      one.state = one.object && judge(one.object);
    }
  }
}

function notReady({ mapping, namespace, name }: Resource, state: ObjectState | undefined): string {
  const { status, message } = state ?? { status: 'NotFound', message: 'Resource not found' };
  return `resource ${mapping.kind}/${namespace}/${name} not ready. status: ${status}, message: ${message}`;
}

/** Waits until objects are gone. Throws HelmError when some are there at the end. */
export function* waitGone(
  run: HelmRun,
  client: KubeClient,
  resources: readonly Resource[],
  { strategy, timeout }: WaitPlan,
): Waiting<void> {
  if (strategy === 'hookOnly' || strategy === 'false') return;
  const end = run.sys.monotonic() + timeout;
  for (;;) {
    const left: string[] = [];
    for (const resource of resources) {
      const object = yield* client.find(resource);
      if (!object) continue;
      const { status, message } = stateOf(object, run.sys.now());
      const { mapping, namespace, name } = resource;
      left.push(`resource ${mapping.kind}/${namespace}/${name} still exists. status: ${status}, message: ${message}`);
    }
    if (left.length === 0) return;
    if (run.sys.monotonic() >= end) throw new HelmError([...left, 'context deadline exceeded'].join('\n'));
    yield* run.sys.sleep(Math.min(INTERVAL, end - run.sys.monotonic()));
  }
}
