import { type ObjectRef, objectRef } from '../object-ref.js';
import { UndecidedError } from '../objects.js';
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
    const expected = `no ${refName(ref)}`;
    if (!ref.apiVersion.includes('.') && (await objects.collection(ref)) === undefined)
      throw new UndecidedError(`${ref.apiVersion} has no kind ${ref.kind}, so nothing of it was ever there`);
    const found = await objects.read(ref);
    const names = found.map(({ metadata }) =>
      'deletionTimestamp' in metadata ? `${metadata.name}, which is being deleted` : metadata.name,
    );
    return { passed: found.length === 0, expected, found: found.length === 0 ? expected : names.join(', ') };
  },
};
