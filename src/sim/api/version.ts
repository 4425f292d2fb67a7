/** The Kubernetes version this simulation speaks; worlds may show nodes and packages of other versions. */
export const VERSION_INFO = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.0',
  gitCommit: '4f1b2d1a1e4dc5c0e8a8b1cb86b6d1b8a5c3f0de',
  gitTreeState: 'clean',
  buildDate: '2026-04-22T14:07:11Z',
  goVersion: 'go1.26.1',
  compiler: 'gc',
  platform: 'linux/amd64',
} as const;

/** How OpenAPI documents name the version. */
export const OPENAPI_VERSION: string = `${VERSION_INFO.major}.${VERSION_INFO.minor}`;

/** `v1.36.0`. */
export const KUBERNETES_VERSION: string = VERSION_INFO.gitVersion;
