import { onePod, remove, type Scenario, type Step } from '../scenario.js';

const EXISTS = 'exec: {command: [test, -e, /ok]}';
const IS_NOT_DEAD = 'exec: {command: [sh, -c, "[ ! -e /dead ] || { echo it is dead; exit 3; }"]}';
const FOREVER = 'sh: "sleep 1000"';
const ENDS_AT_TERM = "trap 'exit 0' TERM; while :; do sleep 1; done";

const probed = (title: string, seconds: number, container: string, ...steps: Step[]): Scenario =>
  onePod(title, seconds, `containers: [{${container}}]`, ...steps);

/** Probes and hooks. */
export const PROBES: readonly Scenario[] = [
  probed(
    'ready, unready and ready again',
    24,
    `readinessProbe: {${EXISTS}, periodSeconds: 1}, sh: "sleep 3; touch /ok; sleep 4; rm /ok; sleep 7; touch /ok; sleep 1000"`,
  ),
  probed('never ready', 14, `readinessProbe: {${EXISTS}, periodSeconds: 2}, ${FOREVER}`),
  probed(
    'ready after three successes',
    16,
    `readinessProbe: {exec: {command: ["true"]}, periodSeconds: 2, successThreshold: 3}, ${FOREVER}`,
  ),
  probed(
    'ready after a while',
    14,
    `readinessProbe: {exec: {command: ["true"]}, initialDelaySeconds: 6, periodSeconds: 1}, ${FOREVER}`,
  ),
  probed(
    'unready after one failure',
    14,
    `readinessProbe: {${EXISTS}, periodSeconds: 1, failureThreshold: 1}, sh: "touch /ok; sleep 5; rm /ok; sleep 1000"`,
  ),
  probed(
    'a readiness probe that takes too long',
    14,
    `readinessProbe: {exec: {command: [sleep, "5"]}, periodSeconds: 3, timeoutSeconds: 1}, ${FOREVER}`,
  ),
  probed(
    'a readiness probe whose command is not there',
    10,
    `readinessProbe: {exec: {command: [nosuch]}, periodSeconds: 2}, ${FOREVER}`,
  ),
  probed(
    'not alive any more',
    20,
    `livenessProbe: {${IS_NOT_DEAD}, periodSeconds: 2, failureThreshold: 2}, sh: "trap 'exit 0' TERM; sleep 5; touch /dead; while :; do sleep 1; done"`,
  ),
  probed(
    'not alive any more, and takes no notice',
    30,
    `livenessProbe: {${IS_NOT_DEAD}, periodSeconds: 1, failureThreshold: 2}, sh: "sleep 3; touch /dead; sleep 1000"`,
  ),
  probed(
    'never alive',
    20,
    `livenessProbe: {exec: {command: ["false"]}, periodSeconds: 2, failureThreshold: 2}, sh: "${ENDS_AT_TERM}"`,
  ),
  probed(
    'not alive, with a grace period of the probe',
    25,
    `livenessProbe: {${IS_NOT_DEAD}, periodSeconds: 1, failureThreshold: 1, terminationGracePeriodSeconds: 7}, sh: "sleep 3; touch /dead; sleep 1000"`,
  ),
  onePod(
    'not alive, and never started again',
    14,
    `restartPolicy: Never\ncontainers: [{livenessProbe: {${IS_NOT_DEAD}, periodSeconds: 1, failureThreshold: 2}, sh: "sleep 3; touch /dead; sleep 1000"}]`,
  ),
  probed(
    'alive is asked only after a while',
    20,
    `livenessProbe: {exec: {command: ["false"]}, initialDelaySeconds: 8, periodSeconds: 2, failureThreshold: 1}, sh: "${ENDS_AT_TERM}"`,
  ),
  probed(
    'a liveness probe that takes too long',
    20,
    `livenessProbe: {exec: {command: [sleep, "5"]}, periodSeconds: 2, failureThreshold: 2}, sh: "${ENDS_AT_TERM}"`,
  ),
  probed(
    'started after some failures, then asked whether it is ready',
    16,
    `startupProbe: {${EXISTS}, periodSeconds: 1, failureThreshold: 20}, readinessProbe: {exec: {command: ["true"]}, periodSeconds: 1}, sh: "sleep 4; touch /ok; sleep 1000"`,
  ),
  probed(
    'never started',
    20,
    `startupProbe: {${EXISTS}, periodSeconds: 2, failureThreshold: 2}, sh: "${ENDS_AT_TERM}"`,
  ),
  probed(
    'alive is not asked before it is started',
    16,
    `startupProbe: {${EXISTS}, periodSeconds: 1, failureThreshold: 30}, livenessProbe: {${EXISTS}, periodSeconds: 1, failureThreshold: 1}, sh: "sleep 6; touch /ok; sleep 1000"`,
  ),
  probed(
    'all three probes',
    14,
    `startupProbe: {exec: {command: ["true"]}, periodSeconds: 1}, livenessProbe: {exec: {command: ["true"]}, periodSeconds: 1}, readinessProbe: {exec: {command: ["true"]}, periodSeconds: 1}, ${FOREVER}`,
  ),
  probed(
    'a probe of a port that is closed',
    12,
    `readinessProbe: {tcpSocket: {port: 8099}, periodSeconds: 2}, ${FOREVER}`,
  ),
  probed(
    'a probe by HTTP of a port that is closed',
    12,
    `livenessProbe: {httpGet: {port: 8099, path: /healthz}, periodSeconds: 2, failureThreshold: 2}, sh: "${ENDS_AT_TERM}"`,
  ),
  probed(
    'a probe by gRPC of a port that is closed',
    12,
    `readinessProbe: {grpc: {port: 8099}, periodSeconds: 2}, ${FOREVER}`,
  ),
  probed(
    'a probe by HTTP that is answered',
    12,
    `env: [{name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}], readinessProbe: {httpGet: {port: 8080, path: /ok.txt}, periodSeconds: 1}, sh: "mkdir -p /www; echo yes > /www/ok.txt; sleep 2; exec httpd -f -p $IP:8080 -h /www"`,
  ),
  probed(
    'a probe by HTTP that is refused',
    12,
    `env: [{name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}], readinessProbe: {httpGet: {port: 8081, path: /nosuch}, initialDelaySeconds: 2, periodSeconds: 2}, sh: "mkdir -p /www; exec httpd -f -p $IP:8081 -h /www"`,
  ),
  probed(
    'a probe of a port that is open',
    8,
    `env: [{name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}], readinessProbe: {tcpSocket: {port: 8082}, periodSeconds: 1}, sh: "mkdir -p /www; exec httpd -f -p $IP:8082 -h /www"`,
  ),
  probed(
    'not ready while it is deleted',
    14,
    `readinessProbe: {exec: {command: ["true"]}, periodSeconds: 1}, ${FOREVER}`,
    remove(5, 'pods/p', 6),
  ),
  probed(
    'a hook after the start',
    8,
    `lifecycle: {postStart: {exec: {command: [sh, -c, "sleep 2; touch /done"]}}}, ${FOREVER}`,
  ),
  probed(
    'a hook after the start that fails',
    25,
    `lifecycle: {postStart: {exec: {command: [sh, -c, "sleep 1; echo no way; exit 4"]}}}, sh: "${ENDS_AT_TERM}"`,
  ),
  probed(
    'a hook after the start whose command is not there',
    12,
    `lifecycle: {postStart: {exec: {command: [nosuch]}}}, ${FOREVER}`,
  ),
  probed(
    'a hook after the start by HTTP that nobody answers',
    12,
    `lifecycle: {postStart: {httpGet: {port: 8099, path: /x}}}, ${FOREVER}`,
  ),
  probed('a hook after the start that sleeps', 8, `lifecycle: {postStart: {sleep: {seconds: 2}}}, ${FOREVER}`),
  probed(
    'a hook before the end',
    14,
    `lifecycle: {preStop: {exec: {command: [sleep, "1"]}}}, sh: "${ENDS_AT_TERM}"`,
    remove(4, 'pods/p', 8),
  ),
  probed(
    'a hook before the end that fails',
    14,
    `lifecycle: {preStop: {exec: {command: [sh, -c, "exit 2"]}}}, sh: "${ENDS_AT_TERM}"`,
    remove(4, 'pods/p', 8),
  ),
  probed(
    'a hook before the end that sleeps',
    14,
    `lifecycle: {preStop: {sleep: {seconds: 3}}}, sh: "${ENDS_AT_TERM}"`,
    remove(4, 'pods/p', 8),
  ),
  probed(
    'a hook before the end that takes too long',
    20,
    `lifecycle: {preStop: {exec: {command: [sleep, "30"]}}}, sh: "${ENDS_AT_TERM}"`,
    remove(4, 'pods/p', 5),
  ),
  probed(
    'a hook before the end by HTTP that nobody answers',
    14,
    `lifecycle: {preStop: {httpGet: {port: 8099, path: /x}}}, sh: "${ENDS_AT_TERM}"`,
    remove(4, 'pods/p', 8),
  ),
  probed(
    'a hook before the end of what is not alive',
    25,
    `lifecycle: {preStop: {exec: {command: [sleep, "1"]}}}, livenessProbe: {${IS_NOT_DEAD}, periodSeconds: 1, failureThreshold: 1}, sh: "trap 'exit 0' TERM; sleep 3; touch /dead; while :; do sleep 1; done"`,
  ),
];
