import type { Sequence } from './sequence.js';
import { CONFIG_MAPS, configMap, get, patch, post, remove } from './steps.js';

const FROM = 'resourceVersion={make a/metadata/resourceVersion}';
const WATCH = `${CONFIG_MAPS}?watch=true&timeoutSeconds=1`;
const PARTIAL = { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' };
const TABLE = { accept: 'application/json;as=Table;g=meta.k8s.io;v=v1' };

/** Watches of what has happened: each ends after a second. */
export const WATCHES: Sequence = {
  name: 'watches',
  steps: [
    post('make a', CONFIG_MAPS, configMap('a', { metadata: { labels: { show: 'yes' } } })),
    post('make b', CONFIG_MAPS, configMap('b')),
    patch('merge', 'change a', `${CONFIG_MAPS}/a`, { data: { x: '1' } }),
    patch('merge', 'hide a', `${CONFIG_MAPS}/a`, { metadata: { labels: { show: 'no' } } }),
    patch('merge', 'show b', `${CONFIG_MAPS}/b`, { metadata: { labels: { show: 'yes' } } }),
    remove('delete b', `${CONFIG_MAPS}/b`),
    get('from a version', `${WATCH}&${FROM}`),
    get('by the old path', `/api/v1/watch/namespaces/NS/configmaps?timeoutSeconds=1&${FROM}`),
    get('one by the old path', `/api/v1/watch/namespaces/NS/configmaps/a?timeoutSeconds=1&${FROM}`),
    get('from now', WATCH),
    get('from any', `${WATCH}&resourceVersion=0`),
    get('selected by label', `${WATCH}&${FROM}&labelSelector=show%3Dyes`),
    get('selected by name', `${WATCH}&${FROM}&fieldSelector=metadata.name%3Db`),
    get('metadata only', `${WATCH}&${FROM}`, PARTIAL),
    get('as tables', `${WATCH}&${FROM}&includeObject=None`, TABLE),
    get('initial events', `${WATCH}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`),
    get('initial events without a match', `${WATCH}&sendInitialEvents=true`),
    get('match without initial events', `${WATCH}&resourceVersionMatch=NotOlderThan`),
    get('initial events, exact', `${WATCH}&sendInitialEvents=true&resourceVersionMatch=Exact&resourceVersion=5`),
    get('bad version', `${WATCH}&resourceVersion=now`),
    get('bad timeout', `${CONFIG_MAPS}?watch=true&timeoutSeconds=soon`),
    get('bad selector', `${WATCH}&labelSelector=a%20b`),
    get('with continue', `${WATCH}&continue=abc`),
  ],
};
