import { onePod, patch, pod, remove, type Scenario, scenario } from '../scenario.js';

/** Fails twice, then ends well; the folder keeps count. */
const THIRD_TIME = 'n=$(cat /d/n || echo 0); echo $((n+1)) > /d/n; [ $n -ge 2 ]';
const FOLDER = 'volumes: [{name: d, emptyDir: {}}]';
const MOUNTED = 'volumeMounts: [{name: d, mountPath: /d}]';
const FOREVER = 'containers: [{sh: "sleep 1000"}]';

/** How pods begin, end and begin again. */
export const LIFE: readonly Scenario[] = [
  onePod('a container that runs', 6, FOREVER),
  onePod(
    'a container that ends well and is not started again',
    8,
    'restartPolicy: Never\ncontainers: [{sh: "sleep 2"}]',
  ),
  onePod('a container that fails and is not started again', 8, 'restartPolicy: Never\ncontainers: [{sh: "exit 3"}]'),
  onePod(
    'a container that is started until it ends well',
    25,
    `restartPolicy: OnFailure\n${FOLDER}\ncontainers: [{sh: "${THIRD_TIME}", ${MOUNTED}}]`,
  ),
  onePod('a container that ends well again and again', 25, 'containers: [{sh: "sleep 1"}]'),
  onePod('a container that crashes again and again', 60, 'containers: [{sh: "exit 1"}]'),
  onePod(
    'one of two containers ends, then the other fails',
    12,
    'restartPolicy: Never\ncontainers: [{name: a, sh: "sleep 2"}, {name: b, sh: "sleep 6; exit 4"}]',
  ),
  onePod(
    'one of two containers ends and is not started again after success',
    8,
    'restartPolicy: OnFailure\ncontainers: [{name: a, sh: "sleep 2"}, {name: b, sh: "sleep 1000"}]',
  ),
  onePod('deleted with its grace period', 10, FOREVER, remove(3, 'pods/p')),
  onePod(
    'deleted, ends well at the signal',
    8,
    'containers: [{sh: "trap \'exit 0\' TERM; while :; do sleep 1; done"}]',
    remove(3, 'pods/p'),
  ),
  onePod(
    'deleted, fails at the signal',
    8,
    'restartPolicy: Never\ncontainers: [{sh: "trap \'exit 5\' TERM; while :; do sleep 1; done"}]',
    remove(3, 'pods/p'),
  ),
  onePod('deleted at once', 10, FOREVER, remove(3, 'pods/p', 0)),
  onePod('deleted with another grace period', 10, FOREVER, remove(3, 'pods/p', 1)),
  onePod(
    'deleted twice, the second time sooner',
    14,
    `terminationGracePeriodSeconds: 20\n${FOREVER}`,
    remove(3, 'pods/p'),
    remove(6, 'pods/p', 2),
  ),
  onePod('deleted before it has begun to run', 10, 'containers: [{image: "busybox:nosuchtag"}]', remove(5, 'pods/p')),
  onePod('deleted while it waits to be started again', 14, 'containers: [{sh: "exit 1"}]', remove(6, 'pods/p')),
  onePod(
    'a container ends while it is deleted',
    14,
    'terminationGracePeriodSeconds: 8\ncontainers: [{name: a, sh: "trap \'sleep 2; exit 0\' TERM; while :; do sleep 1; done"}, {name: b, sh: "sleep 1000"}]',
    remove(3, 'pods/p'),
  ),
  onePod(
    'another signal than TERM ends it',
    8,
    'os: {name: linux}\ncontainers: [{lifecycle: {stopSignal: SIGUSR1}, sh: "trap \'exit 7\' USR1; while :; do sleep 1; done"}]',
    remove(3, 'pods/p'),
  ),
  onePod('active for too long', 14, `activeDeadlineSeconds: 4\n${FOREVER}`),
  onePod('active for too long, and to be started again', 14, `activeDeadlineSeconds: 5\ncontainers: [{sh: "exit 1"}]`),
  onePod(
    'active for too long while it initializes',
    14,
    `activeDeadlineSeconds: 4\ninitContainers: [{name: i, sh: "sleep 1000"}]\n${FOREVER}`,
  ),
  onePod(
    'active for too long by a deadline given later',
    16,
    FOREVER,
    patch(3, 'pods/p', 'spec: {activeDeadlineSeconds: 6}'),
  ),
  onePod(
    'a message in its file',
    8,
    'restartPolicy: Never\ncontainers: [{sh: "echo one > /dev/termination-log; echo two; exit 2"}]',
  ),
  onePod(
    'a message at a path of its own',
    8,
    'restartPolicy: Never\ncontainers: [{terminationMessagePath: /tmp/why, sh: "echo -n all is well > /tmp/why"}]',
  ),
  onePod(
    'a message from the log',
    8,
    'restartPolicy: Never\ncontainers: [{terminationMessagePolicy: FallbackToLogsOnError, sh: "echo first; echo second; exit 2"}]',
  ),
  onePod(
    'no message from the log after success',
    8,
    'restartPolicy: Never\ncontainers: [{terminationMessagePolicy: FallbackToLogsOnError, sh: "echo first"}]',
  ),
  onePod(
    'a message that is too long',
    8,
    'restartPolicy: Never\ncontainers: [{sh: "i=0; while [ $i -lt 500 ]; do echo 0123456789; i=$((i+1)); done > /dev/termination-log"}]',
  ),
  scenario(
    'a container that needs too much memory',
    25,
    pod('p', 'containers: [{name: main, command: [tail, /dev/zero], resources: {limits: {memory: 16Mi}}}]', {
      annotations: { 'reference/oom': 'main' },
    }),
  ),
  onePod(
    'the image of a running container is changed',
    14,
    FOREVER,
    patch(4, 'pods/p', 'spec: {containers: [{name: main, image: "busybox:1.36"}]}', 'strategic-merge-patch'),
  ),
  onePod(
    'readiness gates',
    12,
    `readinessGates: [{conditionType: example.com/a}, {conditionType: example.com/b}]\n${FOREVER}`,
    patch(4, 'pods/p/status', 'status: {conditions: [{type: example.com/a, status: "True"}]}', 'strategic-merge-patch'),
    patch(7, 'pods/p/status', 'status: {conditions: [{type: example.com/b, status: "True"}]}', 'strategic-merge-patch'),
    patch(
      10,
      'pods/p/status',
      'status: {conditions: [{type: example.com/a, status: "False"}]}',
      'strategic-merge-patch',
    ),
  ),
  onePod('in the network of its host', 6, `hostNetwork: true\n${FOREVER}`),
  onePod(
    'an ephemeral container that ends',
    14,
    FOREVER,
    patch(
      4,
      'pods/p/ephemeralcontainers',
      'spec: {ephemeralContainers: [{name: e, image: "busybox:1.37", command: [sh, -c, "sleep 2; exit 6"]}]}',
      'strategic-merge-patch',
    ),
  ),
  onePod(
    'an ephemeral container beside another, deleted with its pod',
    16,
    FOREVER,
    patch(
      4,
      'pods/p/ephemeralcontainers',
      'spec: {ephemeralContainers: [{name: e, image: "busybox:1.37", command: [sh, -c, "sleep 1000"]}]}',
      'strategic-merge-patch',
    ),
    remove(8, 'pods/p'),
  ),
  onePod(
    'an ephemeral container without an image',
    14,
    FOREVER,
    patch(
      4,
      'pods/p/ephemeralcontainers',
      'spec: {ephemeralContainers: [{name: e, image: "busybox:nosuchtag"}]}',
      'strategic-merge-patch',
    ),
  ),
];
