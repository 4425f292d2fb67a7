import type { FactPackage } from '../../../api/facts/package.js';

/** Facts of the types of pod-security.admission.config.k8s.io/v1, v0.36.0. */
const POD_SECURITY_V1: FactPackage = {
  id: 'podsecurity.v1',
  group: 'pod-security.admission.config.k8s.io',
  version: 'v1',
  prefix: '',
  kinds: 'PodSecurityConfiguration',
  types: `
PodSecurityConfiguration :0:@meta.v1.TypeMeta: defaults:0:@PodSecurityDefaults: exemptions:0:@PodSecurityExemptions:
PodSecurityDefaults enforce:0:s:o enforce-version:0:s:o audit:0:s:o audit-version:0:s:o warn:0:s:o warn-version:0:s:o
PodSecurityExemptions usernames:0:[s:o namespaces:0:[s:o runtimeClasses:0:[s:o
`,
};

/** All versions; they hold the same. */
export const POD_SECURITY_VERSIONS: readonly FactPackage[] = ['v1', 'v1beta1', 'v1alpha1'].map((version) => ({
  ...POD_SECURITY_V1,
  id: `podsecurity.${version}`,
  version,
}));
