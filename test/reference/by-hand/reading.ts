import type { Sequence } from './sequence.js';
import { CONFIG_MAPS, CORE, configMap, get, PODS, pod, post, remove } from './steps.js';

const label = (labels: Record<string, string>) => ({ metadata: { labels } });
const q = encodeURIComponent;
const PARTIAL = { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1' };
const TABLE = { accept: 'application/json;as=Table;g=meta.k8s.io;v=v1' };

/** Label and field selectors. */
export const SELECTORS: Sequence = {
  name: 'selectors',
  steps: [
    post('a', PODS, pod('a', label({ app: 'x', tier: 'front' }))),
    post('b', PODS, pod('b', label({ app: 'x', tier: 'back' }))),
    post('c', PODS, pod('c', label({ app: 'y' }))),
    ...[
      'app=x',
      'app==x',
      'app!=x',
      'app in (x,y)',
      'app notin (x)',
      'tier',
      '!tier',
      'app=x,tier=back',
      'app=nothing',
      'size>3',
      'app=x,',
      'app in x',
      'app in (x',
      'app = = x',
      'a b',
      '-bad=x',
      'app=-bad-',
      'app in ()',
      ',',
    ].map((selector) => get(`labels ${selector}`, `${PODS}?labelSelector=${q(selector)}`, PARTIAL)),
    ...[
      'metadata.name=a',
      'metadata.name!=a',
      'metadata.name=a,status.phase=Pending',
      'spec.nodeName=',
      'spec.restartPolicy=Never',
      'status.phase=Running',
      'spec.bogus=1',
      'metadata.labels=1',
      'metadata.name',
      'metadata.name=a=b',
      '=a',
    ].map((selector) => get(`fields ${selector}`, `${PODS}?fieldSelector=${q(selector)}`, PARTIAL)),
    get('field of another kind', `${CONFIG_MAPS}?fieldSelector=status.phase%3DRunning`),
    get('both', `${PODS}?labelSelector=app%3Dx&fieldSelector=metadata.name%3Db`, PARTIAL),
    get('as a table', `${PODS}?labelSelector=app%3Dy&includeObject=None`, TABLE),
    get('wrong includeObject', `${PODS}?includeObject=Some`, TABLE),
    get('all namespaces', '/api/v1/pods?fieldSelector=metadata.namespace%3DNS', PARTIAL),
    remove('delete by label', `${PODS}?labelSelector=app%3Dx&gracePeriodSeconds=0`),
    get('what is left', PODS, PARTIAL),
    remove('delete all', `${PODS}?gracePeriodSeconds=0`),
    get('nothing left', PODS, PARTIAL),
    get('namespace that is not there', '/api/v1/namespaces/nowhere/pods'),
    get('object that is not there', `${PODS}/nothing`),
    get('kind that is not there', `${CORE}/bogus`),
    get('group that is not there', '/apis/bogus.example/v1/bogus'),
    get('version that is not there', '/apis/apps/v1beta1/deployments'),
  ],
};

/** Pages of lists, and versions at which they are read. */
export const PAGING: Sequence = {
  name: 'paging',
  steps: [
    ...['a', 'b', 'c', 'd', 'e'].map((name) => post(name, CONFIG_MAPS, configMap(name, { data: { of: name } }))),
    get('first page', `${CONFIG_MAPS}?limit=2`),
    get('second page', `${CONFIG_MAPS}?limit=2&continue={first page/metadata/continue}`),
    get('last page', `${CONFIG_MAPS}?limit=2&continue={second page/metadata/continue}`),
    get('rest at once', `${CONFIG_MAPS}?continue={first page/metadata/continue}`),
    get('limit of all', `${CONFIG_MAPS}?limit=5`),
    get('limit of nothing', `${CONFIG_MAPS}?limit=0`, PARTIAL),
    get('negative limit', `${CONFIG_MAPS}?limit=-1`, PARTIAL),
    get('limit no number', `${CONFIG_MAPS}?limit=two`),
    get('page with a selector', `${CONFIG_MAPS}?limit=1&labelSelector=!nothing`, PARTIAL),
    get('continue and a version', `${CONFIG_MAPS}?continue={first page/metadata/continue}&resourceVersion=5`),
    get('continue and a match', `${CONFIG_MAPS}?continue={first page/metadata/continue}&resourceVersionMatch=Exact`),
    get('bad token', `${CONFIG_MAPS}?continue=bogus`),
    get(
      'token of other text',
      `${CONFIG_MAPS}?continue=${Buffer.from('{"v":"meta.k8s.io/v1","rv":5}').toString('base64url')}`,
    ),
    get(
      'token of another version',
      `${CONFIG_MAPS}?continue=${Buffer.from('{"v":"other","rv":5,"start":"a"}').toString('base64url')}`,
    ),
    get(
      'token that climbs',
      `${CONFIG_MAPS}?continue=${Buffer.from('{"v":"meta.k8s.io/v1","rv":5,"start":"../../x"}').toString('base64url')}`,
    ),
    get('exactly then', `${CONFIG_MAPS}?resourceVersion={b/metadata/resourceVersion}&resourceVersionMatch=Exact`),
    get(
      'not older than',
      `${CONFIG_MAPS}?resourceVersion={b/metadata/resourceVersion}&resourceVersionMatch=NotOlderThan`,
      PARTIAL,
    ),
    get('any', `${CONFIG_MAPS}?resourceVersion=0`, PARTIAL),
    get('match without a version', `${CONFIG_MAPS}?resourceVersionMatch=Exact`),
    get('exactly zero', `${CONFIG_MAPS}?resourceVersion=0&resourceVersionMatch=Exact`),
    get('unknown match', `${CONFIG_MAPS}?resourceVersion=5&resourceVersionMatch=Sometimes`),
    get('version no number', `${CONFIG_MAPS}?resourceVersion=now`),
    get('version of the future', `${CONFIG_MAPS}?resourceVersion=99999999&resourceVersionMatch=NotOlderThan`),
    get('one at a version', `${CONFIG_MAPS}/a?resourceVersion={a/metadata/resourceVersion}`),
    get('one at a wrong version', `${CONFIG_MAPS}/a?resourceVersion=now`),
    get('initial events without a watch', `${CONFIG_MAPS}?sendInitialEvents=true`),
  ],
};
