import { pod, published, service } from '../published.js';
import { CALM, give, patch, remove, type Scenario, type Step } from '../scenario.js';

const SUBSETS = (addresses: string, more = ''): string =>
  `subsets: [{addresses: [${addresses}], ports: [{port: 8080}]${more}}]`;
const byHand = (subsets: string, metadata = '', name = 'web'): Step =>
  give(`{apiVersion: v1, kind: Endpoints, metadata: {name: ${name}${metadata}}, ${subsets}}`);
const bare = service('', { selector: '' });
const mirrored = (title: string, ...steps: Step[]): Scenario => published(`endpoints by hand: ${title}`, ...steps);

/** Endpoints that somebody writes by hand. */
export const MIRRORED: readonly Scenario[] = [
  mirrored('two addresses', bare, byHand(SUBSETS('{ip: 192.0.2.1}, {ip: 192.0.2.2, hostname: second}')), CALM),
  mirrored('before their service', byHand(SUBSETS('{ip: 192.0.2.1}')), CALM, bare, CALM),
  mirrored(
    'some are not ready',
    bare,
    byHand(
      'subsets: [{addresses: [{ip: 192.0.2.1}], notReadyAddresses: [{ip: 192.0.2.2}], ports: [{name: http, port: 8080, appProtocol: h2c}, {name: dns, port: 53, protocol: UDP}]}]',
    ),
    CALM,
  ),
  mirrored(
    'two subsets',
    bare,
    byHand(
      'subsets: [{addresses: [{ip: 192.0.2.1}], ports: [{port: 80}]}, {addresses: [{ip: 192.0.2.2}], ports: [{port: 81}]}]',
    ),
    CALM,
  ),
  mirrored('of both families', bare, byHand(SUBSETS('{ip: 192.0.2.1}, {ip: "2001:db8::1"}')), CALM),
  mirrored(
    'they change',
    bare,
    byHand(SUBSETS('{ip: 192.0.2.1}')),
    CALM,
    patch('endpoints web', `{${SUBSETS('{ip: 192.0.2.7}, {ip: 192.0.2.8}')}}`),
    CALM,
    patch('endpoints web', '{subsets: []}'),
    CALM,
  ),
  mirrored('they go', bare, byHand(SUBSETS('{ip: 192.0.2.1}')), CALM, remove('endpoints web'), CALM),
  mirrored('the service goes', bare, byHand(SUBSETS('{ip: 192.0.2.1}')), CALM, remove('services web'), CALM),
  mirrored(
    'they are not to be mirrored',
    bare,
    byHand(SUBSETS('{ip: 192.0.2.1}'), ', labels: {endpointslice.kubernetes.io/skip-mirror: "true"}'),
    CALM,
    patch('endpoints web', '{metadata: {labels: {endpointslice.kubernetes.io/skip-mirror: null}}}'),
    CALM,
  ),
  mirrored(
    'with labels and annotations',
    bare,
    byHand(SUBSETS('{ip: 192.0.2.1}'), ', labels: {team: red}, annotations: {note: it}'),
    CALM,
  ),
  mirrored(
    'the service gets a selector',
    pod('a'),
    bare,
    byHand(SUBSETS('{ip: 192.0.2.1}')),
    CALM,
    patch('services web', '{spec: {selector: {app: web}}}'),
    CALM,
  ),
  mirrored(
    'the mirrored slice is deleted',
    bare,
    byHand(SUBSETS('{ip: 192.0.2.1}')),
    CALM,
    remove('endpointslices web-#1'),
    CALM,
  ),
  mirrored(
    'twice the same address',
    bare,
    byHand('subsets: [{addresses: [{ip: 192.0.2.1}], notReadyAddresses: [{ip: 192.0.2.1}], ports: [{port: 80}]}]'),
    CALM,
  ),
];
