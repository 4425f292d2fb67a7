import { alpineFiles, programFiles } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';

export const netshoot: ImageRepository = {
  name: 'docker.io/nicolaka/netshoot',
  has: (tag) => /^(?:latest|v0\.1[0-4])$/.test(tag),
  sizeBytes: () => 208_200_000,
  config: () => ({ command: ['zsh'], environment: [PATH], workingDirectory: '/root' }),
  files: () => FILES,
};

const FILES = [
  ...alpineFiles('3.22.2'),
  ...programFiles('/usr/bin', ['bash', 'curl', 'dig', 'host', 'nc', 'nslookup', 'openssl', 'ss']),
  ...programFiles('/usr/sbin', [
    'ip',
    'ip6tables',
    'ip6tables-save',
    'iptables',
    'iptables-save',
    'ipvsadm',
    'netstat',
    'nft',
    'ping',
    'traceroute',
  ]),
  { path: '/bin/zsh', program: 'bash', mode: 0o755 },
];
