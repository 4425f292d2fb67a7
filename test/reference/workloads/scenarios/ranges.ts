import { CALM, give, patch, remove, type Scenario, type Step, scenario } from '../scenario.js';

const range = (name: string, cidr: string): Step =>
  give(
    `{apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: {name: NS-${name}}, spec: {cidrs: ["${cidr}"]}}`,
  );
const service = (name: string, ip: string): Step =>
  give(`{apiVersion: v1, kind: Service, metadata: {name: ${name}}, spec: {clusterIP: ${ip}, ports: [{port: 80}]}}`);

function ranges(title: string, ...steps: Step[]): Scenario {
  return { ...scenario(`ranges: ${title}`, ...steps), also: ['services', 'servicecidrs'] };
}

/** Ranges of addresses for services. Each scenario has its own, for they are everybody's. */
export const RANGES: readonly Scenario[] = [
  ranges('one more', range('more', '172.20.0.0/24'), CALM, service('web', '172.20.0.7'), CALM),
  ranges('one that nobody uses goes', range('more', '172.20.1.0/24'), CALM, remove('servicecidrs NS-more'), CALM),
  ranges(
    'one that is used stays until it is not',
    range('more', '172.20.2.0/24'),
    CALM,
    service('web', '172.20.2.7'),
    CALM,
    remove('servicecidrs NS-more'),
    CALM,
    remove('services web'),
    CALM,
  ),
  ranges(
    'one that is used goes where another has the addresses',
    range('more', '172.20.3.0/24'),
    range('wide', '172.20.3.0/25'),
    CALM,
    service('web', '172.20.3.7'),
    CALM,
    remove('servicecidrs NS-more'),
    CALM,
    remove('services web'),
    CALM,
  ),
  ranges(
    'nothing can be taken from one that goes',
    range('more', '172.20.4.0/24'),
    CALM,
    service('web', '172.20.4.7'),
    CALM,
    remove('servicecidrs NS-more'),
    CALM,
    service('late', '172.20.4.8'),
    CALM,
    patch('services web', '{metadata: {labels: {a: b}}}'),
    remove('services web'),
    CALM,
  ),
];
