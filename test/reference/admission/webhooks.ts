import { type Case, hookCase, PORTS } from './case.js';

function judge(name: string, rules: readonly object[], hook: object = {}, more: readonly object[] = []): Case {
  return hookCase('Validating', `j-${name}`, { rules, hook, more });
}

function change(name: string, rules: readonly object[], hook: object = {}, more: readonly object[] = []): Case {
  return hookCase('Mutating', `c-${name}`, { rules, hook, more });
}

const BROKEN = ['bad-patch', 'empty', 'no-response', 'not-json', 'patch-without-type', 'wrong-uid', 'wrong-version'];
const NOBODY = { clientConfig: { url: `https://127.0.0.1:${PORTS.nobody}/none` } };

/** Webhooks: what they answer, how they are matched, and what becomes of those that do not answer. */
export const WEBHOOKS: readonly Case[] = [
  judge('allow', []),
  judge('deny', [{ deny: { message: 'not here' } }]),
  judge('deny-code', [{ deny: { message: 'not here', code: 403, reason: 'Forbidden' } }]),
  judge('deny-teapot', [{ deny: { message: 'tea', code: 418, reason: 'Teapot' } }]),
  judge('deny-ok', [{ deny: { message: 'odd', code: 200 } }]),
  judge('deny-silent', [{ deny: {} }]),
  judge('deny-some', [{ match: { withoutLabels: ['team'] }, deny: { message: 'label it' } }]),
  judge('warn', [{ warnings: ['look out', 'and mind "this"'] }]),
  judge('warn-deny', [{ warnings: ['look out'], deny: { message: 'no' } }]),
  judge('two', [{ match: { path: '/j-two/1' }, deny: { message: 'second' } }], {}, [{}]),
  judge('labels', [{ deny: { message: 'blue' } }], { objectSelector: { matchLabels: { team: 'blue' } } }),
  judge('condition', [{ deny: { message: 'labelled' } }], {
    matchConditions: [{ name: 'labelled', expression: 'has(object.metadata.labels)' }],
  }),
  judge('condition-fails', [{ deny: { message: 'matched' } }], {
    matchConditions: [{ name: 'odd', expression: "object.data.none == 'x'" }],
  }),
  judge('condition-fails-ignored', [{ deny: { message: 'matched' } }], {
    failurePolicy: 'Ignore',
    matchConditions: [{ name: 'odd', expression: "object.data.none == 'x'" }],
  }),
  judge('old-review', [{ deny: { message: 'old' } }], { admissionReviewVersions: ['v1beta1'] }),
  judge('old-review-first', [{ match: { kinds: ['Pod'] }, deny: { message: 'old' } }], {
    admissionReviewVersions: ['v9', 'v1beta1', 'v1'],
  }),
  judge('nobody', [], NOBODY),
  judge('nobody-ignored', [], { ...NOBODY, failurePolicy: 'Ignore' }),
  judge('status-500', [{ status: 500, body: 'boom' }]),
  judge('status-404', [{ status: 404, body: 'nothing here' }]),
  judge('status-403', [{ status: 403, body: 'keep out' }]),
  judge('slow', [{ match: { kinds: ['Pod'] }, delay: '1500ms' }], { timeoutSeconds: 1 }),
  judge('slow-ignored', [{ match: { kinds: ['Pod'] }, delay: '1500ms' }], {
    timeoutSeconds: 1,
    failurePolicy: 'Ignore',
  }),
  ...BROKEN.map((broken) => judge(`broken-${broken}`, [{ broken }])),
  judge('patches', [{ set: { labels: { seen: 'yes' } } }]),
  change('nothing', []),
  change('label', [{ set: { labels: { seen: 'yes' } } }]),
  change('label-deny', [
    { set: { labels: { seen: 'yes' } } },
    { match: { kinds: ['Pod'] }, deny: { message: 'no pods' } },
  ]),
  change(
    'two',
    [
      { match: { path: '/c-two/0' }, set: { labels: { first: 'yes' } } },
      { match: { path: '/c-two/1', labels: { first: 'yes' } }, set: { annotations: { second: 'yes' } } },
    ],
    {},
    [{}],
  ),
  change(
    'again',
    [
      { match: { path: '/c-again/0', labels: { second: 'yes' } }, set: { annotations: { again: 'yes' } } },
      { match: { path: '/c-again/1' }, set: { labels: { second: 'yes' } } },
    ],
    { reinvocationPolicy: 'IfNeeded' },
    [{}],
  ),
  change(
    'never-again',
    [
      { match: { path: '/c-never-again/0', labels: { second: 'yes' } }, set: { annotations: { again: 'yes' } } },
      { match: { path: '/c-never-again/1' }, set: { labels: { second: 'yes' } } },
    ],
    { reinvocationPolicy: 'Never' },
    [{}],
  ),
  change('unknown-field', [{ patch: [{ op: 'add', path: '/bogus', value: 1 }] }]),
  change('wrong-type', [{ patch: [{ op: 'replace', path: '/metadata/name', value: 1 }] }]),
  change('nowhere', [{ patch: [{ op: 'replace', path: '/none/none', value: 1 }] }]),
  change('test-fails', [{ patch: [{ op: 'test', path: '/kind', value: 'Nothing' }] }]),
  change('invalid', [
    { match: { kinds: ['Pod'] }, patch: [{ op: 'replace', path: '/spec/restartPolicy', value: 'Sometimes' }] },
  ]),
  change('defaults', [{ match: { kinds: ['Pod'] }, patch: [{ op: 'remove', path: '/spec/restartPolicy' }] }]),
  change('sidecar', [
    {
      match: { kinds: ['Pod'] },
      patch: [{ op: 'add', path: '/spec/containers/-', value: { name: 'side', image: 'busybox' } }],
    },
  ]),
  change('nobody', [], NOBODY),
  change('nobody-ignored', [], { ...NOBODY, failurePolicy: 'Ignore' }),
  change('side-effects', [{ set: { labels: { seen: 'yes' } } }], { sideEffects: 'NoneOnDryRun' }),
  ...BROKEN.map((broken) => change(`broken-${broken}`, [{ broken }])),
  change('broken-ignored', [{ broken: 'not-json' }], { failurePolicy: 'Ignore' }),
];
