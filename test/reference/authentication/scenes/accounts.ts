import type { Sequence, Step } from '../../by-hand/sequence.js';
import { CORE, PODS, patch, pod } from '../../by-hand/steps.js';
import { post } from '../steps.js';

const account = (name: string, more: object = {}): Step => {
  const { metadata, ...rest } = more as { metadata?: object };
  return post(`account ${name}`, `${CORE}/serviceaccounts`, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, ...metadata },
    ...rest,
  });
};
let count = 0;
const make = (does: string, spec: object, metadata: object = {}): Step => {
  count += 1;
  return post(does, PODS, pod(`p${count}`, { metadata, spec }));
};
const enforced = (value: string) => ({
  metadata: { annotations: { 'kubernetes.io/enforce-mountable-secrets': value } },
});
const strict = (spec: object) => ({ serviceAccountName: 'strict', ...spec });
const container = (more: object) => ({ name: 'c', image: 'c', ...more });
const from = (name: string) => ({ envFrom: [{ secretRef: { name } }] });
const key = (name: string) => ({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name, key: 'k' } } }] });
const volume = (secretName: string) => ({ volumes: [{ name: 'v', secret: { secretName } }] });

/** What pods get of their account, and what it keeps from them. */
export const ACCOUNTS: Sequence = {
  name: 'accounts',
  steps: [
    account('silent', { automountServiceAccountToken: false }),
    account('pulling', { imagePullSecrets: [{ name: 'one' }, { name: 'two' }] }),
    account('strict', { ...enforced('true'), secrets: [{ name: 'mine' }], imagePullSecrets: [{ name: 'pull' }] }),
    account('strict-number', enforced('1')),
    account('lax', enforced('yes')),
    make('default', {}),
    make('silent', { serviceAccountName: 'silent' }),
    make('silent but loud', { serviceAccountName: 'silent', automountServiceAccountToken: true }),
    make('loud but silent', { automountServiceAccountToken: false }),
    make('old name', { serviceAccount: 'silent' }),
    make('two names', { serviceAccount: 'silent', serviceAccountName: 'pulling' }),
    make('nobody', { serviceAccountName: 'nobody' }),
    make('pulling', { serviceAccountName: 'pulling' }),
    make('pulling by itself', { serviceAccountName: 'pulling', imagePullSecrets: [{ name: 'three' }] }),
    make('mounted there already', {
      containers: [
        container({ volumeMounts: [{ name: 'v', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }] }),
      ],
      volumes: [{ name: 'v', emptyDir: {} }],
    }),
    make('a secret that is named', strict(volume('mine'))),
    make('a secret that is not', strict(volume('theirs'))),
    make('an environment that is named', strict({ containers: [container(from('mine'))] })),
    make('an environment that is not', strict({ containers: [container(from('theirs'))] })),
    make('a variable that is not', strict({ containers: [container(key('theirs'))] })),
    make(
      'an environment before that is not',
      strict({ initContainers: [container({ name: 'i', ...from('theirs') })] }),
    ),
    make('a variable before that is not', strict({ initContainers: [container({ name: 'i', ...key('theirs') })] })),
    make('a pull secret that is named', strict({ imagePullSecrets: [{ name: 'pull' }] })),
    make('a pull secret that is not', strict({ imagePullSecrets: [{ name: 'pull' }, { name: 'theirs' }] })),
    make('a secret for a strict number', { serviceAccountName: 'strict-number', ...volume('theirs') }),
    make('a secret for a lax one', { serviceAccountName: 'lax', ...volume('theirs') }),
    post('to be debugged', PODS, pod('debugged', { spec: { serviceAccountName: 'strict' } })),
    patch('strategic', 'debugged with a secret', `${PODS}/debugged/ephemeralcontainers`, {
      spec: { ephemeralContainers: [container({ name: 'd', ...from('theirs') })] },
    }),
    patch('strategic', 'debugged with a variable', `${PODS}/debugged/ephemeralcontainers`, {
      spec: { ephemeralContainers: [container({ name: 'e', ...key('theirs') })] },
    }),
    patch('strategic', 'debugged without', `${PODS}/debugged/ephemeralcontainers`, {
      spec: { ephemeralContainers: [container({ name: 'f' })] },
    }),
  ],
};
