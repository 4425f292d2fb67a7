import type { ApiSide } from '../real/api-side.js';
import type { OpenHow } from '../real/real-cluster.js';
import { removeObjects, titleOf } from '../real/remove-objects.js';
import { servedResources } from '../real/resources.js';
import { newWideObjects } from './grounds.js';
import { contentsOf } from './namespace-contents.js';
import type { AttemptRecord } from './record.js';

/**
 * Takes away what an attempt made. Gives a sentence for each thing that stays, and for each that may be somebody else's. Throws
 * `ClusterError` when the cluster does not tell what there is: then all stays as it is.
 */
export async function removeAttempt(
  { request: ask }: Pick<ApiSide, 'request'>,
  record: AttemptRecord,
  { onStep }: Pick<OpenHow, 'onStep'>,
): Promise<{ readonly left: readonly string[]; readonly told: readonly string[] }> {
  if ([record.made, record.used, record.objects].every(({ length }) => length === 0)) return { left: [], told: [] };
  onStep({ says: 'deleting what the attempt made', number: 1, of: 1 });
  const served = await servedResources(ask);
  const namespaces = served.filter(({ name, group }) => name === 'namespaces' && group === '');
  const whole = namespaces.flatMap((resource) => record.made.map((name) => ({ resource, name })));
  const inside = (await Promise.all(record.used.map((name) => contentsOf(ask, name, served)))).flat();
  const { ours, unknown } = await newWideObjects(ask, record);
  const left = await removeObjects(ask, [...whole, ...inside, ...ours]);
  return {
    left,
    told: unknown.map((target) => `${titleOf(target)} came meanwhile, and may be somebody else's: it is left`),
  };
}
