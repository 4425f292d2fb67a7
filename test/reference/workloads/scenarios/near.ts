import { pod, service, unhurried } from '../published.js';
import { CALM, node, patch, placing, remove, type Scenario, type Step } from '../scenario.js';

const zone = (name: string, cpu = '4') =>
  node(name, { labels: { 'topology.kubernetes.io/zone': `zone-${name}` }, allocatable: { cpu } });
const on = (name: string, where: string): Step =>
  pod(name, { spec: `, nodeSelector: {kubernetes.io/hostname: ${where}}` });
const near = (title: string, ...steps: Step[]): Scenario => ({
  ...placing(`services: near: ${title}`, [zone('n1'), zone('n2')], ...unhurried(steps)),
  also: ['endpointslices'],
});
const AUTO = { metadata: ', annotations: {service.kubernetes.io/topology-mode: Auto}' };

/** Endpoints that tell who should use them. */
export const NEAR: readonly Scenario[] = [
  near('the same zone', on('a', 'n1'), on('b', 'n2'), service('trafficDistribution: PreferSameZone'), CALM),
  near('the same node', on('a', 'n1'), on('b', 'n2'), service('trafficDistribution: PreferSameNode'), CALM),
  near(
    'close',
    on('a', 'n1'),
    on('b', 'n1'),
    service('trafficDistribution: PreferClose'),
    CALM,
    patch('services web', '{spec: {trafficDistribution: null}}'),
    CALM,
  ),
  near('by themselves, too few', on('a', 'n1'), CALM, service('', AUTO), CALM),
  near(
    'by themselves, enough',
    on('a', 'n1'),
    on('b', 'n1'),
    on('c', 'n1'),
    on('d', 'n2'),
    on('e', 'n2'),
    on('f', 'n2'),
    CALM,
    service('', AUTO),
    CALM,
  ),
  near(
    'by themselves, one goes',
    on('a', 'n1'),
    on('b', 'n1'),
    on('c', 'n1'),
    on('d', 'n2'),
    on('e', 'n2'),
    on('f', 'n2'),
    CALM,
    service('', AUTO),
    CALM,
    remove('pods f'),
    CALM,
  ),
  near(
    'a pod that is not ready',
    on('a', 'n1'),
    pod('b', { metadata: ', annotations: {play: unready}', spec: ', nodeSelector: {kubernetes.io/hostname: n2}' }),
    service('trafficDistribution: PreferSameZone'),
    CALM,
  ),
];
