import type { Command } from '../cobra/command.js';
import { completeResources } from '../completion/resources.js';
import { CommandError } from '../errors.js';
import { changeMetadata, checkMetadataFlags, type MetadataKind } from '../metadata/change.js';
import { parsePairs, resourcesAndPairs } from '../metadata/pairs.js';

/** May always be overwritten. */
const CHANGE_CAUSE = 'kubernetes.io/change-cause';

const ANNOTATIONS: MetadataKind = {
  field: 'annotations',
  word: 'annotation',
  file: 'rsrc',
  tellsMissing: false,
  refuseOverwrites: (current, { set }) => {
    const taken = [...set].filter(
      ([key, value]) => key !== CHANGE_CAUSE && current[key] !== undefined && current[key] !== value,
    );
    if (taken.length === 0) return;
    const list = taken.map(([key]) => `'${key}' already has a value (${current[key]})`).join('; ');
    throw new CommandError(`--overwrite is false but found the following declared annotation(s): ${list}`);
  },
  outcome: () => 'annotated',
};

/** `kubectl annotate`. */
export const annotate: Command = {
  name: 'annotate',
  short: 'Update the annotations on a resource',
  complete: completeResources,
  run: function* (session, _flags, args) {
    const { resources, pairs } = resourcesAndPairs(args, 'annotation');
    const changes = parsePairs(pairs, 'annotation');
    checkMetadataFlags(session, ANNOTATIONS, resources, changes);
    const both = changes.remove.filter((key) => changes.set.has(key));
    if (both.length > 0) {
      throw new CommandError(
        `can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
      );
    }
    yield* changeMetadata(session, ANNOTATIONS, resources, changes);
  },
};
