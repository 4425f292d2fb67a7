import { describe, expect, test } from 'vitest';
import { loadKubeconfig } from '../../../../src/sim/client/kubeconfig/load.js';
import { resolveContext, transportConfigOf } from '../../../../src/sim/client/kubeconfig/resolve.js';
import { writeKubeconfig } from '../../../../src/sim/client/kubeconfig/write.js';
import { encodeText } from '../../../../src/sim/kernel/bytes.js';
import { Errno } from '../../../../src/sim/kernel/errno.js';
import type { Sys } from '../../../../src/sim/kernel/sys.js';

function files(content: Record<string, string>, environment: Record<string, string> = {}): Sys {
  const read = (path: string) => {
    const text = content[path];
    if (text === undefined) throw new Errno('ENOENT');
    return encodeText(text);
  };
  return {
    readFile: read,
    stat: (path: string) => read(path),
    directory: () => '/work',
    environment: new Map(Object.entries({ HOME: '/root', ...environment })),
  } as unknown as Sys;
}

const one = writeKubeconfig({
  cluster: 'one',
  server: 'https://1.1.1.1:6443',
  authorities: 'CA',
  user: 'u',
  certificate: 'CERT',
  key: 'KEY',
});
const two = writeKubeconfig({
  cluster: 'two',
  server: 'https://2.2.2.2:6443',
  authorities: 'CA2',
  user: 'u',
  token: 'T',
  namespace: 'n',
});

describe('loading', () => {
  test("the home directory's file, with its data", () => {
    const sys = files({ '/root/.kube/config': one });
    const resolved = resolveContext(loadKubeconfig(sys));
    expect(resolved).toMatchObject({ contextName: 'u@one', namespace: 'default', namespaceGiven: false });
    expect(transportConfigOf(sys, resolved)).toMatchObject({
      server: 'https://1.1.1.1:6443',
      tls: { authorities: 'CA', certificate: 'CERT', key: 'KEY' },
    });
  });

  test('of several files the first to say something wins; missing ones are left out', () => {
    const sys = files({ '/a': one, '/b': two }, { KUBECONFIG: '/a:/missing:/b' });
    const config = loadKubeconfig(sys);
    expect(config.currentContext).toBe('u@one');
    expect([...config.clusters.keys()]).toEqual(['one', 'two']);
    expect(config.users.get('u')).not.toHaveProperty('token');
    expect(resolveContext(config, { context: 'u@two' }).namespace).toBe('n');
  });

  test("paths are taken from the file's directory", () => {
    const text =
      'apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster: {server: "https://x", certificate-authority: ../ca.crt}\ncurrent-context: k\ncontexts:\n- name: k\n  context: {cluster: c, user: u}\nusers:\n- name: u\n  user: {token: t}\n';
    const sys = files({ '/etc/k/conf': text, '/etc/ca.crt': 'CA' });
    expect(transportConfigOf(sys, resolveContext(loadKubeconfig(sys, '/etc/k/conf'))).tls?.authorities).toBe('CA');
  });

  test.each([
    ['explicit and missing', {}, '/x', 'stat /x: no such file or directory'],
    ['no YAML', { '/x': 'a: [' }, '/x', /^error loading config file "\/x": yaml: /],
  ])('%s', (_title, content, path, message) => {
    expect(() => loadKubeconfig(files(content as Record<string, string>), path)).toThrow(message);
  });
});

describe("what cannot be used, in clientcmd's words", () => {
  const config = () => loadKubeconfig(files({ '/root/.kube/config': one }));
  test.each([
    [{ context: 'nope' }, 'context "nope" does not exist'],
    [{ cluster: 'nope' }, 'cluster "nope" does not exist'],
    [{ user: 'nope' }, 'auth info "nope" does not exist'],
  ])('%o', (overrides, message) => {
    expect(() => resolveContext(config(), overrides)).toThrow(message);
  });

  test('a user that is not there, and a certificate without key', () => {
    const broken = config();
    broken.users.clear();
    expect(() => resolveContext(broken)).toThrow('invalid configuration: user "u" was not found for context "u@one"');
    const keyless = config();
    delete keyless.users.get('u')?.['client-key-data'];
    expect(() => resolveContext(keyless)).toThrow(
      'invalid configuration: client-key-data or client-key must be specified for u to use the clientCert authentication method.',
    );
  });

  test('nothing at all is the local server', () => {
    const sys = files({});
    expect(transportConfigOf(sys, resolveContext(loadKubeconfig(sys))).server).toBe('http://localhost:8080');
  });
});
