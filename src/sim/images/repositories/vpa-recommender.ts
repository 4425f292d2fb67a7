import { singleProgram } from '../single-program.js';

/** What learns what containers use, and says what they should ask for. */
export const vpaRecommender = singleProgram({
  name: 'registry.k8s.io/autoscaling/vpa-recommender',
  tags: (tag) => /^1\.(?:[4-7]\.\d|8\.[01])$/.test(tag),
  megabytes: 29,
  path: '/recommender',
  program: 'vpa-recommender',
  entrypoint: ['/recommender'],
  user: '65532',
});
