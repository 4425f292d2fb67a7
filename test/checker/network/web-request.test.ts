import { expect, test } from 'vitest';
import { lintWebRequest, placesOf, type WebRequest } from '../../../src/checker/network/web-request.js';
import { ObjectReader } from '../../../src/checker/objects.js';
import type { CheckContext } from '../../../src/checker/subject.js';
import { FakeCluster } from '../fake-cluster.js';

const pod = (name: string, podIP: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: name } },
  status: { podIP },
});
const objects = [pod('four', '10.244.1.1'), pod('six', 'fd00::1')];
const to = (selector: string, port = 80) => ({ pods: { namespace: 'shop', selector }, port });

/** The URL, and where the connection goes instead. */
test.each<[WebRequest, string[]]>([
  [{ url: 'http://web/x?y' }, ['http://web/x?y']],
  [{ url: 'http://web', host: 'a.example' }, ['http://a.example/ web:80 a.example']],
  [{ url: 'https://web', host: 'a.example' }, ['https://a.example/ web:443 a.example']],
  [{ url: 'http://web:8080', host: 'a.example' }, ['http://a.example:8080/ web:8080 a.example']],
  [{ url: 'http://web', host: 'a.example:99' }, ['http://a.example/ web:80 a.example:99']],
  [{ to: to('app=four') }, ['http://10.244.1.1/']],
  [{ to: to('app=four', 8080), path: '/x?y' }, ['http://10.244.1.1:8080/x?y']],
  [{ to: to('app=four', 443), tls: true }, ['https://10.244.1.1/']],
  [{ to: to('app=six', 8080) }, ['http://[fd00::1]:8080/']],
  [{ to: to('') }, ['http://10.244.1.1/', 'http://[fd00::1]/']],
  [{ to: to('app=none') }, []],
])('%j: %j', async (request, places) => {
  const context = { objects: new ObjectReader(new FakeCluster({ objects })) } as unknown as CheckContext;
  const found = await placesOf(request, context);
  expect(found.map(({ url, connectTo, host }) => [url, connectTo, host].filter(Boolean).join(' '))).toEqual(places);
});

test.each<[WebRequest, string[]]>([
  [{}, ['/http']],
  [{ url: 'http://web' }, []],
  [{ to: to(''), tls: true, path: '/' }, []],
  [{ url: 'http://web', to: to(''), tls: true, path: '/' }, ['/http/to', '/http/tls', '/http/path']],
])('lint %j: %j', (request, paths) => {
  const said: string[] = [];
  lintWebRequest(request, '/http', (path) => said.push(path));
  expect(said).toEqual(paths);
});
