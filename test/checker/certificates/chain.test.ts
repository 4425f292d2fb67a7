import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { endBefore } from '../../../src/checker/certificates/chain.js';
import { BY_LEAF, CA, JANE, LEAF, MIDDLE, OTHER_CA, ROOT } from './certificates.js';

const read = (pem: string): X509Certificate => new X509Certificate(pem);

/** Where the way from the first certificate to an authority ends. */
test.each<[string, string, readonly string[], string | undefined]>([
  ['signed by it', CA, [JANE], undefined],
  ['signed by another of that name', OTHER_CA, [JANE], 'CN=jane'],
  ['itself', CA, [CA], undefined],
  ['another of that name that comes along', OTHER_CA, [JANE, CA], 'CN=kubernetes'],
  ['which came along for nothing', OTHER_CA, [JANE, OTHER_CA], 'CN=jane'],
  ['through one', ROOT, [LEAF, MIDDLE], undefined],
  ['through one, in whatever order they come', ROOT, [LEAF, ROOT, CA, MIDDLE], undefined],
  ['through one that is not shown', ROOT, [LEAF], 'CN=leaf'],
  ['through one that may sign nobody', ROOT, [BY_LEAF, LEAF, MIDDLE], 'CN=by-leaf'],
  ['to one of those that came along only', CA, [LEAF, MIDDLE, ROOT], 'CN=root'],
  ['twice the same', CA, [LEAF, LEAF, MIDDLE, MIDDLE], 'CN=middle'],
])('%s', (_, authority, [own = '', ...others], end) => {
  expect(endBefore(read(authority), read(own), others.map(read))?.subject.split('\n').at(-1)).toBe(end);
});
