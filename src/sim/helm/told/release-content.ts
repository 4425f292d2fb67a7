import type { Waiting } from '../../kernel/wait.js';
import type { ActionContext } from '../action/context.js';
import { checkReleaseName } from '../release/name.js';
import type { Release } from '../release/release.js';

/** The revision of a release that `--revision` names, the newest without it. Throws HelmError. */
export function* releaseContent({ run, client, storage }: ActionContext, name: string): Waiting<Release> {
  yield* client.checkReachable();
  checkReleaseName(name, 'releaseContent: Release name');
  const revision = run.flags.number('revision');
  return revision > 0 ? yield* storage.get(name, revision) : yield* storage.last(name);
}
