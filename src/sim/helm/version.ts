/** The helm that is simulated, as its `version` tells. */
export const HELM_VERSION = 'v4.2.3';
export const HELM_BUILD = {
  version: HELM_VERSION,
  gitCommit: '43e8b7feece8beb0fcba47059ec9b522fd929a64',
  gitTreeState: 'clean',
  goVersion: 'go1.26.5',
  kubeClientVersion: 'v1.36',
} as const;
