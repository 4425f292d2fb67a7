import type { FactPackage } from '../../api/facts/package.js';

/** Facts of the types of apiserver.config.k8s.io/v1 that admission has, v0.36.0. */
export const APISERVER_CONFIG_V1: FactPackage = {
  id: 'apiserver.config.v1',
  group: 'apiserver.config.k8s.io',
  version: 'v1',
  prefix: '',
  kinds: 'AdmissionConfiguration',
  types: `
AdmissionConfiguration :0:@meta.v1.TypeMeta: plugins:0:[@AdmissionPluginConfiguration:
AdmissionPluginConfiguration name:0:s: path:0:s: configuration:0:*R:
`,
};

/** The same types as they were first. */
export const APISERVER_V1ALPHA1: FactPackage = {
  ...APISERVER_CONFIG_V1,
  id: 'apiserver.v1alpha1',
  group: 'apiserver.k8s.io',
  version: 'v1alpha1',
};
