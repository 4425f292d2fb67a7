import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/apimachinery/pkg/version, v0.36.0. */
export const VERSION: FactPackage = {
  id: 'version',
  group: '',
  version: '',
  prefix: 'io.k8s.apimachinery.pkg.version',
  kinds: '',
  types: `
Info major:0:s: minor:0:s: emulationMajor:0:s:o emulationMinor:0:s:o minCompatibilityMajor:0:s:o minCompatibilityMinor:0:s:o gitVersion:0:s: gitCommit:0:s: gitTreeState:0:s: buildDate:0:s: goVersion:0:s: compiler:0:s: platform:0:s:
`,
};
