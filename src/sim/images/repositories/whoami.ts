import { type ImageRepository, PATH } from '../image.js';
import { singleProgram } from '../single-program.js';

const image = singleProgram({
  name: 'docker.io/traefik/whoami',
  tags: (tag) => /^(?:latest|v1(?:\.(?:[6-9]|1[01])(?:\.\d)?)?)$/.test(tag),
  megabytes: 3,
  path: '/whoami',
  program: 'traefik-whoami',
  entrypoint: ['/whoami'],
});

export const whoami: ImageRepository = {
  ...image,
  canonical: (tag) => (['latest', 'v1', 'v1.11'].includes(tag) ? 'v1.11.0' : tag),
  config: () => ({ entrypoint: ['/whoami'], environment: [PATH], workingDirectory: '/', ports: ['80/tcp'] }),
};
