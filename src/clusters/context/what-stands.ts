import { ATTEMPT_LABEL } from '../real/manifests.js';
import { titleOf } from '../real/remove-objects.js';
import { type Ask, mustList, servedResources } from '../real/resources.js';
import { newWideObjects } from './grounds.js';
import { contentsOf } from './namespace-contents.js';
import type { AttemptRecord } from './record.js';

interface Namespace {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

/** What is there yet of an attempt. */
export interface Standing {
  /** In words. */
  readonly told: readonly string[];
  /** All of it says by its label that the attempt made it: none can have come from somebody else since. */
  readonly labelled: boolean;
}

/** Objects that are told by name. */
const TOLD_MAX = 6;

/**
 * What is there yet of an attempt: namespaces, and cluster-wide objects. What may have come from somebody else since is told
 * object by object. Throws `ClusterError` when the cluster does not tell.
 */
export async function whatStands(ask: Ask, record: AttemptRecord): Promise<Standing> {
  const served = await servedResources(ask);
  const present = await mustList<Namespace>(ask, '/api/v1/namespaces');
  const told: string[] = [];
  let labelled = true;
  for (const { metadata } of present) {
    const { name, labels = {} } = metadata;
    const [isMade, isUsed] = [record.made.includes(name), record.used.includes(name)];
    if (isMade && labels[ATTEMPT_LABEL] === record.attempt) told.push(`namespace ${name}`);
    else if (isMade || isUsed) {
      const inside = (await contentsOf(ask, name, served)).map(titleOf);
      if (isMade || inside.length > 0) labelled = false;
      if (isMade) told.push(inside.length === 0 ? `namespace ${name}` : `namespace ${name} with ${some(inside)}`);
      else if (inside.length > 0) told.push(`in namespace ${name} ${some(inside)}`);
    }
  }
  const { ours } = await newWideObjects(ask, record);
  if (ours.length > 0) told.push(some(ours.map(titleOf)));
  return { told, labelled: labelled && ours.every(({ attempt }) => attempt === record.attempt) };
}

function some(titles: readonly string[]): string {
  const more = titles.length > TOLD_MAX ? ` and ${titles.length - TOLD_MAX} more` : '';
  return `${titles.slice(0, TOLD_MAX).join(', ')}${more}`;
}
