import { beforeAll, describe, expect, test } from 'vitest';
import { Authority } from '../../src/sim/client/pki/authority.js';
import { CommandLine } from './commands.js';

/** Booting a cluster takes seconds on a busy computer. */
const PATIENCE = 120_000;
const FAILED = 'Internal error occurred: failed calling webhook "hook.example.com": failed to call webhook: ';
const POST = 'Post "https://hook.default.svc:443/mutate?timeout=5s": ';

let line: CommandLine;

function heredoc(file: string, text: string): string {
  return `cat > ${file} <<'END'\n${text.trim()}\nEND\n`;
}

/** The webhook as a deployment with its certificate and its rules, its Service and its configuration. */
function manifests(bundle: string): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: hook}
spec:
  selector: {matchLabels: {app: hook}}
  template:
    metadata: {labels: {app: hook}}
    spec:
      containers:
      - name: hook
        image: kubedrill/admission-webhook:1.0
        readinessProbe: {httpGet: {scheme: HTTPS, port: 8443, path: /readyz}}
        volumeMounts:
        - {name: certs, mountPath: /etc/webhook/certs}
        - {name: rules, mountPath: /etc/webhook/rules}
        args: [--rules=/etc/webhook/rules/rules.yaml]
      volumes:
      - {name: certs, secret: {secretName: hook}}
      - {name: rules, configMap: {name: hook}}
---
apiVersion: v1
kind: Service
metadata: {name: hook}
spec: {selector: {app: hook}, ports: [{port: 443, targetPort: 8443}]}
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: hook}
webhooks:
- name: hook.example.com
  clientConfig: {service: {namespace: default, name: hook, path: /mutate}, caBundle: ${bundle}}
  namespaceSelector: {matchLabels: {hooked: "yes"}}
  rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]
  sideEffects: None
  admissionReviewVersions: [v1]
  timeoutSeconds: 5
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: hosts.turn.example.com}
spec:
  group: turn.example.com
  scope: Namespaced
  names: {plural: hosts, singular: host, kind: Host}
  conversion:
    strategy: Webhook
    webhook:
      conversionReviewVersions: [v1]
      clientConfig: {service: {namespace: default, name: hook, path: /convert}, caBundle: ${bundle}}
  versions:
  - name: v1beta1
    served: true
    storage: false
    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {hostPort: {type: string}}}}}}
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {host: {type: string}, port: {type: string}}}}}}
`;
}

const RULES = `
rules:
- name: blue
  match: {namespaces: [shop]}
  set: {labels: {team: blue}}
- name: no-secrets
  match: {labels: {secret: "*"}}
  deny: {message: keep it in a Secret, code: 403, reason: Forbidden}
- name: slow
  match: {withoutLabels: [quick], namespaces: [slow]}
  delay: 7s
conversions:
- match: {to: v1}
  split: {from: spec.hostPort, by: ":", to: [spec.host, spec.port]}
- match: {to: v1beta1}
  join: {from: [spec.host, spec.port], by: ":", to: spec.hostPort}
