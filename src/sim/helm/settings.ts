import type { Sys } from '../kernel/sys.js';
import type { Flags } from '../kubectl/cobra/flags.js';

/** Where helm keeps its things, and how it reaches the cluster: flags, then the environment, then defaults. */
export class Settings {
  readonly repositoryConfig: string;
  readonly repositoryCache: string;
  readonly contentCache: string;
  readonly registryConfig: string;
  readonly plugins: string;
  readonly debug: boolean;

  constructor(
    private readonly sys: Sys,
    private readonly flags: Flags,
  ) {
    const pick = (flag: string, name: string, otherwise: string): string =>
      flags.has(flag) ? flags.text(flag) : (sys.environment.get(name) ?? otherwise);
    this.repositoryConfig = pick(
      'repository-config',
      'HELM_REPOSITORY_CONFIG',
      `${this.configHome()}/repositories.yaml`,
    );
    this.repositoryCache = pick('repository-cache', 'HELM_REPOSITORY_CACHE', `${this.cacheHome()}/repository`);
    this.contentCache = pick('content-cache', 'HELM_CONTENT_CACHE', `${this.cacheHome()}/content`);
    this.registryConfig = pick('registry-config', 'HELM_REGISTRY_CONFIG', `${this.configHome()}/registry/config.json`);
    this.plugins = sys.environment.get('HELM_PLUGINS') ?? `${this.dataHome()}/plugins`;
    this.debug = flags.bool('debug') || /^(?:1|t|true)$/i.test(sys.environment.get('HELM_DEBUG') ?? '');
  }

  cacheHome(): string {
    return this.home('HELM_CACHE_HOME', 'XDG_CACHE_HOME', '.cache');
  }

  configHome(): string {
    return this.home('HELM_CONFIG_HOME', 'XDG_CONFIG_HOME', '.config');
  }

  dataHome(): string {
    return this.home('HELM_DATA_HOME', 'XDG_DATA_HOME', '.local/share');
  }

  private home(own: string, xdg: string, otherwise: string): string {
    const { environment } = this.sys;
    const base = environment.get(xdg);
    return environment.get(own) || (base ? `${base}/helm` : `${environment.get('HOME') ?? ''}/${otherwise}/helm`);
  }

  /** The largest number of revisions that are kept of a release. */
  historyMax(): number {
    if (this.flags.has('history-max')) return this.flags.number('history-max');
    const set = Number(this.sys.environment.get('HELM_MAX_HISTORY') ?? '');
    return Number.isInteger(set) && set > 0 ? set : 10;
  }

  /** A setting of the cluster's access: flag or environment; empty when neither says anything. */
  access(flag: string, name: string): string {
    return this.flags.text(flag) || (this.sys.environment.get(name) ?? '');
  }
}
