import type { KubeObject } from '../../api/object.js';
import type { ResourceType } from '../../client/client.js';
import { wholeBody } from '../../client/http-text.js';
import { decodeText } from '../../kernel/bytes.js';
import type { Waiting } from '../../kernel/wait.js';
import { HelmError, messageOf, rethrowFault, wrapped } from '../errors.js';
import type { KubeClient, Resource } from '../kube/client.js';
import { type WaitPlan, waitForHook, waitGone } from '../kube/wait.js';
import { goInstant } from '../release/encode.js';
import type { Hook, HookEvent, Release } from '../release/release.js';
import type { Storage } from '../release/storage.js';
import type { HelmRun } from '../run.js';

/** What carries out hooks, and how. */
export interface HookPlan {
  readonly run: HelmRun;
  readonly client: KubeClient;
  readonly storage: Storage;
  readonly wait: WaitPlan;
  readonly serverSide: boolean;
}

/** Done when hooks are over: deletes those that wish it. */
export type AfterHooks = () => Waiting<void>;

/** Carries out the hooks of an event, lightest first, and deletes those that are to go. Throws HelmError. */
export function* runHooks(plan: HookPlan, release: Release, event: HookEvent): Waiting<void> {
  const { after, failure } = yield* startHooks(plan, release, event);
  yield* after();
  if (failure !== undefined) throw failure;
}

/** The same, with the deletions left to the caller; a failure is handed back. */
export function* startHooks(
  plan: HookPlan,
  release: Release,
  event: HookEvent,
): Waiting<{ after: AfterHooks; failure?: unknown }> {
  const hooks = release.hooks.filter(({ events }) => events.includes(event)).sort(byWeight);
  for (const [at, hook] of hooks.entries()) {
    if (hook.delete_policies.length === 0) hook.delete_policies = ['before-hook-creation'];
    yield* deleteBy(plan, hook, 'before-hook-creation');
    const resources = yield* builtHook(plan, hook, event);
    hook.last_run = { started_at: now(plan), phase: 'Running' };
    yield* plan.storage.record(release);
    hook.last_run.phase = 'Unknown';
    try {
      yield* plan.client.create(resources, { serverSide: plan.serverSide });
    } catch (error) {
      hook.last_run.completed_at = now(plan);
      hook.last_run.phase = 'Failed';
      throw wrapped(`warning: Hook ${event} ${hook.path} failed`, error);
    }
    const failure = yield* waited(plan, resources);
    hook.last_run.completed_at = now(plan);
    if (failure !== undefined) {
      hook.last_run.phase = 'Failed';
      yield* showLogs(plan, hook, release, 'hook-failed');
      const earlier = hooks.slice(0, at);
      return { after: () => afterFailure(plan, hook, earlier), failure };
    }
    hook.last_run.phase = 'Succeeded';
  }
  return { after: () => afterSuccess(plan, hooks, release) };
}

function byWeight(a: Hook, b: Hook): number {
  return a.weight - b.weight || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

function now({ run }: HookPlan): string {
  return goInstant(run.sys.now());
}

function* builtHook({ client }: HookPlan, hook: Hook, event: HookEvent): Waiting<Resource[]> {
  try {
    return yield* client.build(hook.manifest);
  } catch (error) {
    throw wrapped(`unable to build kubernetes object for ${event} hook ${hook.path}`, error);
  }
}

function* waited({ run, client, wait }: HookPlan, resources: readonly Resource[]): Waiting<unknown> {
  try {
    yield* waitForHook(run, client, resources, wait.timeout);
    return undefined;
  } catch (error) {
    rethrowFault(error);
    return error;
  }
}

function* afterFailure(plan: HookPlan, hook: Hook, earlier: readonly Hook[]): Waiting<void> {
  yield* deleteBy(plan, hook, 'hook-failed');
  for (const each of earlier) yield* deleteBy(plan, each, 'hook-succeeded');
}

function* afterSuccess(plan: HookPlan, hooks: readonly Hook[], release: Release): Waiting<void> {
  for (const hook of [...hooks].reverse()) {
    yield* showLogs(plan, hook, release, 'hook-succeeded');
    yield* deleteBy(plan, hook, 'hook-succeeded');
  }
}

function* deleteBy({ run, client, wait }: HookPlan, hook: Hook, policy: string): Waiting<void> {
  if (hook.kind === 'CustomResourceDefinition' || !hook.delete_policies.includes(policy)) return;
  let resources: Resource[];
  try {
    resources = yield* client.build(hook.manifest);
  } catch (error) {
    throw wrapped(`unable to build kubernetes object for deleting hook ${hook.path}`, error);
  }
  const problems = yield* client.delete(resources, 'Background');
  if (problems.length > 0) throw new HelmError(problems.map(messageOf).join('; '));
  yield* waitGone(run, client, resources, wait);
}

const PODS: ResourceType = { group: '', version: 'v1', resource: 'pods', kind: 'Pod', namespaced: true };

/** Logs of a hook's pods, where its annotation asks for them. */
function* showLogs({ run, client }: HookPlan, hook: Hook, release: Release, policy: string): Waiting<void> {
  if (!hook.output_log_policies.includes(policy) || !['Job', 'Pod'].includes(hook.kind)) return;
  const [resource] = yield* client.build(hook.manifest);
  const namespace = resource?.namespace || release.namespace;
  const query =
    hook.kind === 'Job' ? { labelSelector: `job-name=${hook.name}` } : { fieldSelector: `metadata.name=${hook.name}` };
  const { items } = yield* client.rest().list<KubeObject>(PODS, namespace, query);
  for (const pod of items) {
    const { containers = [] } = (pod['spec'] ?? {}) as { containers?: { name: string }[] };
    for (const { name } of containers) yield* run.err(yield* podLogs(client, namespace, pod.metadata.name ?? '', name));
  }
}

/** What a pod's container printed. */
export function* podLogs(client: KubeClient, namespace: string, pod: string, container?: string): Waiting<string> {
  const query = container === undefined ? {} : { container };
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log`;
  const answer = yield* client.rest().response({ method: 'GET', path, query });
  return decodeText(yield* wholeBody(answer));
}

/** Hooks whose failure is told with words before it. */
export function* hooked(prefix: string, work: () => Waiting<void>): Waiting<void> {
  try {
    yield* work();
  } catch (error) {
    throw wrapped(prefix, error);
  }
}
