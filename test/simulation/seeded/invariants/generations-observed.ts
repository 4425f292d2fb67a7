import type { KubeObject } from '../../../../src/sim/api/object.js';
import { called } from './facts.js';
import type { Invariant } from './invariant.js';

/** Nobody has seen what is not written yet; in the end everybody has seen the newest. */
export const generationsObserved: Invariant = {
  name: 'what was written is observed',
  told: ({ before, after }) => {
    const seen = after && observedOf(after);
    if (!after || seen === undefined) return [];
    const { generation = 0 } = after.metadata;
    if (seen > generation) return [`${called(after)} of generation ${generation} says that ${seen} is observed`];
    const earlier = before?.metadata.uid === after.metadata.uid && before ? observedOf(before) : undefined;
    return earlier !== undefined && earlier > seen ? [`${called(after)} observed ${earlier}, and now ${seen}`] : [];
  },
  settled: ({ listed }) =>
    Object.entries(listed)
      .filter(([plural]) => plural !== 'pods')
      .flatMap(([, objects]) => [...objects.values()])
      .filter((object) => (observedOf(object) ?? object.metadata.generation) !== object.metadata.generation)
      .map(
        (object) => `${called(object)} is of generation ${object.metadata.generation}, seen is ${observedOf(object)}`,
      ),
};

function observedOf(object: KubeObject): number | undefined {
  return (object['status'] as { observedGeneration?: number } | undefined)?.observedGeneration;
}
