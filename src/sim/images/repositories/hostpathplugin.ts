import { singleProgram } from '../single-program.js';

export const hostpathplugin = singleProgram({
  name: 'registry.k8s.io/sig-storage/hostpathplugin',
  tags: (tag) => /^v1\.\d{1,2}\.\d{1,2}$/.test(tag),
  megabytes: 48,
  path: '/hostpathplugin',
  program: 'hostpathplugin',
  entrypoint: ['/hostpathplugin'],
});
