import { give, onePod, pod, remove, type Scenario, scenario } from '../scenario.js';

const FROM_KEY = 'env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: k}}}]';
const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {k: v}';
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: v}';
const RUNS = 'sh: "sleep 1000"';

const mounting = (volume: string): string =>
  `volumes: [{name: v, ${volume}}]\ncontainers: [{${RUNS}, volumeMounts: [{name: v, mountPath: /v}]}]`;

/** What keeps containers from starting. */
export const STARTS: readonly Scenario[] = [
  onePod('a command that is not there', 25, 'containers: [{command: [nosuch, arg]}]'),
  onePod(
    'a command that is not there, never started again',
    10,
    'restartPolicy: Never\ncontainers: [{command: [/nosuch]}]',
  ),
  onePod('a ConfigMap that is not there, for a variable', 20, `containers: [{${RUNS}, ${FROM_KEY}}]`),
  scenario(
    'a ConfigMap that comes later, for a variable',
    25,
    pod('p', `containers: [{${RUNS}, ${FROM_KEY}}]`),
    give(CONFIG, 5),
  ),
  scenario(
    'a key of a ConfigMap that is not there',
    16,
    give(CONFIG),
    pod('p', `containers: [{${RUNS}, env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: other}}}]}]`),
  ),
  onePod(
    'a ConfigMap that is not there, for all variables',
    16,
    `containers: [{${RUNS}, envFrom: [{configMapRef: {name: c}}]}]`,
  ),
  onePod(
    'ConfigMaps and Secrets that need not be there',
    8,
    `containers: [{${RUNS}, envFrom: [{configMapRef: {name: c, optional: true}}, {secretRef: {name: s, optional: true}}], env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: k, optional: true}}}]}]`,
  ),
  onePod(
    'a Secret that is not there, for a variable',
    16,
    `containers: [{${RUNS}, env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]}]`,
  ),
  scenario(
    'a key of a Secret that is not there',
    16,
    give(SECRET),
    pod('p', `containers: [{${RUNS}, env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: other}}}]}]`),
  ),
  onePod(
    'a Secret that is not there, for all variables',
    16,
    `containers: [{${RUNS}, envFrom: [{secretRef: {name: s}}]}]`,
  ),
  onePod(
    'must not run as root, and the image does',
    16,
    `containers: [{${RUNS}, securityContext: {runAsNonRoot: true}}]`,
  ),
  onePod(
    'must not run as root, and shall',
    16,
    `containers: [{${RUNS}, securityContext: {runAsNonRoot: true, runAsUser: 0}}]`,
  ),
  onePod(
    'must not run as root, and does not',
    8,
    `containers: [{${RUNS}, securityContext: {runAsNonRoot: true, runAsUser: 1000, runAsGroup: 3000}}]`,
  ),
  onePod(
    'of two containers one cannot be made',
    16,
    `containers: [{name: a, ${RUNS}}, {name: b, ${RUNS}, ${FROM_KEY}}]`,
  ),
  onePod('an image that cannot be pulled', 35, 'containers: [{image: "busybox:nosuchtag"}]'),
  onePod(
    'of two images one cannot be pulled',
    30,
    `containers: [{name: a, ${RUNS}}, {name: b, image: "busybox:nosuchtag"}]`,
  ),
  onePod(
    'the image of an init container cannot be pulled',
    30,
    `initContainers: [{name: i, image: "busybox:nosuchtag"}]\ncontainers: [{${RUNS}}]`,
  ),
  onePod('an image that is no name', 20, 'containers: [{image: "Busybox:1.37"}]'),
  onePod('an image that must be there', 20, 'containers: [{image: "busybox:1.35", imagePullPolicy: Never}]'),
  onePod(
    'an image that is pulled each time',
    8,
    `containers: [{image: "busybox:1.36.1", imagePullPolicy: Always, ${RUNS}}]`,
  ),
  onePod('an image that is pulled when it is missing', 8, `containers: [{image: "busybox:1.34", ${RUNS}}]`),
  onePod('a volume of a ConfigMap that is not there', 25, mounting('configMap: {name: c}')),
  scenario('a volume of a ConfigMap that comes later', 30, pod('p', mounting('configMap: {name: c}')), give(CONFIG, 4)),
  onePod('a volume of a ConfigMap that need not be there', 8, mounting('configMap: {name: c, optional: true}')),
  scenario(
    'a volume of a key that is not there',
    12,
    give(CONFIG),
    pod('p', mounting('configMap: {name: c, items: [{key: other, path: o}]}')),
  ),
  onePod('a volume of a Secret that is not there', 12, mounting('secret: {secretName: s}')),
  onePod(
    'a volume of several of which one is not there',
    12,
    mounting('projected: {sources: [{configMap: {name: c}}, {secret: {name: s}}]}'),
  ),
  onePod('a folder of the host that is not there', 12, mounting('hostPath: {path: /nosuch, type: Directory}')),
  onePod('a file of the host that is a folder', 12, mounting('hostPath: {path: /tmp, type: File}')),
  onePod('a socket of the host that is not there', 12, mounting('hostPath: {path: /nosuch.sock, type: Socket}')),
  onePod('deleted while a volume is missing', 16, mounting('configMap: {name: c}'), remove(4, 'pods/p')),
  onePod('a folder for its time', 6, mounting('emptyDir: {medium: Memory}')),
  onePod(
    'a variable of another',
    8,
    `restartPolicy: Never\ncontainers: [{sh: "echo -n $A $B > /dev/termination-log", env: [{name: A, value: x}, {name: B, value: "$(A)-$(C)-$$(A)"}]}]`,
  ),
  onePod(
    'what a pod is told of itself',
    8,
    `restartPolicy: Never\ncontainers: [{resources: {limits: {cpu: 50m, memory: 64Mi}}, sh: "echo -n $A $B $C > /dev/termination-log", env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}, {name: B, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}, {name: C, valueFrom: {resourceFieldRef: {resource: limits.memory}}}]}]`,
  ),
];
