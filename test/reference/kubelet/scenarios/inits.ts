import { onePod, remove, type Scenario } from '../scenario.js';

const MAIN = 'containers: [{sh: "sleep 1000"}]';
const ENDS_AT_TERM = "trap 'exit 0' TERM; while :; do sleep 1; done";
const sidecar = (name: string, more: string): string => `{name: ${name}, restartPolicy: Always, ${more}}`;
const plainSidecar = (name: string): string => sidecar(name, `sh: "${ENDS_AT_TERM}"`);

/** Init containers and sidecars. */
export const INITS: readonly Scenario[] = [
  onePod(
    'init containers one after another',
    12,
    `initContainers: [{name: a, sh: "sleep 2"}, {name: b, sh: "sleep 1"}]\n${MAIN}`,
  ),
  onePod(
    'an init container fails for good',
    10,
    `restartPolicy: Never\ninitContainers: [{name: a, sh: "sleep 1; exit 9"}, {name: b, sh: "true"}]\n${MAIN}`,
  ),
  onePod('an init container fails again and again', 25, `initContainers: [{name: a, sh: "exit 9"}]\n${MAIN}`),
  onePod(
    'an init container fails at first',
    30,
    `restartPolicy: OnFailure\nvolumes: [{name: d, emptyDir: {}}]\ninitContainers: [{name: a, sh: "[ -e /d/x ] || { touch /d/x; exit 1; }", volumeMounts: [{name: d, mountPath: /d}]}]\n${MAIN}`,
  ),
  onePod(
    'deleted while it initializes',
    12,
    `initContainers: [{name: a, sh: "sleep 1000"}]\n${MAIN}`,
    remove(3, 'pods/p'),
  ),
  onePod(
    'init containers and a main one that crashes',
    25,
    `initContainers: [{name: a, sh: "sleep 1"}]\ncontainers: [{sh: "sleep 1; exit 1"}]`,
  ),
  onePod('a sidecar before the main container', 8, `initContainers: [${plainSidecar('s')}]\n${MAIN}`),
  onePod(
    'a sidecar among init containers',
    12,
    `initContainers: [{name: a, sh: "sleep 1"}, ${plainSidecar('s')}, {name: b, sh: "sleep 2"}]\n${MAIN}`,
  ),
  onePod(
    'a sidecar that takes its time to start',
    16,
    `initContainers: [${sidecar('s', 'startupProbe: {exec: {command: [test, -e, /up]}, periodSeconds: 1, failureThreshold: 20}, sh: "sleep 4; touch /up; sleep 1000"')}]\n${MAIN}`,
  ),
  onePod(
    'a sidecar that does not start',
    20,
    `initContainers: [${sidecar('s', 'startupProbe: {exec: {command: [test, -e, /up]}, periodSeconds: 1, failureThreshold: 3}, sh: "sleep 1000"')}]\n${MAIN}`,
  ),
  onePod(
    'a sidecar that is not ready',
    12,
    `initContainers: [${sidecar('s', 'readinessProbe: {exec: {command: [test, -e, /up]}, periodSeconds: 1}, sh: "sleep 5; touch /up; sleep 1000"')}]\n${MAIN}`,
  ),
  onePod(
    'a sidecar that is not alive',
    24,
    `initContainers: [${sidecar('s', 'livenessProbe: {exec: {command: [sh, -c, "[ ! -e /dead ]"]}, periodSeconds: 1, failureThreshold: 2}, sh: "sleep 4; touch /dead; sleep 1000"')}]\n${MAIN}`,
  ),
  onePod(
    'sidecars stop last, the last first',
    12,
    `initContainers: [${plainSidecar('s')}, ${plainSidecar('t')}]\ncontainers: [{sh: "${ENDS_AT_TERM}"}]`,
    remove(4, 'pods/p'),
  ),
  onePod(
    'sidecars that take no notice of the end',
    16,
    `initContainers: [${sidecar('s', 'sh: "sleep 1000"')}]\n${MAIN}`,
    remove(4, 'pods/p'),
  ),
  onePod(
    'sidecars stop when the work is done',
    14,
    `restartPolicy: Never\ninitContainers: [${plainSidecar('s')}, ${plainSidecar('t')}]\ncontainers: [{sh: "sleep 3"}]`,
  ),
  onePod(
    'the work fails beside a sidecar',
    14,
    `restartPolicy: Never\ninitContainers: [${plainSidecar('s')}]\ncontainers: [{sh: "sleep 3; exit 2"}]`,
  ),
  onePod(
    'a sidecar that ends is started again',
    30,
    `restartPolicy: Never\ninitContainers: [${sidecar('s', 'sh: "sleep 2; exit 1"')}]\ncontainers: [{sh: "sleep 25"}]`,
  ),
  onePod(
    'an init container fails after a sidecar',
    14,
    `restartPolicy: Never\ninitContainers: [${plainSidecar('s')}, {name: a, sh: "sleep 1; exit 1"}]\n${MAIN}`,
  ),
  onePod(
    'a sidecar with a hook at its end',
    16,
    `terminationGracePeriodSeconds: 10\ninitContainers: [${sidecar('s', `lifecycle: {preStop: {exec: {command: [sleep, "2"]}}}, sh: "${ENDS_AT_TERM}"`)}]\ncontainers: [{sh: "${ENDS_AT_TERM}"}]`,
    remove(4, 'pods/p'),
  ),
  onePod(
    'a main container crashes beside a sidecar',
    28,
    `initContainers: [${plainSidecar('s')}]\ncontainers: [{sh: "sleep 2; exit 1"}]`,
  ),
  onePod(
    'a container that fails has rules to be started again',
    25,
    'restartPolicy: Never\ncontainers: [{sh: "sleep 1; exit 42", restartPolicy: Never, restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [42]}}]}]',
  ),
  onePod(
    'a container ends otherwise than its rules say',
    10,
    'restartPolicy: Never\ncontainers: [{sh: "sleep 1; exit 41", restartPolicy: Never, restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [42]}}]}]',
  ),
  onePod(
    'a container that is started again in a pod that is not',
    25,
    'restartPolicy: Never\ncontainers: [{name: a, sh: "sleep 1; exit 1", restartPolicy: OnFailure}, {name: b, sh: "sleep 2"}]',
  ),
  onePod(
    'a container that is not started again in a pod that is',
    12,
    'restartPolicy: Always\ncontainers: [{name: a, sh: "sleep 2; exit 1", restartPolicy: Never}, {name: b, sh: "sleep 1000"}]',
  ),
  onePod(
    'all containers that ended were not to be started again',
    12,
    'restartPolicy: Always\ncontainers: [{name: a, sh: "sleep 2; exit 1", restartPolicy: Never}, {name: b, sh: "sleep 1", restartPolicy: OnFailure}]',
  ),
  onePod(
    'a container that ends starts all again',
    20,
    'restartPolicy: Never\nvolumes: [{name: d, emptyDir: {}}]\ninitContainers: [{name: i, sh: "true"}]\ncontainers: [{name: a, volumeMounts: [{name: d, mountPath: /d}], sh: "sleep 3; [ -e /d/x ] && sleep 1000; touch /d/x; exit 88", restartPolicy: Never, restartPolicyRules: [{action: RestartAllContainers, exitCodes: {operator: In, values: [88]}}]}, {name: b, sh: "sleep 1000"}]',
  ),
];
