import { singleProgram } from '../single-program.js';

export const localPathProvisioner = singleProgram({
  name: 'docker.io/rancher/local-path-provisioner',
  tags: (tag) => /^v0\.0\.(?:2\d|3\d)$/.test(tag),
  megabytes: 18,
  path: '/usr/bin/local-path-provisioner',
  program: 'local-path-provisioner',
  entrypoint: ['local-path-provisioner'],
});
