/** How the converters of the recording answer: each definition asks at a path of its own. */

import { readConversions } from '../../../src/sim/images/admission-webhook/conversions.js';
import { answerConversion } from '../../../src/sim/images/admission-webhook/convert.js';

/** Where a converter of the recording listens, and where nobody does. */
export const PORTS = { hook: 26482, nobody: 26483 };

const SPLIT = { match: { to: 'v1' }, split: { from: 'spec.hostPort', by: ':', to: ['spec.host', 'spec.port'] } };
const FORTH = { match: { to: 'v1' }, remove: ['spec.only'] };
const BACK = { match: { to: 'v1beta1' }, remove: ['spec.free'] };
const JOIN = { match: { to: 'v1beta1' }, join: { from: ['spec.host', 'spec.port'], by: ':', to: 'spec.hostPort' } };

/** What the converters do wrong, by the names of the kinds that they are of. */
export const WRONG: Readonly<Record<string, object>> = {
  badlabel: { broken: 'bad-label' },
  empty: { broken: 'empty' },
  fails: { fail: 'no such address' },
  fewer: { broken: 'fewer' },
  labelnumber: { broken: 'label-number' },
  missing: { status: 404, body: 'nothing here' },
  nometadata: { broken: 'no-metadata' },
  noresponse: { broken: 'no-response' },
  notjson: { broken: 'not-json' },
  otherkind: { broken: 'other-kind' },
  othername: { broken: 'other-name' },
  otheruid: { broken: 'other-uid' },
  refused: { status: 403, body: 'keep out' },
  sameversion: { broken: 'same-version' },
  silent: { broken: 'silent-failure' },
  trouble: { status: 500, body: 'boom' },
  wronguid: { broken: 'wrong-uid' },
  wrongversion: { broken: 'wrong-version' },
};

const RULES: Readonly<Record<string, readonly object[]>> = {
  address: [SPLIT, JOIN, FORTH, BACK, { match: { to: 'v1' }, set: { labels: { converted: 'here' } } }],
  careless: [SPLIT, JOIN],
  oneway: [SPLIT, JOIN, { match: { to: 'v1beta1' }, fail: 'no way back' }],
  slow: [{ match: { to: 'v1beta1' }, delay: '90s' }],
  ...Object.fromEntries(Object.entries(WRONG).map(([name, wrong]) => [name, [SPLIT, JOIN, wrong]])),
};

/** The answer to what came to a path. */
export function answerHook(path: string, review: unknown): ReturnType<typeof answerConversion> {
  const conversions = RULES[path.split('/')[1] ?? ''] ?? [];
  return answerConversion(readConversions({ conversions }), path, review);
}
