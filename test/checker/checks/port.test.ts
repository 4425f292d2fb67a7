import { expect, test } from 'vitest';
import type { Subject } from '../../../src/checker/rubric.js';
import { judged, saying } from '../graded.js';

/** As iproute2's ss prints them. */
const SS = `
tcp   LISTEN 0      4096            *:10250            *:*    users:(("kubelet",pid=6,fd=7))
tcp   LISTEN 0      4096    127.0.0.1:2379       0.0.0.0:*    users:(("etcd",pid=18,fd=7))
tcp   LISTEN 0      4096   172.30.1.2:2379       0.0.0.0:*    users:(("etcd",pid=18,fd=8))
tcp   LISTEN 0      128       0.0.0.0:22         0.0.0.0:*    users:(("sshd",pid=9,fd=3))
tcp   LISTEN 0      128          [::]:22            [::]:*    users:(("sshd",pid=9,fd=4))
tcp   LISTEN 0      511     127.0.0.1:80         0.0.0.0:*    users:(("nginx",pid=12,fd=6),("nginx",pid=11,fd=6))
tcp   LISTEN 0      1           [::1]:631           [::]:*
udp   UNCONN 0      0      127.0.0.53%lo:53      0.0.0.0:*    users:(("systemd-resolve",pid=5,fd=12))
`;
const port = (number: number | string, more: object = {}): Subject => ({ port: { host: 'node01', number, ...more } });

test.each<[Subject, string]>([
  [port(10250), '✓ somebody listens on tcp port 10250 / kubelet listens on all addresses'],
  [port('10250'), '✓ somebody listens on tcp port 10250 / kubelet listens on all addresses'],
  [port(1025), '✗ somebody listens on tcp port 1025 / nobody listens there on cka1-node1'],
  [port(10250, { listening: false }), '✗ nobody listens on tcp port 10250 / kubelet listens on all addresses'],
  [port(10255, { listening: false }), '✓ nobody listens on tcp port 10255 / nobody listens there on cka1-node1'],
  [port(53), '✗ somebody listens on tcp port 53 / nobody listens there on cka1-node1'],
  [
    port(53, { protocol: 'udp', address: '127.0.0.53' }),
    '✓ somebody listens on udp port 53 of 127.0.0.53 / systemd-resolve listens on 127.0.0.53',
  ],
  [
    port(2379, { address: '172.30.1.2', by: 'etcd' }),
    '✓ etcd listens on tcp port 2379 of 172.30.1.2 / etcd listens on 127.0.0.1, etcd listens on 172.30.1.2',
  ],
  [
    port(2379, { address: '*' }),
    '✗ somebody listens on tcp port 2379 of all addresses / etcd listens on 127.0.0.1, etcd listens on 172.30.1.2',
  ],
  [
    port(2379, { address: '*', listening: false }),
    '✓ nobody listens on tcp port 2379 of all addresses / etcd listens on 127.0.0.1, etcd listens on 172.30.1.2',
  ],
  [
    port(22, { address: '0.0.0.0' }),
    '✓ somebody listens on tcp port 22 of all addresses / sshd listens on all addresses, sshd listens on all addresses',
  ],
  [
    port(22, { address: '127.0.0.1' }),
    '✗ somebody listens on tcp port 22 of 127.0.0.1 / sshd listens on all addresses, sshd listens on all addresses',
  ],
  [port(80, { by: 'nginx' }), '✓ nginx listens on tcp port 80 / nginx listens on 127.0.0.1'],
  [port(80, { by: 'apache2' }), '✗ apache2 listens on tcp port 80 / nginx listens on 127.0.0.1'],
  [
    port(80, { by: 'apache2', listening: false }),
    '✓ apache2 does not listen on tcp port 80 / nginx listens on 127.0.0.1',
  ],
  [port(80, { by: 'nginx', listening: false }), '✗ nginx does not listen on tcp port 80 / nginx listens on 127.0.0.1'],
  [port(631, { address: '::1' }), '✓ somebody listens on tcp port 631 of ::1 / somebody listens on ::1'],
])('%j: %s', async (subject, says) => {
  expect(await saying(subject, { run: () => ({ stdout: SS }) })).toBe(says);
});

test('a host without ss leaves it undecided, also that nobody listens', async () => {
  const run = () => ({ code: 127, stderr: 'bash: ss: command not found\n' });
  const { result } = await judged(port(80, { listening: false }), { run });
  expect(result).toMatchObject({
    undecided: true,
    found: 'the sockets of cka1-node1 cannot be listed: bash: ss: command not found',
  });
});
