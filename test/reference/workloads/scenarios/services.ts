import { pod, published, service } from '../published.js';
import { CALM, give, patch, remove, type Scenario, type Step } from '../scenario.js';

const UNREADY = { metadata: ', annotations: {play: unready}' };
const HELD = { metadata: ', finalizers: [example.com/held]' };
const NAMED = (port: number) => ({ container: `, ports: [{name: http, containerPort: ${port}}]` });
const set = (replicas: number): Step =>
  give(
    `{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: many}, spec: {replicas: ${replicas}, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: "nginx:1.27"}]}}}}`,
  );

const PODS: readonly Scenario[] = [
  published('two pods', pod('a'), pod('b'), service(''), CALM),
  published('a pod comes and goes', service(''), CALM, pod('a'), CALM, remove('pods a'), CALM),
  published('a pod that is not ready', pod('a'), pod('b', UNREADY), service(''), CALM),
  published(
    'pods are told of before they are ready',
    pod('a', UNREADY),
    service('publishNotReadyAddresses: true'),
    CALM,
  ),
  published(
    'a pod that is going',
    pod('a', HELD),
    pod('b'),
    service(''),
    CALM,
    remove('pods a'),
    CALM,
    patch('pods a', '{metadata: {finalizers: null}}'),
    CALM,
  ),
  published(
    'a pod that is going and was not ready',
    pod('a', { metadata: ', annotations: {play: unready}, finalizers: [example.com/held]' }),
    service(''),
    CALM,
    remove('pods a'),
    CALM,
    patch('pods a', '{metadata: {finalizers: null}}'),
    CALM,
  ),
  published(
    'pods are told of while they go',
    pod('a', HELD),
    service('publishNotReadyAddresses: true'),
    CALM,
    remove('pods a'),
    CALM,
    patch('pods a', '{metadata: {finalizers: null}}'),
    CALM,
  ),
  published(
    'pods that are done',
    pod('a', { metadata: ', annotations: {play: succeed}' }),
    pod('b', { metadata: ', annotations: {play: fail}' }),
    service(''),
    CALM,
  ),
  published('a pod that is nowhere', pod('a', { spec: ', nodeSelector: {no: node}' }), service(''), CALM),
  published(
    'a pod that is done and was told of before it was ready',
    pod('a', { metadata: ', annotations: {play: succeed}' }),
    service('publishNotReadyAddresses: true'),
    CALM,
  ),
  published(
    'a pod changes its label',
    pod('a'),
    pod('b'),
    service(''),
    CALM,
    patch('pods a', '{metadata: {labels: {app: other}}}'),
    CALM,
  ),
  published(
    'a service chooses others',
    pod('a'),
    pod('b', { labels: 'app: other' }),
    service(''),
    CALM,
    patch('services web', '{spec: {selector: {app: other}}}'),
    CALM,
  ),
  published('a service chooses nobody', service(''), CALM),
  {
    ...published('103 pods', service(''), set(103), CALM, patch('replicasets many', '{spec: {replicas: 30}}'), CALM),
    without: ['Pod', 'ReplicaSet'],
  },
];

const PORTS: readonly Scenario[] = [
  published(
    'two ports',
    pod('a'),
    service(
      'ports: [{name: http, port: 80, targetPort: 8080}, {name: dns, port: 53, protocol: UDP, appProtocol: example.com/dns}]',
    ),
    CALM,
  ),
  published('a port by its name', pod('a', NAMED(8080)), service('ports: [{port: 80, targetPort: http}]'), CALM),
  published(
    'a name that means two ports',
    pod('a', NAMED(8080)),
    pod('b', NAMED(9090)),
    service('ports: [{port: 80, targetPort: http}]'),
    CALM,
  ),
  published(
    'a name that a pod does not know',
    pod('a', NAMED(8080)),
    pod('b'),
    service('ports: [{port: 80, targetPort: http}]'),
    CALM,
  ),
  published(
    'one of two names is known',
    pod('a', NAMED(8080)),
    service('ports: [{name: http, port: 80, targetPort: http}, {name: more, port: 81, targetPort: more}]'),
    CALM,
  ),
  published(
    'a port changes',
    pod('a'),
    service('ports: [{port: 80, targetPort: 8080}]'),
    CALM,
    patch('services web', '{spec: {ports: [{port: 80, targetPort: 9090}]}}'),
    CALM,
  ),
  published(
    'a container beside the others has the port',
    pod('a', {
      spec: ', initContainers: [{name: side, image: "nginx:1.27", restartPolicy: Always, ports: [{name: http, containerPort: 7070}]}]',
    }),
    service('ports: [{port: 80, targetPort: http}]'),
    CALM,
  ),
];

const KINDS: readonly Scenario[] = [
  published(
    'headless',
    pod('a', { spec: ', hostname: first, subdomain: web' }),
    pod('b', { spec: ', hostname: second, subdomain: other' }),
    service('clusterIP: None'),
    CALM,
  ),
  published(
    'headless and without ports',
    pod('a'),
    give('{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: None, selector: {app: web}}}'),
    CALM,
  ),
  published('headless and without selector', pod('a'), service('clusterIP: None', { selector: '' }), CALM),
  published(
    'a name outside',
    pod('a'),
    service('type: ExternalName, externalName: example.com'),
    CALM,
    patch('services web', '{spec: {type: ClusterIP, externalName: null}}'),
    CALM,
  ),
  published(
    'with labels',
    pod('a'),
    service('', { metadata: ', labels: {team: red}, annotations: {note: it}' }),
    CALM,
    patch('services web', '{metadata: {labels: {team: blue, more: it}}}'),
    CALM,
  ),
  published('a service goes', pod('a'), service(''), CALM, remove('services web'), CALM),
  published(
    'two services of the same pods',
    pod('a'),
    service(''),
    service('ports: [{port: 81}]', { name: 'more' }),
    CALM,
  ),
  published('a slice is deleted', pod('a'), service(''), CALM, remove('endpointslices web-#1'), CALM),
  published(
    'a slice is changed',
    pod('a'),
    service(''),
    CALM,
    patch('endpointslices web-#1', '{endpoints: [], ports: []}'),
    CALM,
  ),
  published('endpoints are changed', pod('a'), service(''), CALM, patch('endpoints web', '{subsets: []}'), CALM),
  published('endpoints are deleted', pod('a'), service(''), CALM, remove('endpoints web'), CALM),
  published(
    'a slice of somebody else',
    pod('a'),
    service(''),
    give(
      '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: mine, labels: {kubernetes.io/service-name: web}}, addressType: IPv4, ports: [{port: 80}], endpoints: [{addresses: [192.0.2.1]}]}',
    ),
    CALM,
    remove('services web'),
    CALM,
  ),
];

/** What endpoints and slices there are of services. */
export const SERVICES: readonly Scenario[] = [...PODS, ...PORTS, ...KINDS];
