import { type ObjectRef, objectRef } from '../object-ref.js';
import { refName } from '../reference.js';
import type { CheckKind } from '../subject.js';

interface GoneSubject {
  readonly gone: ObjectRef;
}

/** An object does not exist. */
export const gone: CheckKind<GoneSubject> = {
  field: 'gone',
  schema: objectRef(),
  async judge({ gone: ref }, { objects }) {
    const found = await objects.read(ref);
    const names = found.map(({ metadata }) => metadata.name).join(', ');
    return {
      passed: found.length === 0,
      expected: `no ${refName(ref)}`,
      found: found.length === 0 ? `no ${refName(ref)}` : names,
    };
  },
};
