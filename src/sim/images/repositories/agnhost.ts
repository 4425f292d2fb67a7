import { alpineFiles, programFiles } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';

export const agnhost: ImageRepository = {
  name: 'registry.k8s.io/e2e-test-images/agnhost',
  has: (tag) => /^2\.(?:[1-9]|[1-5]\d|6[0-3])(?:\.0)?$/.test(tag),
  sizeBytes: () => 52_763_986,
  config: () => ({
    entrypoint: ['/agnhost'],
    command: ['pause'],
    environment: [PATH],
    workingDirectory: '/',
    ports: ['80/tcp', '5000/tcp', '8080/tcp', '8081/tcp', '9376/tcp'],
  }),
  files: () => FILES,
};

const FILES = [
  ...alpineFiles('3.21.3', ['user-defined-in-image:x:1000:1000::/home/user-defined-in-image:/bin/sh']),
  ...programFiles('/usr/bin', ['bash', 'curl', 'dig', 'host', 'nc', 'nslookup', 'ss']),
  { path: '/agnhost', program: 'agnhost', mode: 0o755 },
  { path: '/agnhost-2', link: 'agnhost' },
  { path: '/uploads', directory: true as const },
];
