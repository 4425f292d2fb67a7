/** Files that kube-apiserver reads when it starts, most of them wrong. */

/** One start: the files there are, and the flag that names the first of them. */
export interface StartCase {
  readonly id: string;
  readonly flag: 'admission-control-config-file' | 'audit-policy-file';
  /** By name, in one folder; the first is the one that the flag names. No file is there when it is empty. */
  readonly files: Readonly<Record<string, string>>;
  readonly more?: readonly string[];
}

const ADMISSION = 'apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\n';
const POD_SECURITY = 'pod-security.admission.config.k8s.io/v1';
const AUDIT = 'apiVersion: audit.k8s.io/v1\nkind: Policy\n';

const admission = (
  id: string,
  text: string,
  files: Record<string, string> = {},
  more: readonly string[] = [],
): StartCase => ({
  id: `admission: ${id}`,
  flag: 'admission-control-config-file',
  files: { 'config.yaml': text, ...files },
  more,
});

const indented = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}\n`)
    .join('');

/** A configuration of Pod Security, written inside of the file. */
const podSecurity = (id: string, text: string, version = POD_SECURITY): StartCase =>
  admission(
    `PodSecurity: ${id}`,
    `${ADMISSION}plugins:\n- name: PodSecurity\n  configuration:\n    apiVersion: ${version}\n    kind: PodSecurityConfiguration\n${text === '' ? '' : indented(text)}`,
  );

const ADMISSION_CASES: readonly StartCase[] = [
  { id: 'admission: no file', flag: 'admission-control-config-file', files: {} },
  admission('empty', ''),
  admission('only a comment', '# nothing\n'),
  admission('a text', 'hello'),
  admission('a number', '5'),
  admission('a list', '- a\n- b\n'),
  admission('null', 'null'),
  admission('broken YAML', 'a: [b\n'),
  admission('a tab', 'a:\n\tb: c\n'),
  admission('broken JSON', '{"a":'),
  admission('no kind', 'apiVersion: apiserver.config.k8s.io/v1\n'),
  admission('no version', 'kind: AdmissionConfiguration\n'),
  admission('kind a number', 'apiVersion: apiserver.config.k8s.io/v1\nkind: 5\n'),
  admission('unknown version', 'apiVersion: apiserver.config.k8s.io/v9\nkind: AdmissionConfiguration\n'),
  admission('unknown group', 'apiVersion: nonsense/v1\nkind: AdmissionConfiguration\n'),
  admission('three parts', 'apiVersion: a/b/c\nkind: AdmissionConfiguration\n'),
  admission('core version', 'apiVersion: v1\nkind: AdmissionConfiguration\n'),
  admission('unknown kind', 'apiVersion: apiserver.config.k8s.io/v1\nkind: Nonsense\n'),
  admission('another kind', 'apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources: []\n'),
  admission('v1alpha1', 'apiVersion: apiserver.k8s.io/v1alpha1\nkind: AdmissionConfiguration\nplugins: [{nam: x}]\n'),
  admission('no plugins', ADMISSION),
  admission('JSON', '{"apiVersion":"apiserver.config.k8s.io/v1","kind":"AdmissionConfiguration","plugins":5}'),
  admission(
    'JSON, unknown field',
    '{"apiVersion":"apiserver.config.k8s.io/v1","kind":"AdmissionConfiguration","plugs":5,"plugs":6}',
  ),
  admission('plugins a map', `${ADMISSION}plugins: {name: PodSecurity}\n`),
  admission('plugin a text', `${ADMISSION}plugins: [PodSecurity]\n`),
  admission('name a number', `${ADMISSION}plugins: [{name: 5}]\n`),
  admission('path a list', `${ADMISSION}plugins: [{name: PodSecurity, path: [a]}]\n`),
  admission('unknown field', `${ADMISSION}plugins:\n- name: PodSecurity\n  config: {}\n`),
  admission('unknown fields', `${ADMISSION}more: 1\nplugins:\n- name: PodSecurity\n  config: {}\n  other: 2\n`),
  admission('field twice', `${ADMISSION}plugins: []\nplugins: []\n`),
  admission('unknown plugin', `${ADMISSION}plugins: [{name: Nonsense, path: nowhere.yaml}]\n`),
  admission('path that is not there', `${ADMISSION}plugins: [{name: PodSecurity, path: nowhere.yaml}]\n`),
  admission('path, empty file', `${ADMISSION}plugins: [{name: PodSecurity, path: ps.yaml}]\n`, { 'ps.yaml': '' }),
  admission('path, wrong file', `${ADMISSION}plugins: [{name: PodSecurity, path: ps.yaml}]\n`, {
    'ps.yaml': 'kind: Nonsense\napiVersion: v1\n',
  }),
  admission('path, unknown field', `${ADMISSION}plugins: [{name: PodSecurity, path: ./ps.yaml}]\n`, {
    'ps.yaml': `apiVersion: ${POD_SECURITY}\nkind: PodSecurityConfiguration\ndefault: {}\ndefaults: {enforced: x}\n`,
  }),
  admission('path, broken YAML', `${ADMISSION}plugins: [{name: PodSecurity, path: ./ps.yaml}]\n`, {
    'ps.yaml': 'a: b: c\n',
  }),
  admission('configuration a text', `${ADMISSION}plugins: [{name: PodSecurity, configuration: x}]\n`),
  admission('configuration null', `${ADMISSION}plugins: [{name: PodSecurity, configuration: null}]\n`),
  admission('configuration empty', `${ADMISSION}plugins: [{name: PodSecurity, configuration: {}}]\n`),
  admission('legacy image policy', 'imagePolicy:\n  kubeConfigFile: /nowhere\n'),
  admission('legacy node selector', 'podNodeSelectorPluginConfig: {}\n'),
  podSecurity('nothing', '', 'pod-security.admission.config.k8s.io/v9'),
  podSecurity('level', 'defaults: {enforce: strict}'),
  podSecurity(
    'levels and versions',
    'defaults: {enforce: strict, enforce-version: v2.1, audit: Baseline, audit-version: "1.30", warn: "no", warn-version: v1.01}',
  ),
  podSecurity('one version', 'defaults: {enforce: baseline, enforce-version: newest}'),
  podSecurity('exempt namespaces', 'exemptions: {namespaces: [Bad_Name, good, good, ""]}'),
  podSecurity('exempt classes', 'exemptions: {runtimeClasses: [Bad_Name, good, good, ""]}'),
  podSecurity('exempt users', 'exemptions: {usernames: ["", a, a]}'),
  podSecurity('exempt lists a text', 'exemptions: {usernames: admin}'),
  podSecurity('defaults a text', 'defaults: restricted'),
  podSecurity('level a number', 'defaults: {enforce: 5}'),
  podSecurity('unknown fields', 'defaults: {enforced: restricted}\nexempt: {}'),
  podSecurity('v1beta1, level', 'defaults: {enforce: strict}', 'pod-security.admission.config.k8s.io/v1beta1'),
  podSecurity('v1alpha1, level', 'defaults: {enforce: strict}', 'pod-security.admission.config.k8s.io/v1alpha1'),
  podSecurity('v1alpha1, type', 'defaults: {enforce: []}', 'pod-security.admission.config.k8s.io/v1alpha1'),
];

const audit = (id: string, text: string, more: readonly string[] = []): StartCase => ({
  id: `audit: ${id}`,
  flag: 'audit-policy-file',
  files: { 'policy.yaml': text },
  more,
});
const rule = (id: string, text: string): StartCase => audit(`rule: ${id}`, `${AUDIT}rules:\n- ${text}\n`);

const AUDIT_CASES: readonly StartCase[] = [
  { id: 'audit: no file', flag: 'audit-policy-file', files: {} },
  audit('empty', ''),
  audit('a text', 'hello'),
  audit('a list', '- level: None\n'),
  audit('broken YAML', 'a: [b\n'),
  audit('broken JSON', '{"a":'),
  audit('null', 'null'),
  audit('no kind', 'apiVersion: audit.k8s.io/v1\nrules: []\n'),
  audit('no version', 'kind: Policy\nrules: []\n'),
  audit('v1beta1', 'apiVersion: audit.k8s.io/v1beta1\nkind: Policy\nrules: [{level: None}]\n'),
  audit('core', 'apiVersion: v1\nkind: Policy\nrules: [{level: None}]\n'),
  audit('another kind', 'apiVersion: audit.k8s.io/v1\nkind: Event\n'),
  audit('another kind, list', 'apiVersion: audit.k8s.io/v1\nkind: PolicyList\nitems: []\n'),
  audit('unknown kind', 'apiVersion: audit.k8s.io/v1\nkind: Nonsense\n'),
  audit('no rules', AUDIT),
  audit('empty rules', `${AUDIT}rules: []\n`),
  audit('rules a map', `${AUDIT}rules: {level: None}\n`),
  audit('rule a text', `${AUDIT}rules: [None]\n`),
  audit('unknown field', `${AUDIT}rules: [{level: None, verb: [get]}]\n`),
  audit('unknown field and wrong level', `${AUDIT}rules: [{levels: None}]\n`),
  audit('field twice', `${AUDIT}rules: [{level: None}]\nrules: [{level: Metadata}]\n`),
  audit('omitted stages', `${AUDIT}omitStages: [RequestReceived, Nonsense, Panic]\nrules: [{level: None}]\n`),
  audit('omit managed fields a text', `${AUDIT}omitManagedFields: "yes"\nrules: [{level: None}]\n`),
  audit(
    'JSON',
    '{"apiVersion":"audit.k8s.io/v1","kind":"Policy","rules":[{"level":"None","unknown":1},{"level":"Nothing"}]}',
  ),
  rule('no level', 'users: [a]'),
  rule('empty level', '{level: ""}'),
  rule('unknown level', '{level: Everything}'),
  rule('level in small letters', '{level: metadata}'),
  rule('level a number', '{level: 5}'),
  rule('verbs a text', '{level: None, verbs: get}'),
  rule('URL without a slash', '{level: None, nonResourceURLs: [healthz]}'),
  rule('URL with a star inside', '{level: None, nonResourceURLs: ["/health*z", "/*/a", "*", "/a*"]}'),
  rule('empty URL', '{level: None, nonResourceURLs: [""]}'),
  rule('URLs and resources', '{level: None, nonResourceURLs: [/healthz], resources: [{group: ""}]}'),
  rule('URLs and namespaces', '{level: None, nonResourceURLs: [/healthz], namespaces: [a]}'),
  rule('resource with a version', '{level: None, resources: [{group: apps/v1}]}'),
  rule('group in capitals', '{level: None, resources: [{group: Apps}]}'),
  rule('names without resources', '{level: None, resources: [{group: "", resourceNames: [a]}]}'),
  rule('bad resources', '{level: None, resources: [{group: "", resources: ["pods/*", "*/scale", "*", "pods/", ""]}]}'),
  rule('group resources a text', '{level: None, resources: [pods]}'),
  rule('omitted stages', '{level: None, omitStages: [RequestRecieved]}'),
  audit(
    'three bad rules',
    `${AUDIT}rules:\n- level: X\n- level: None\n  nonResourceURLs: [a, b]\n  omitStages: [Y]\n- {}\n`,
  ),
  audit('format', `${AUDIT}rules: [{level: None}]\n`, ['--audit-log-format=xml', '--audit-log-path=-']),
  audit('mode', `${AUDIT}rules: [{level: None}]\n`, ['--audit-log-mode=fast', '--audit-log-path=-']),
  audit('numbers below zero', `${AUDIT}rules: [{level: None}]\n`, [
    '--audit-log-maxage=-1',
    '--audit-log-maxbackup=-1',
    '--audit-log-maxsize=-1',
    '--audit-log-path=-',
  ]),
  audit('version', `${AUDIT}rules: [{level: None}]\n`, ['--audit-log-version=audit.k8s.io/v2', '--audit-log-path=-']),
  audit('wrong flags without a path', `${AUDIT}rules: [{level: None}]\n`, [
    '--audit-log-format=xml',
    '--audit-log-mode=fast',
    '--audit-log-maxage=-1',
  ]),
  audit('path in no folder', `${AUDIT}rules: [{level: None}]\n`, ['--audit-log-path=/proc/nowhere/audit.log']),
];

/** A configuration of ImagePolicyWebhook with a kubeconfig beside it. */
const imagePolicy = (id: string, text: string, kubeconfig?: string, files: Record<string, string> = {}): StartCase =>
  admission(
    `ImagePolicyWebhook: ${id}`,
    `${ADMISSION}plugins:\n- name: ImagePolicyWebhook\n  configuration:\n${indented(text)}`,
    { ...(kubeconfig === undefined ? {} : { kubeconfig }), ...files },
    IMAGE_POLICY_ON,
  );
const IMAGE_POLICY_ON = ['--enable-admission-plugins=ImagePolicyWebhook'];
const OWN_KUBECONFIG = 'kubeConfigFile: FOLDER/kubeconfig';
const HEAD = 'apiVersion: v1\nkind: Config\n';
const CLUSTERS = 'clusters: [{name: hook, cluster: {server: "https://127.0.0.1:1/policy"}}]\n';
const CONTEXTS = 'contexts: [{name: hook, context: {cluster: hook, user: api}}]\ncurrent-context: hook\n';
const USERS = 'users: [{name: api, user: {}}]\n';
const POLICY = `imagePolicy: {${OWN_KUBECONFIG}}`;
const policyWith = (fields: string): string => `imagePolicy: {${OWN_KUBECONFIG}, ${fields}}`;
const KUBECONFIG = `${HEAD}${CLUSTERS}${CONTEXTS}${USERS}`;
const clusterWith = (fields: string): string => KUBECONFIG.replace('policy"', `policy", ${fields}`);
const userWith = (fields: string): string => KUBECONFIG.replace('user: {}', `user: {${fields}}`);