`;

beforeAll(() => {
  line = new CommandLine('webhooks', 'single-node');
  const now = Date.UTC(2026, 0, 1) * 1000;
  const authority = new Authority('webhooks', 'ca', { commonName: 'ca' }, now);
  const leaf = authority.issue({
    name: 'hook',
    subject: { commonName: 'hook' },
    usages: ['server'],
    dnsNames: ['hook.default.svc'],
  });
  const bundle = Buffer.from(authority.self.certificate()).toString('base64');
  const files = [
    heredoc('tls.crt', leaf.certificate()),
    heredoc('tls.key', leaf.privateKey()),
    heredoc('rules.yaml', RULES),
    heredoc('hook.yaml', manifests(bundle)),
  ];
  line.run(files.join(''));
  line.run(
    'kubectl create secret tls hook --cert=tls.crt --key=tls.key && kubectl create configmap hook --from-file=rules.yaml',
  );
  line.run('kubectl create ns shop; kubectl create ns slow; kubectl label ns shop slow hooked=yes');
  line.run('kubectl apply -f hook.yaml; kubectl rollout status deployment hook --timeout=90s');
}, PATIENCE);

/** Each row goes on where the one before it ended. */
describe('a webhook in the cluster', () => {
  test.each<readonly [says: string, command: string, shows: string | RegExp]>([
    ['runs', 'kubectl get deployment hook', /hook +1\/1 +1 +1/],
    [
      'changes what is made',
      'kubectl create configmap one -n shop && kubectl get configmap one -n shop -o jsonpath={.metadata.labels}',
      'configmap/one created\n{"team":"blue"}',
    ],
    ['is asked only where it is to be', 'kubectl create configmap one -n default', 'configmap/one created\n'],
    [
      'says no',
      'echo \'{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"two","labels":{"secret":"1"}}}\' | kubectl create -n shop -f -',
      'Error from server (Forbidden): error when creating "STDIN": admission webhook "hook.example.com" denied the request: keep it in a Secret\n',
    ],
    [
      'converts',
      'echo \'{"apiVersion":"turn.example.com/v1beta1","kind":"Host","metadata":{"name":"one"},"spec":{"hostPort":"a:80"}}\' | kubectl create -f - && kubectl get hosts.v1.turn.example.com one -o jsonpath={.spec} && kubectl get hosts.v1beta1.turn.example.com one -o jsonpath={.spec}',
      'host.turn.example.com/one created\n{"host":"a","port":"80"}{"hostPort":"a:80"}',
    ],
    [
      'tells in its log what it converted',
      'kubectl logs deploy/hook',
      /"Converted" uid="[^"]+" desiredAPIVersion="turn.example.com\/v1" objects=1 rules=\["conversions\[0\]"\]/,
    ],
    [
      'tells in its log what it was asked',
      'kubectl logs deploy/hook',
      /"Serving admission reviews" address=":8443"[\s\S]*operation="CREATE" kind="ConfigMap" object="shop\/one" user="kubernetes-admin" allowed=true rules=\["blue"\][\s\S]*allowed=false/,
    ],
    [
      'is too slow',
      'kubectl create configmap one -n slow',
      `error: failed to create configmap: ${FAILED}${POST}context deadline exceeded\n`,
    ],
    [
      'is not trusted',
      `kubectl patch mutatingwebhookconfiguration hook --type=json -p '[{"op":"remove","path":"/webhooks/0/clientConfig/caBundle"}]' && kubectl create configmap two -n shop`,
      `mutatingwebhookconfiguration.admissionregistration.k8s.io/hook patched\nerror: failed to create configmap: ${FAILED}${POST}tls: failed to verify certificate: x509: certificate signed by unknown authority\n`,
    ],
    [
      'is gone',
      'kubectl scale deployment hook --replicas=0 && sleep 5 && kubectl create configmap two -n shop',
      new RegExp(`${escaped(FAILED + POST)}dial tcp 10\\.\\d+\\.\\d+\\.\\d+:443: connect: connection refused\\n$`),
    ],
    [
      'is gone for what it converts',
      'kubectl get hosts.v1beta1.turn.example.com one; kubectl get hosts.v1.turn.example.com one -o name',
      /^host\.turn\.example\.com\/one\nError from server: conversion webhook for turn\.example\.com\/v1, Kind=Host failed: Post "https:\/\/hook\.default\.svc:443\/convert\?timeout=30s": dial tcp 10\.\d+\.\d+\.\d+:443: connect: connection refused\n$/,
    ],
    [
      'has no Service',
      'kubectl delete service hook && kubectl create configmap two -n shop',
      new RegExp(`${escaped(`${FAILED}${POST}service "hook" not found`)}\\n$`),
    ],
    [
      'does not matter where failures are ignored',
      `kubectl patch mutatingwebhookconfiguration hook --type=json -p '[{"op":"replace","path":"/webhooks/0/failurePolicy","value":"Ignore"}]' && kubectl create configmap two -n shop`,
      'mutatingwebhookconfiguration.admissionregistration.k8s.io/hook patched\nconfigmap/two created\n',
    ],
  ])('%s', (_says, command, shows) => {
    const printed = line.run(command);
    if (typeof shows === 'string') expect(printed).toBe(shows);
    else expect(printed).toMatch(shows);
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const POLICY = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: few-replicas}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}]
  validations: [{expression: object.spec.replicas <= 5, message: at most five}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: few-replicas}
spec: {policyName: few-replicas, validationActions: [ACTION], matchResources: {namespaceSelector: {matchLabels: {hooked: "yes"}}}}
`;
const SAYS = "ValidatingAdmissionPolicy 'few-replicas' with binding 'few-replicas'";

/** The three things that can be done with a no. */
describe('a policy in the cluster', () => {
  test.each([
    [
      'Deny',
      `error: failed to create deployment: deployments.apps "web" is forbidden: ${SAYS} denied request: at most five\n`,
    ],
    ['Audit', 'deployment.apps/web created\n'],
    ['Warn', `deployment.apps/web created\nWarning: Validation failed for ${SAYS}: at most five\n`],
  ])('%s', (action, shows) => {
    line.run(`${heredoc('policy.yaml', POLICY.replace('ACTION', action))}kubectl apply -f policy.yaml`);
    expect(line.run('kubectl create deployment web -n shop --image=nginx:1.27 --replicas=6')).toBe(shows);
    line.run('kubectl delete deployment web -n shop --ignore-not-found');
  });
});

