import { expect, test } from 'vitest';
import { connectComponent } from '../../../../src/sim/client/component/connect.js';
import type { ComponentLog } from '../../../../src/sim/client/component/log.js';
import { encodeText } from '../../../../src/sim/kernel/bytes.js';
import { Errno } from '../../../../src/sim/kernel/errno.js';
import type { FileStat } from '../../../../src/sim/kernel/files.js';
import type { Sys } from '../../../../src/sim/kernel/sys.js';

const WHOLE = `apiVersion: v1
kind: Config
clusters: [{name: a, cluster: {server: "https://127.0.0.1:9"}}]
users: [{name: u, user: {token: x}}]
contexts: [{name: c, context: {cluster: a, user: u}}]
current-context: c
`;

/** What a component says of a kubeconfig with this text, and what it warned of before; undefined where it goes on. */
function refusal(text: string | undefined): { words: string | undefined; warnings: string[] } {
  const warnings: string[] = [];
  const log = { warning: (words: string, where: string) => warnings.push(`${where}] ${words}`) };
  const sys: Partial<Sys> = {
    readFile: (path) => {
      if (path !== '/k' || text === undefined) throw new Errno('ENOENT');
      return encodeText(text);
    },
    stat: () => ({}) as FileStat,
    environment: new Map(),
    directory: () => '/',
  };
  try {
    connectComponent(sys as Sys, log as unknown as ComponentLog, text === undefined ? '' : '/k', '', 'test');
    return { words: undefined, warnings };
  } catch (error) {
    return { words: (error as Error).message, warnings };
  }
}

const NOTHING =
  'invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable';

/** Recorded from kube-scheduler and kube-controller-manager v1.36.0, which say the same. */
test.each<[string, string, string | undefined]>([
  ['empty', '', NOTHING],
  ['of nothing but its kind', 'apiVersion: v1\nkind: Config\n', NOTHING],
  ['that is no YAML', 'a: [b\n', `error loading config file "/k": yaml: line 1: did not find expected ',' or ']'`],
  [
    'with clusters that are a number',
    'apiVersion: v1\nkind: Config\nclusters: 5\n',
    'error loading config file "/k": json: cannot unmarshal number into Go struct field Config.clusters of type []v1.NamedCluster',
  ],
  [
    'whose context is not there',
    WHOLE.replace('current-context: c', 'current-context: zz'),
    'invalid configuration: [context was not found for specified context: zz, cluster has no server defined]',
  ],
  ['whose cluster is not there', WHOLE.replace('cluster: a,', 'cluster: b,'), NOTHING],
  ['that names no context', WHOLE.replace('current-context: c\n', ''), NOTHING],
  ['whose user is not there', WHOLE.replace('user: u}', 'user: v}'), undefined],
  [
    'whose authority is not there',
    WHOLE.replace('9"', '9", certificate-authority: /nope/ca'),
    'invalid configuration: unable to read certificate-authority /nope/ca for a due to open /nope/ca: no such file or directory',
  ],
  [
    'whose certificate and key are not there',
    WHOLE.replace('token: x', 'client-certificate: /nope/c, client-key: /nope/k'),
    'invalid configuration: [unable to read client-cert /nope/c for u due to open /nope/c: no such file or directory, unable to read client-key /nope/k for u due to open /nope/k: no such file or directory]',
  ],
  ['as it should be', WHOLE, undefined],
])('a kubeconfig %s', (_, text, words) => {
  expect(refusal(text)).toEqual({ words, warnings: [] });
});

test('no kubeconfig at all: the cluster around it is looked for first', () => {
  const { words, warnings } = refusal(undefined);
  expect(words).toBe(NOTHING);
  expect(warnings).toEqual([
    'client_config.go:683] Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.',
    'client_config.go:689] error creating inClusterConfig, falling back to default config: unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined',
  ]);
});