const IMAGE_POLICY_CASES: readonly StartCase[] = [
  admission('ImagePolicyWebhook: nothing is said', ADMISSION, {}, IMAGE_POLICY_ON),
  admission('ImagePolicyWebhook: legacy', 'imagePolicy:\n  kubeConfigFile: /nowhere\n', {}, IMAGE_POLICY_ON),
  admission(
    'ImagePolicyWebhook: path',
    `${ADMISSION}plugins: [{name: ImagePolicyWebhook, path: policy.yaml}]\n`,
    { 'policy.yaml': policyWith('allowTTL: 50'), kubeconfig: KUBECONFIG },
    IMAGE_POLICY_ON,
  ),
  admission(
    'ImagePolicyWebhook: path that is not there',
    `${ADMISSION}plugins: [{name: ImagePolicyWebhook, path: /nowhere/policy.yaml}]\n`,
    {},
    IMAGE_POLICY_ON,
  ),
  admission(
    'ImagePolicyWebhook: path, broken YAML',
    `${ADMISSION}plugins: [{name: ImagePolicyWebhook, path: policy.yaml}]\n`,
    { 'policy.yaml': 'imagePolicy:\n  a: b: c\n' },
    IMAGE_POLICY_ON,
  ),
  admission(
    'ImagePolicyWebhook: path, broken JSON',
    `${ADMISSION}plugins: [{name: ImagePolicyWebhook, path: policy.json}]\n`,
    { 'policy.json': '{"imagePolicy": {"allowTTL": }' },
    IMAGE_POLICY_ON,
  ),
  admission(
    'ImagePolicyWebhook: path, empty file',
    `${ADMISSION}plugins: [{name: ImagePolicyWebhook, path: policy.yaml}]\n`,
    { 'policy.yaml': '' },
    IMAGE_POLICY_ON,
  ),
  admission(
    'ImagePolicyWebhook: path, JSON',
    `${ADMISSION}plugins: [{name: ImagePolicyWebhook, path: policy.json}]\n`,
    {
      'policy.json': `{"imagePolicy": {"kubeConfigFile": "FOLDER/kubeconfig", "allowTTL": 5000}}`,
      kubeconfig: KUBECONFIG,
    },
    IMAGE_POLICY_ON,
  ),
  admission(
    'ImagePolicyWebhook: path, with a kind',
    `${ADMISSION}plugins: [{name: ImagePolicyWebhook, path: policy.yaml}]\n`,
    { 'policy.yaml': `apiVersion: x/v1\nkind: Anything\nmore: 1\n${POLICY}\n`, kubeconfig: KUBECONFIG },
    IMAGE_POLICY_ON,
  ),
  imagePolicy('good', POLICY, KUBECONFIG),
  imagePolicy('an empty policy', 'imagePolicy: {}'),
  imagePolicy('another word', 'imagePolicyWebhook: {}'),
  imagePolicy('no kubeconfig there', POLICY),
  imagePolicy('kubeconfig relative', 'imagePolicy: {kubeConfigFile: kubeconfig}', KUBECONFIG),
  imagePolicy('kubeconfig a folder', 'imagePolicy: {kubeConfigFile: /proc}', KUBECONFIG),
  imagePolicy('policy a text', 'imagePolicy: hello', KUBECONFIG),
  imagePolicy('unknown field', policyWith('denyTLL: 5'), KUBECONFIG),
  imagePolicy('TTL a text', policyWith('allowTTL: 50s'), KUBECONFIG),
  imagePolicy('TTL broken', policyWith('allowTTL: 0.5'), KUBECONFIG),
  imagePolicy('default a text', policyWith('defaultAllow: "yes"'), KUBECONFIG),
  imagePolicy('kubeconfig a number', 'imagePolicy: {kubeConfigFile: 5}', KUBECONFIG),
  imagePolicy('TTL too long', policyWith('allowTTL: 1801'), KUBECONFIG),
  imagePolicy('TTL longest', policyWith('allowTTL: 1800, denyTTL: 1800'), KUBECONFIG),
  imagePolicy('TTL negative', policyWith('denyTTL: -2'), KUBECONFIG),
  imagePolicy('TTL off', policyWith('allowTTL: -1, denyTTL: -1, retryBackoff: -1'), KUBECONFIG),
  imagePolicy('TTL zero', policyWith('allowTTL: 0, denyTTL: 0, retryBackoff: 0'), KUBECONFIG),
  imagePolicy('back-off too long', policyWith('retryBackoff: 300001'), KUBECONFIG),
  imagePolicy('all wrong', policyWith('retryBackoff: 9999999, allowTTL: 9999, denyTTL: 9999'), KUBECONFIG),
  imagePolicy('kubeconfig empty', POLICY, ''),
  imagePolicy('kubeconfig broken', POLICY, 'a: [b\n'),
  imagePolicy('kubeconfig a text', POLICY, 'hello'),
  imagePolicy('kubeconfig without a current context', POLICY, KUBECONFIG.replace(/current.*/, '')),
  imagePolicy('kubeconfig without contexts', POLICY, `${HEAD}${CLUSTERS}${USERS}`),
  imagePolicy(
    'kubeconfig with another current context',
    POLICY,
    KUBECONFIG.replace('context: hook\n', 'context: other\n'),
  ),
  imagePolicy('kubeconfig without its cluster', POLICY, `${HEAD}${CONTEXTS}${USERS}`),
  imagePolicy('kubeconfig without its user', POLICY, `${HEAD}${CLUSTERS}${CONTEXTS}`),
  imagePolicy('kubeconfig without a user', POLICY, KUBECONFIG.replace(', user: api', '')),
  imagePolicy('kubeconfig without a server', POLICY, KUBECONFIG.replace(/server: "[^"]*"/, '')),
  imagePolicy('server of http', POLICY, KUBECONFIG.replace('https:', 'http:')),
  imagePolicy('server without a scheme', POLICY, KUBECONFIG.replace('https://', '')),
  imagePolicy('server of another scheme', POLICY, KUBECONFIG.replace('https:', 'ftp:')),
  imagePolicy('authority not there', POLICY, clusterWith('certificate-authority: ca.crt')),
  imagePolicy('authority empty', POLICY, clusterWith('certificate-authority: ca.crt'), { 'ca.crt': '' }),
  imagePolicy('authority no certificate', POLICY, clusterWith('certificate-authority: ca.crt'), { 'ca.crt': 'hello' }),
  imagePolicy('authority no base64', POLICY, clusterWith('certificate-authority-data: "&&"')),
  imagePolicy('authority no certificate inside', POLICY, clusterWith('certificate-authority-data: aGVsbG8=')),
  imagePolicy('insecure', POLICY, clusterWith('insecure-skip-tls-verify: true')),
  imagePolicy(
    'insecure with an authority',
    POLICY,
    clusterWith('insecure-skip-tls-verify: true, certificate-authority-data: aGVsbG8='),
  ),
  imagePolicy('client certificate not there', POLICY, userWith('client-certificate: a.crt, client-key: a.key')),
  imagePolicy('client certificate without a key', POLICY, userWith('client-certificate: a.crt'), { 'a.crt': 'hello' }),
  imagePolicy('client certificate that is none', POLICY, userWith('client-certificate: a.crt, client-key: a.key'), {
    'a.crt': 'hello',
    'a.key': 'hello',
  }),
  imagePolicy('token and password', POLICY, userWith('token: a, username: b, password: c')),
  imagePolicy('token file not there', POLICY, userWith('tokenFile: token')),
];

/** Every start, in the order in which it is recorded. */
export const START_CASES: readonly StartCase[] = [...ADMISSION_CASES, ...AUDIT_CASES, ...IMAGE_POLICY_CASES];
