import { KubeClient } from '../kube/client.js';
import type { WaitPlan } from '../kube/wait.js';
import { goInstant } from '../release/encode.js';
import type { Release, ReleaseStatus } from '../release/release.js';
import { Storage } from '../release/storage.js';
import type { HelmRun } from '../run.js';
import type { Cancellation } from './cancellation.js';
import type { HookPlan } from './hooks.js';

/** What actions on releases share: the cluster, where releases are kept, how long is waited. */
export interface ActionContext {
  readonly run: HelmRun;
  readonly client: KubeClient;
  readonly storage: Storage;
  readonly namespace: string;
  /** Whether somebody called the action off; who cannot is without. */
  readonly cancellation?: Cancellation;
}

/** The context of a run; in another namespace than its own when one is named ('' for all). */
export function actionContext(run: HelmRun, namespace = run.namespace()): ActionContext {
  return { run, client: new KubeClient(run), storage: new Storage(run, namespace), namespace };
}

/** What `--wait`, `--wait-for-jobs` and `--timeout` say; what is undone on failure is waited for as well. */
export function waitPlanOf({ flags }: HelmRun, undoing: boolean): WaitPlan {
  const given = flags.text('wait');
  const strategy = given === 'true' ? 'watcher' : given;
  const hooksOnly = strategy === 'hookOnly' || strategy === 'false';
  return {
    strategy: undoing && hooksOnly ? 'watcher' : strategy,
    jobs: flags.table.name('wait-for-jobs') !== undefined && flags.bool('wait-for-jobs'),
    timeout: flags.duration('timeout'),
  };
}

export function hookPlan(context: ActionContext, wait: WaitPlan, serverSide: boolean): HookPlan {
  return { ...context, wait, serverSide };
}

/** Sets a release's state and what is told of it. */
export function setStatus(release: Release, status: ReleaseStatus, description: string): void {
  release.info.status = status;
  release.info.description = description;
}

/** This instant as releases keep it. */
export function instantOf(run: HelmRun): string {
  return goInstant(run.sys.now());
}
