import type { Random } from '../../kernel/random.js';

/** The settings below /proc/sys that a host starts with, as slash-separated paths; what is not here does not exist. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'fs/file-max': '9223372036854775807',
  'fs/inotify/max_user_instances': '128',
  'fs/inotify/max_user_watches': '61435',
  'fs/nr_open': '1048576',
  'fs/protected_hardlinks': '1',
  'fs/protected_symlinks': '1',
  'kernel/keys/root_maxbytes': '25000000',
  'kernel/keys/root_maxkeys': '1000000',
  'kernel/osrelease': '6.8.0-85-generic',
  'kernel/ostype': 'Linux',
  'kernel/panic': '0',
  'kernel/panic_on_oops': '0',
  'kernel/pid_max': '4194304',
  'kernel/msgmax': '8192',
  'kernel/randomize_va_space': '2',
  'kernel/sem': '32000\t1024000000\t500\t32000',
  'kernel/shm_rmid_forced': '0',
  'kernel/shmall': '18446744073692774399',
  'kernel/shmmax': '18446744073692774399',
  'net/bridge/bridge-nf-call-ip6tables': '1',
  'net/bridge/bridge-nf-call-iptables': '1',
  'net/core/somaxconn': '4096',
  'net/ipv4/conf/all/forwarding': '0',
  'net/ipv4/conf/all/rp_filter': '2',
  'net/ipv4/conf/default/rp_filter': '2',
  'net/ipv4/ip_forward': '0',
  'net/ipv4/ip_local_port_range': '32768\t60999',
  'net/ipv4/ip_local_reserved_ports': '',
  'net/ipv4/ip_unprivileged_port_start': '1024',
  'net/ipv4/ping_group_range': '1\t0',
  'net/ipv4/tcp_fin_timeout': '60',
  'net/ipv4/tcp_keepalive_intvl': '75',
  'net/ipv4/tcp_keepalive_probes': '9',
  'net/ipv4/tcp_keepalive_time': '7200',
  'net/ipv4/tcp_rmem': '4096\t131072\t6291456',
  'net/ipv4/tcp_syncookies': '1',
  'net/ipv4/tcp_wmem': '4096\t16384\t4194304',
  'net/ipv6/conf/all/disable_ipv6': '0',
  'net/ipv6/conf/all/forwarding': '0',
  'net/netfilter/nf_conntrack_max': '262144',
  'vm/max_map_count': '65530',
  'vm/overcommit_memory': '0',
  'vm/panic_on_oom': '0',
  'vm/swappiness': '60',
};

const READ_ONLY = new Set(['kernel/osrelease', 'kernel/ostype', 'kernel/hostname']);
/** Settings that the module br_netfilter brings along. */
const OF_BRIDGES = 'net/bridge/';
const BOOT_ID = 'kernel/random/boot_id';

/** The settings that one /proc/sys shows. */
export interface SettingsView {
  /** The whole of it is mounted read-only. */
  readonly readOnly?: boolean;
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  writable(name: string): boolean;
  names(): Iterable<string>;
}

/** The kernel's settings of one host, by their path below /proc/sys. */
export class Sysctls implements SettingsView {
  private readonly values = new Map<string, string>(Object.entries(DEFAULTS));

  private readonly random: Random;
  private readonly isLoaded: (module: string) => boolean;
  /** Called when pid 1 begins another life of the machine, by writing to `kernel/random/boot_id`. */
  onBoot: () => void = () => {};

  /** `isLoaded`: whether the kernel has a module, without which its settings do not exist. */
  constructor(
    hostname: string,
    random: Random,
    changes: Readonly<Record<string, string>> = {},
    isLoaded: (module: string) => boolean = () => true,
  ) {
    this.random = random;
    this.isLoaded = isLoaded;
    this.values.set('kernel/hostname', hostname);
    this.values.set(BOOT_ID, uuid(random));
    for (const [name, value] of Object.entries(changes)) this.values.set(name, value);
  }

  get(name: string): string | undefined {
    return this.exists(name) ? this.values.get(name) : undefined;
  }

  /** Changes a setting that exists. Forwarding has two names, which stay equal. */
  set(name: string, value: string): void {
    if (this.get(name) === undefined || READ_ONLY.has(name)) return;
    if (name === BOOT_ID) {
      this.values.set(name, uuid(this.random));
      this.onBoot();
      return;
    }
    this.values.set(name, value);
    if (name === 'net/ipv4/ip_forward') this.values.set('net/ipv4/conf/all/forwarding', value);
    if (name === 'net/ipv4/conf/all/forwarding') this.values.set('net/ipv4/ip_forward', value);
  }

  writable(name: string): boolean {
    return !READ_ONLY.has(name);
  }

  names(): Iterable<string> {
    return [...this.values.keys()].filter((name) => this.exists(name));
  }

  private exists(name: string): boolean {
    return !name.startsWith(OF_BRIDGES) || this.isLoaded('br_netfilter');
  }
}

function uuid(random: Random): string {
  const bytes = random.bytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
