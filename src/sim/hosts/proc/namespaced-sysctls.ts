import type { SettingsView, Sysctls } from './sysctls.js';

/** What a container's /proc/sys shows instead of the host's settings, and whether it may be written. */
export interface NamespaceSettings {
  readonly values: ReadonlyMap<string, string>;
  readonly writable: boolean;
}

/** The kernel's settings as a container sees them: its own namespaces' before the host's. */
export class NamespacedSysctls implements SettingsView {
  readonly readOnly: boolean;
  private readonly host: Sysctls;
  private readonly values: ReadonlyMap<string, string>;

  constructor(host: Sysctls, { values, writable }: NamespaceSettings) {
    this.host = host;
    this.values = values;
    this.readOnly = !writable;
  }

  get(name: string): string | undefined {
    return this.values.get(name) ?? this.host.get(name);
  }

  /** Changes the pod's own settings where it has them, and the host's elsewhere, as a privileged container does. */
  set(name: string, value: string): void {
    if (this.values instanceof Map && this.values.has(name)) this.values.set(name, value);
    else this.host.set(name, value);
  }

  writable(name: string): boolean {
    return this.host.writable(name);
  }

  names(): Iterable<string> {
    return new Set([...this.host.names(), ...this.values.keys()]);
  }
}
