import { type ImageRepository, PATH } from '../image.js';
import { singleProgram } from '../single-program.js';

const image = singleProgram({
  name: 'docker.io/hashicorp/http-echo',
  tags: (tag) => /^(?:latest|alpine|1|1\.0|1\.0\.0|0\.2\.[1-3])$/.test(tag),
  megabytes: 3,
  path: '/http-echo',
  program: 'http-echo',
  entrypoint: ['/http-echo'],
  user: 'nonroot',
});

/** From 1.0 on it has a text of its own; before that it ran as root. */
const isOld = (tag: string) => tag.startsWith('0.') || tag === 'alpine';

export const httpEcho: ImageRepository = {
  ...image,
  canonical: (tag) => (['latest', '1', '1.0'].includes(tag) ? '1.0.0' : tag === 'alpine' ? '0.2.3' : tag),
  config: (tag) =>
    isOld(tag)
      ? { entrypoint: ['/http-echo'], environment: [PATH], ports: ['5678/tcp'] }
      : {
          ...image.config(tag),
          environment: [PATH, 'PRODUCT_NAME=http-echo', 'ECHO_TEXT=hello-world'],
          ports: ['5678/tcp'],
        },
};
