import { describe, expect, test } from 'vitest';
import { plainServer } from '../../../../src/sim/images/unknown/plain-server.js';
import { pod, testNode } from '../node.js';

const SLEEP = { command: ['sleep', '1000'] };
const PRIVATE = 'registry.kubedrill.test/team/busybox:1.37';

function secret(name: string, server: string, password: string) {
  const auth = Buffer.from(`drill:${password}`).toString('base64');
  const config = JSON.stringify({ auths: { [server]: { username: 'drill', password, auth } } });
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'default' },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(config).toString('base64') },
  };
}

const waitingOf = (node: ReturnType<typeof testNode>, name: string) =>
  node.pod(name).status?.containerStatuses?.[0]?.state?.waiting;

/** pkg/kubelet/images/image_manager.go, v1.36.0. */
describe('whether a container gets its image', () => {
  test('a name that is none, and one that may not be pulled', () => {
    const node = testNode();
    node.create(pod('upper', { image: 'BusyBox:1.37', ...SLEEP }));
    node.create(pod('never', { image: 'busybox:1.36', imagePullPolicy: 'Never', ...SLEEP }));
    node.advance(5);
    const words =
      'Failed to apply default image tag "BusyBox:1.37": couldn\'t parse image name "BusyBox:1.37": invalid reference format: repository name (library/BusyBox) must be lowercase';
    expect(waitingOf(node, 'upper')).toEqual({ reason: 'InvalidImageName', message: words });
    expect(waitingOf(node, 'never')).toEqual({
      reason: 'ErrImageNeverPull',
      message: 'Container image "busybox:1.36" is not present with pull policy of Never',
    });
    expect(node.events()).toEqual(
      expect.arrayContaining([
        `InspectFailed: ${words}`,
        'Failed: Error: InvalidImageName',
        'ErrImageNeverPull: Container image "busybox:1.36" is not present with pull policy of Never',
        'Failed: Error: ErrImageNeverPull',
      ]),
    );
  });

  test('a private registry lets in who has a secret for it, and the image stays theirs', () => {
    const node = testNode();
    node.create(secret('right', 'registry.kubedrill.test', 'kube-drill'), 'secrets');
    node.create(secret('wrong', 'https://registry.kubedrill.test/v1/', 'guess'), 'secrets');
    node.create(secret('elsewhere', 'registry.example.com', 'kube-drill'), 'secrets');
    const create = (name: string, secrets: string[], more = {}) =>
      node.create(
        pod(name, { image: PRIVATE, ...SLEEP, ...more }, { imagePullSecrets: secrets.map((one) => ({ name: one })) }),
      );
    create('none', []);
    create('elsewhere', ['elsewhere']);
    create('wrong', ['wrong']);
    create('gone', ['gone', 'gone-too']);
    create('right', ['right']);
    node.advance(8);
    const start = `failed to pull and unpack image "${PRIVATE}": failed to resolve image: `;
    const nobody = `${start}pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`;
    for (const name of ['none', 'elsewhere', 'gone'])
      expect(waitingOf(node, name)?.message, name).toMatch(new RegExp(`${nobody.replace(/[.()]/g, '\\$&')}$`));
    expect(waitingOf(node, 'wrong')?.message).toContain(
      `${start}unexpected status from HEAD request to https://registry.kubedrill.test/v2/team/busybox/manifests/1.37: 401 Unauthorized`,
    );
    expect(node.events()).toContain(
      'FailedToRetrieveImagePullSecret: Unable to retrieve some image pull secrets (gone, gone-too); attempting to pull the image may not succeed.',
    );
    expect(node.pod('right').status?.phase).toBe('Running');
    // The image is there now, and only those may use it whose secret pulled it.
    create('late-none', [], { imagePullPolicy: 'Never' });
    create('late-right', ['right'], { imagePullPolicy: 'Never' });
    node.advance(5);
    expect(waitingOf(node, 'late-none')?.reason).toBe('ErrImageNeverPull');
    expect(node.pod('late-right').status?.phase).toBe('Running');
    const [record = ''] = node.host.files
      .readDirectory('/var/lib/kubelet/image_manager/pulled', { uid: 0, gid: 0, groups: [] })
      .map(({ name }) => name);
    const { credentialMapping } = JSON.parse(node.file(`/var/lib/kubelet/image_manager/pulled/${record}`));
    const [used] = credentialMapping['registry.kubedrill.test/team/busybox'].kubernetesSecrets;
    expect(used).toMatchObject({ name: 'right', namespace: 'default' });
    expect(used.credentialHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('an image that nobody knows runs, listens where its container says, and answers plainly', () => {
    const node = testNode({ programs: { 'plain-server': plainServer } });
    node.create(pod('shop', { image: 'acme/shop:1.4', ports: [{ containerPort: 8080 }] }));
    node.advance(5);
    expect(node.pod('shop').status?.phase).toBe('Running');
    const uid = node.pod('shop').metadata.uid;
    expect(node.file(`/var/log/pods/default_shop_${uid}/main/0.log`)).toMatch(/ stdout F listening on port 8080\n$/);
  });
});
