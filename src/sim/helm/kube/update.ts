import type { KubeObject } from '../../api/object.js';
import { isNotFound } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import { HelmError, messageOf, wrapped } from '../errors.js';
import type { HelmRun } from '../run.js';
import type { KubeClient, Resource, WriteMode } from './client.js';

/**
 * From the objects of one manifest to those of another: what is new is made, what both have is brought up to date, what
 * only the first had is deleted unless it asks to be kept. `created` collects what was made. Throws HelmError.
 */
export function* updateResources(
  run: HelmRun,
  client: KubeClient,
  originals: readonly Resource[],
  targets: readonly Resource[],
  mode: WriteMode,
  created: Resource[] = [],
): Waiting<void> {
  const problems: string[] = [];
  for (const target of targets) {
    const live = yield* lookAt(client, target);
    if (!live) {
      created.push(target);
      try {
        yield* client.createOne(target, mode);
      } catch (error) {
        throw wrapped('failed to create resource', error);
      }
      continue;
    }
    const original = originals.find((each) => isSame(each, target));
    const { namespace, name, mapping } = target;
    if (!original)
      run.log('WARN', 'resource exists on cluster but not in original release, using cluster state as baseline', {
        namespace,
        name,
        kind: mapping.kind,
      });
    try {
      yield* client.updateOne(original?.object ?? live, target, mode);
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  if (problems.length > 0) throw new HelmError(problems.join(' && '));
  for (const each of originals)
    if (!targets.some((target) => isSame(each, target))) yield* remove(client, each, problems);
  if (problems.length > 0) throw new HelmError(problems.join(' && '));
}

function* lookAt(client: KubeClient, target: Resource): Waiting<KubeObject | undefined> {
  try {
    return yield* client.find(target);
  } catch (error) {
    throw wrapped('could not get information about the resource', error);
  }
}

/** Whether two objects are the same one, whatever the version of their kind. */
function isSame(a: Resource, b: Resource): boolean {
  return (
    a.name === b.name &&
    a.namespace === b.namespace &&
    a.mapping.kind === b.mapping.kind &&
    a.mapping.group === b.mapping.group
  );
}

function* remove(client: KubeClient, resource: Resource, problems: string[]): Waiting<void> {
  const live = yield* client.find(resource);
  if (!live || live.metadata.annotations?.['helm.sh/resource-policy'] === 'keep') return;
  for (const error of yield* client.delete([resource], 'Background')) {
    if (isNotFound(error)) continue;
    const { namespace, name, mapping } = resource;
    problems.push(
      `failed to delete resource namespace=${namespace}, name=${name}, kind=${mapping.kind}: ${messageOf(error)}`,
    );
  }
}
