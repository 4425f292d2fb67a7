/**
 * What becomes of pods and nodes, as KWOK plays it beside the real programs. our-kubelets.ts plays the same to ours: a pod
 * runs and is ready at once, unless its annotation `play` says `succeed`, `fail`, `fail-index-1` or `unready`.
 */
const POD = { apiGroup: 'v1', kind: 'Pod' };
const PLAY = '.metadata.annotations["play"]';
const INDEX = '.metadata.annotations["batch.kubernetes.io/job-completion-index"]';
const NOT_DELETED = { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' };
const NOT_PLAYED = [NOT_DELETED, { key: '.status.phase', operator: 'In', values: ['Pending'] }];

/** The exit code of containers that are to fail. */
export const EXIT_CODE = 3;

function conditions(ready: boolean, reason = ''): string {
  const word = ready ? 'True' : 'False';
  const why = reason === '' ? '' : `  reason: ${reason}\n`;
  const one = (type: string, status: string, more: string): string =>
    `- type: ${type}\n  status: "${status}"\n  lastTransitionTime: {{ Now | Quote }}\n${more}`;
  return `conditions:\n${one('Initialized', 'True', '')}${one('Ready', word, why)}${one('ContainersReady', word, why)}`;
}

function containers(ready: boolean, state: string): string {
  const one = `- name: {{ .name | Quote }}\n  image: {{ .image | Quote }}\n  ready: ${ready}\n  restartCount: 0\n  state: ${state}\n`;
  return `containerStatuses:\n{{ range .spec.containers }}\n${one}{{ end }}\n`;
}

/** Addresses come out of KWOK's range of the node. */
const ADDRESS =
  'podIP: {{ PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) | Quote }}\n';
const RUNNING = '{running: {startedAt: {{ Now | Quote }}}}';
const ended = (code: number, reason: string): string =>
  `{terminated: {exitCode: ${code}, reason: ${reason}, startedAt: {{ Now | Quote }}, finishedAt: {{ Now | Quote }}}}`;

function stage(name: string, matchExpressions: object[], next: object): object {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: { resourceRef: POD, selector: { matchExpressions }, next },
  };
}

function becomes(name: string, when: object[], phase: string, ready: boolean, state: string, reason = ''): object {
  const statusTemplate = `phase: ${phase}\nstartTime: {{ Now | Quote }}\n${ADDRESS}${conditions(ready, reason)}${containers(ready, state)}`;
  return stage(name, [...NOT_PLAYED, ...when], { statusTemplate });
}

const plays = (word: string): object => ({ key: PLAY, operator: 'In', values: [word] });
const index = (operator: string): object => ({ key: INDEX, operator, values: ['1'] });
const FAILS = ['Failed', false, ended(EXIT_CODE, 'Error'), 'PodFailed'] as const;
const SUCCEEDS = ['Succeeded', false, ended(0, 'Completed'), 'PodCompleted'] as const;

/** The stages of pods, as KWOK's configuration has them. */
export function podStages(): object[] {
  return [
    stage('gone', [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }], { delete: true }),
    becomes('runs', [{ key: PLAY, operator: 'DoesNotExist' }], 'Running', true, RUNNING),
    becomes('unready', [plays('unready')], 'Running', false, RUNNING, 'ContainersNotReady'),
    becomes('succeeds', [plays('succeed')], ...SUCCEEDS),
    becomes('fails', [plays('fail')], ...FAILS),
    becomes('index fails', [plays('fail-index-1'), index('In')], ...FAILS),
    becomes('index succeeds', [plays('fail-index-1'), index('NotIn')], ...SUCCEEDS),
  ];
}

/** A node is ready as soon as it is there. */
export function nodeStages(): object[] {
  const selector = {
    matchExpressions: [
      { key: '.status.conditions.[] | select( .type == "Ready" ) | .status', operator: 'NotIn', values: ['True'] },
    ],
  };
  const statusTemplate =
    'conditions:\n- type: Ready\n  status: "True"\n  reason: KubeletReady\n  message: kubelet is posting ready status\n' +
    '  lastHeartbeatTime: {{ Now | Quote }}\n  lastTransitionTime: {{ Now | Quote }}\n';
  const spec = { resourceRef: { apiGroup: 'v1', kind: 'Node' }, selector, next: { statusTemplate } };
  return [{ apiVersion: 'kwok.x-k8s.io/v1alpha1', kind: 'Stage', metadata: { name: 'ready' }, spec }];
}
