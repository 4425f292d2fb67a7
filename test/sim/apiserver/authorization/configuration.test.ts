import { describe, expect, test } from 'vitest';
import { readAdmissionConfiguration } from '../../../../src/sim/apiserver/admission/configuration.js';
import { readAuthorizers, readModes } from '../../../../src/sim/apiserver/command/authorization.js';
import { readFlags } from '../../../../src/sim/apiserver/command/flags.js';
import { encodeText } from '../../../../src/sim/kernel/bytes.js';
import { Errno } from '../../../../src/sim/kernel/errno.js';
import type { FileStat } from '../../../../src/sim/kernel/files.js';
import type { Sys } from '../../../../src/sim/kernel/sys.js';

const PATH = '/etc/authz.yaml';
const HEAD = 'apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\n';
const NODE_RBAC = `${HEAD}authorizers:\n- {type: Node, name: node}\n- {type: RBAC, name: rbac}\n`;
const HOOK =
  'timeout: 3s, subjectAccessReviewVersion: v1, failurePolicy: Deny, connectionInfo: {type: KubeConfigFile, kubeConfigFile: /k}';

const KUBECONFIG =
  'clusters: [{name: a, cluster: {server: "https://a"}}]\ncontexts: [{name: a, context: {cluster: a}}]\ncurrent-context: a\n';

/** A host with just this file, and a kubeconfig. */
function host(text: string): Sys {
  const sys: Partial<Sys> = {
    environment: new Map(),
    directory: () => '/',
    stat: () => ({}) as FileStat,
    readFile(path: string) {
      if (path !== PATH && path !== '/k') throw new Errno('ENOENT');
      return encodeText(path === PATH ? text : KUBECONFIG);
    },
  };
  return sys as Sys;
}

function entries(...lines: string[]): string {
  return `${HEAD}authorizers:\n${lines.map((line) => `- {${line}}\n`).join('')}`;
}

describe('a file of authorizers', () => {
  const flags = readFlags([`--authorization-config=${PATH}`]);

  test.each([
    ['v1', NODE_RBAC, ['Node', 'RBAC']],
    ['v1beta1', NODE_RBAC.replace('/v1', '/v1beta1'), ['Node', 'RBAC']],
    ['its order', entries('type: RBAC, name: rbac', 'type: AlwaysDeny, name: alwaysdeny'), ['RBAC', 'AlwaysDeny']],
    [
      'webhooks',
      entries(...['a', 'b'].map((n) => `type: Webhook, name: ${n}, webhook: {${HOOK}}`)),
      ['Webhook', 'Webhook'],
    ],
  ])('%s', (_title, text, modes) => {
    expect(readModes(host(text), flags)).toEqual({ modes, problems: [] });
    expect(readAuthorizers(host(text), flags, modes).map(({ mode }) => mode)).toEqual(['privileged', ...modes]);
  });

  test('is read beside one of admission, whose versions are called alike', () => {
    const admission = 'apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins: []\n';
    expect(readAdmissionConfiguration('/a', () => admission).textFor('PodSecurity')).toBeUndefined();
    expect(readModes(host(NODE_RBAC), flags)).toEqual({ modes: ['Node', 'RBAC'], problems: [] });
  });

  const supported = '"ABAC", "AlwaysAllow", "AlwaysDeny", "Node", "RBAC", "Webhook"';
  test.each([
    ['nothing', '', ['authorizers: Required value: at least one authorization mode must be defined']],
    [
      'a field nobody knows',
      NODE_RBAC.replace('authorizers', 'authorisers'),
      ['failed to load AuthorizationConfiguration from file: strict decoding error: unknown field "authorisers"'],
    ],
    [
      'another kind',
      'apiVersion: apiserver.config.k8s.io/v1\nkind: TracingConfiguration\n',
      [
        'failed to load AuthorizationConfiguration from file: expected AuthorizationConfiguration, got *apiserver.TracingConfiguration',
      ],
    ],
    [
      'unknown type, type missing',
      entries('type: Foo, name: foo', 'name: foo'),
      [
        `authorizers[0].type: Unsupported value: "Foo": supported values: ${supported}`,
        'authorizers[1].type: Required value',
      ],
    ],
    [
      'twice',
      entries('type: RBAC, name: rbac', 'type: RBAC, name: x', 'type: Node, name: rbac'),
      ['authorizers[1].type: Duplicate value: "RBAC"', 'authorizers[2].name: Duplicate value: "rbac"'],
    ],
    ['a name of its own', entries('type: RBAC, name: x'), ['expected name rbac for authorizer RBAC instead of x']],
    [
      'no webhook',
      entries('type: Webhook, name: w'),
      ['authorizers[0].webhook: Required value: required when type=Webhook'],
    ],
    [
      'webhook of another type',
      entries(`type: RBAC, name: rbac, webhook: {${HOOK}}`),
      ['authorizers[0].webhook: Invalid value: "non-null": may only be specified when type=Webhook'],
    ],
    [
      'settings',
      entries(`type: Webhook, name: w, webhook: {${HOOK.replace('3s', '31s').replace('/k', '/gone')}}`),
      [
        'authorizers[0].timeout: Invalid value: "31s": must be > 0s and <= 30s',
        'authorizers[0].connectionInfo.kubeConfigFile: Invalid value: "/gone": error loading file: stat /gone: no such file or directory',
      ],
    ],
  ])('is refused: %s', (_title, text, problems) => {
    expect(readModes(host(text), flags).problems).toEqual(problems);
  });
});

describe('flags of authorization that do not fit', () => {
  test.each([
    [['--authorization-config=/gone'], 'open /gone: no such file or directory'],
    [
      [`--authorization-config=${PATH}`, '--authorization-mode=RBAC'],
      '--authorization-config can not be specified when --authorization-mode or --authorization-webhook-* flags are defined',
    ],
    [['--authorization-mode=Webhook'], "authorization-mode Webhook's authorization config file not passed"],
    [['--authorization-mode=ABAC'], "authorization-mode ABAC's authorization policy file not passed"],
    [['--authorization-policy-file=/p'], 'cannot specify --authorization-policy-file without mode ABAC'],
    [
      ['--authorization-webhook-config-file=/p'],
      'cannot specify --authorization-webhook-config-file without mode Webhook',
    ],
    [['--authorization-mode=RBAC,RBAC'], 'authorization-mode ["RBAC" "RBAC"] has mode specified more than once'],
  ])('%j', (args, problem) => {
    expect(readModes(host(NODE_RBAC), readFlags(args)).problems).toEqual([problem]);
  });

  test.each([
    ['ABAC', 'policy', 'open'],
    ['Webhook', 'webhook-config', 'stat'],
  ])('%s without the file it was told of', (mode, name, operation) => {
    const flags = readFlags([`--authorization-mode=${mode}`, `--authorization-${name}-file=/gone`]);
    const { modes, problems } = readModes(host(''), flags);
    expect(problems).toEqual([]);
    expect(() => readAuthorizers(host(''), flags, modes)).toThrow(
      `invalid authorization config: ${operation} /gone: no such file or directory`,
    );
  });
});
