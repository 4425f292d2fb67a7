import { LATEST, type LevelVersion, type Policy } from './levels.js';

/** What a PodSecurityConfiguration says. */
export interface PodSecuritySettings {
  /** What holds where a namespace has no labels. */
  readonly defaults: Policy;
  /** Who and what is not looked at. */
  readonly exempt: {
    readonly usernames: readonly string[];
    readonly namespaces: readonly string[];
    readonly runtimeClasses: readonly string[];
  };
}

const PRIVILEGED: LevelVersion = { level: 'privileged', version: LATEST };

/** What holds without a configuration. */
export const DEFAULT_SETTINGS: PodSecuritySettings = {
  defaults: { enforce: PRIVILEGED, audit: PRIVILEGED, warn: PRIVILEGED },
  exempt: { usernames: [], namespaces: [], runtimeClasses: [] },
};
