/** The kernel of every host (Ubuntu 24.04). */
export const KERNEL_RELEASE = '6.8.0-85-generic';

/** A part of the kernel that can be loaded: its size in bytes, where its file lies, and what it needs. */
interface KernelModule {
  readonly size: number;
  readonly folder: string;
  readonly needs: readonly string[];
}

const module = (size: number, folder: string, ...needs: string[]): KernelModule => ({ size, folder, needs });

/** What lies below /lib/modules, as far as tasks on nodes name it (Ubuntu 24.04's 6.8 kernel; sizes from knowledge). */
const KERNEL_MODULES: ReadonlyMap<string, KernelModule> = new Map([
  ['br_netfilter', module(32_768, 'net/bridge', 'bridge')],
  ['bridge', module(421_888, 'net/bridge', 'stp', 'llc')],
  ['dummy', module(12_288, 'drivers/net')],
  ['ip_vs', module(221_184, 'net/netfilter/ipvs', 'nf_conntrack', 'libcrc32c')],
  ['ip_vs_rr', module(12_288, 'net/netfilter/ipvs', 'ip_vs')],
  ['ip_vs_sh', module(12_288, 'net/netfilter/ipvs', 'ip_vs')],
  ['ip_vs_wrr', module(12_288, 'net/netfilter/ipvs', 'ip_vs')],
  ['libcrc32c', module(12_288, 'lib')],
  ['llc', module(16_384, 'net/llc')],
  ['nf_conntrack', module(200_704, 'net/netfilter', 'nf_defrag_ipv6', 'nf_defrag_ipv4', 'libcrc32c')],
  ['nf_defrag_ipv4', module(12_288, 'net/ipv4/netfilter')],
  ['nf_defrag_ipv6', module(24_576, 'net/ipv6/netfilter')],
  ['overlay', module(212_992, 'fs/overlayfs')],
  ['stp', module(12_288, 'net/802', 'llc')],
]);

/** Which modules a host's kernel has loaded, the newest last. */
export class Modules {
  private loaded: string[] = [];

  has(name: string): boolean {
    return this.loaded.includes(name);
  }

  /** Those that need one, of those that are loaded. */
  holders(name: string): string[] {
    return this.loaded.filter((other) => KERNEL_MODULES.get(other)?.needs.includes(name)).reverse();
  }

  /** Loads a module behind those it needs; what does not exist is not loaded. */
  load(name: string): void {
    const found = KERNEL_MODULES.get(name);
    if (!found || this.has(name)) return;
    for (const needed of found.needs) this.load(needed);
    this.loaded.push(name);
  }

  /** Takes a module out that nobody needs. */
  unload(name: string): void {
    if (this.holders(name).length === 0) this.loaded = this.loaded.filter((other) => other !== name);
  }

  /** The kernel as it has just been started. */
  clear(): void {
    this.loaded = [];
  }

  /** /proc/modules. */
  text(): string {
    return this.loaded
      .toReversed()
      .map((name) => {
        const holders = this.holders(name);
        const by = holders.length === 0 ? '-' : `${holders.join(',')},`;
        return `${name} ${KERNEL_MODULES.get(name)?.size} ${holders.length} ${by} Live 0x0000000000000000\n`;
      })
      .join('');
  }
}

/** modules.dep of depmod(8): every module's file, and behind it those of all that it needs, the nearest first. */
export function moduleDependencies(): string {
  const fileOf = (name: string) => `kernel/${KERNEL_MODULES.get(name)?.folder}/${name}.ko.zst`;
  const needed = (name: string): string[] => {
    const needs = KERNEL_MODULES.get(name)?.needs ?? [];
    return [...needs, ...needs.flatMap(needed)];
  };
  return [...KERNEL_MODULES.keys()]
    .map((name) => `${[`${fileOf(name)}:`, ...[...new Set(needed(name))].map(fileOf)].join(' ')}\n`)
    .join('');
}

/** The modules that files of modules-load.d(5) name. */
export function namedModules(texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !/^[#;]/.test(line)),
  );
}
