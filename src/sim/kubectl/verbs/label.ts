import { goQuote } from '../../api/go-text.js';
import { labelValue } from '../../api/names.js';
import type { Command } from '../cobra/command.js';
import { completeResources } from '../completion/resources.js';
import { CommandError, throwAll } from '../errors.js';
import { changeMetadata, checkMetadataFlags, type MetadataKind } from '../metadata/change.js';
import { type PairChanges, resourcesAndPairs } from '../metadata/pairs.js';

const LABELS: MetadataKind = {
  field: 'labels',
  word: 'label',
  file: 'pod',
  tellsMissing: true,
  refuseOverwrites: (current, { set }) => {
    const taken = [...set].filter(([key, value]) => current[key] !== undefined && current[key] !== value);
    throwAll(
      taken.map(
        ([key]) => new CommandError(`'${key}' already has a value (${current[key]}), and --overwrite is false`),
      ),
    );
  },
  outcome: (added, removed) => {
    if (added > 0 && removed > 0) return 'modified';
    if (added > 0) return 'labeled';
    return removed > 0 ? 'unlabeled' : 'not labeled';
  },
};

/** `kubectl label`. */
export const label: Command = {
  name: 'label',
  short: 'Update the labels on a resource',
  complete: completeResources,
  run: function* (session, _flags, args) {
    const { resources, pairs } = resourcesAndPairs(args, 'label');
    const changes = parseLabels(pairs);
    checkMetadataFlags(session, LABELS, resources, changes);
    yield* changeMetadata(session, LABELS, resources, changes);
  },
};

function parseLabels(pairs: readonly string[]): PairChanges {
  const set = new Map<string, string>();
  const remove: string[] = [];
  for (const pair of pairs) {
    if (!pair.includes('=')) {
      remove.push(pair.slice(0, -1));
      continue;
    }
    const parts = pair.split('=');
    if (parts.length !== 2) throw new CommandError(`invalid label spec: ${pair}`);
    const [key = '', value = ''] = parts;
    const problems = labelValue(value);
    if (problems.length > 0) throw new CommandError(`invalid label value: ${goQuote(pair)}: ${problems.join(';')}`);
    set.set(key, value);
  }
  if (remove.some((key) => set.has(key)))
    throw new CommandError('can not both modify and remove a label in the same command');
  return { set, remove };
}