describe('a policy that does not fit what it is for', () => {
  test('says so in its state, until it does', () => {
    const state = 'sleep 1; kubectl get validatingadmissionpolicy few-replicas -o jsonpath={.status}';
    line.run(
      `${heredoc('typo.yaml', POLICY.replace('spec.replicas', 'spec.replica').replace('ACTION', 'Warn'))}kubectl apply -f typo.yaml`,
    );
    expect(line.run(state)).toMatch(
      /^\{"observedGeneration":2,"typeChecking":\{"expressionWarnings":\[\{"fieldRef":"spec\.validations\[0\]\.expression","warning":"apps\/v1, Kind=Deployment: ERROR: .*undefined field 'replica'/,
    );
    line.run('kubectl apply -f policy.yaml');
    expect(line.run(state)).toBe('{"observedGeneration":3,"typeChecking":{}}');
  });
});

const HOST = (name: string, more = '') =>
  `{"apiVersion":"turn.example.com/v1","kind":"Host","metadata":{"name":"${name}"${more}},"spec":{"host":"h"}}`;

describe('what a webhook converts, while it is gone', () => {
  test.each<readonly [says: string, command: string, shows: string | RegExp]>([
    [
      'is counted',
      `sleep 31; kubectl create ns trade && kubectl create quota q -n trade --hard=count/hosts.turn.example.com=2 && sleep 2 && kubectl create -n trade -f - <<< '${HOST('one', ',"finalizers":["example.com/hold"]')}' && kubectl create -n trade -f - <<< '${HOST('two')}' && kubectl create -n trade -f - <<< '${HOST('three')}'`,
      /host\.turn\.example\.com\/two created\nError from server \(Forbidden\): error when creating "STDIN": hosts\.turn\.example\.com "three" is forbidden: exceeded quota: q, requested: count\/hosts\.turn\.example\.com=1, used: count\/hosts\.turn\.example\.com=2, limited: count\/hosts\.turn\.example\.com=2\n$/,
    ],
    [
      'takes what it owns along',
      'u=$(kubectl get hosts two -n trade -o jsonpath={.metadata.uid}); echo \'{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"owned","ownerReferences":[{"apiVersion":"turn.example.com/v1","kind":"Host","name":"two","uid":"\'$u\'"}]}}\' | kubectl create -n trade -f - && kubectl delete host two -n trade && sleep 5 && kubectl get cm owned -n trade',
      'configmap/owned created\nhost.turn.example.com "two" deleted from trade namespace\nError from server (NotFound): configmaps "owned" not found\n',
    ],
    [
      'holds its namespace up',
      'kubectl delete ns trade --wait=false; sleep 10; kubectl get ns trade -o jsonpath="{.status.conditions[3:].message}"; kubectl patch hosts one -n trade --type=merge -p \'{"metadata":{"finalizers":null}}\'; sleep 12; kubectl get ns trade',
      'namespace "trade" deleted\nSome resources are remaining: hosts.turn.example.com has 1 resource instances Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instanceshost.turn.example.com/one patched\nError from server (NotFound): namespaces "trade" not found\n',
    ],
    [
      'goes with its definition, but for who is held',
      `kubectl create -f - <<< '${HOST('held', ',"finalizers":["example.com/hold"]')}' && kubectl delete crd hosts.turn.example.com --wait=false && kubectl get crd hosts.turn.example.com -o jsonpath='{.status.conditions[2].message}' && kubectl get hosts -o name && kubectl create -f - <<< '${HOST('late')}'`,
      'host.turn.example.com/held created\ncustomresourcedefinition.apiextensions.k8s.io "hosts.turn.example.com" deleted\nCustomResource deletion is in progresshost.turn.example.com/held\nError from server (Forbidden): error when creating "STDIN": hosts.turn.example.com "late" is forbidden: create not allowed while custom resource definition is terminating\n',
    ],
    [
      'lets it go in the end',
      'kubectl patch host held --type=merge -p \'{"metadata":{"finalizers":null}}\' && sleep 3 && kubectl get crd hosts.turn.example.com',
      'host.turn.example.com/held patched\nError from server (NotFound): customresourcedefinitions.apiextensions.k8s.io "hosts.turn.example.com" not found\n',
    ],
  ])('%s', (_, command, shows) => {
    const printed = line.run(command);
    if (typeof shows === 'string') expect(printed).toBe(shows);
    else expect(printed).toMatch(shows);
  });
});
