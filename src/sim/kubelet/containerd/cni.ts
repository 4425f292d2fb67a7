import { formatIP, parseCIDR } from '../../api/kinds/ip-rules.js';
import { isJsonObject } from '../../api/object.js';
import type { PodSandboxConfig } from '../../api/types/cri.js';
import { CriError } from '../../client/cri-client.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { RuntimeState } from './state.js';

/** Where containerd looks for network configuration. */
const CNI_DIRECTORY = '/etc/cni/net.d';

/** Where it looks for the plugins themselves. */
const PLUGIN_DIRECTORY = '/opt/cni/bin';
/** What flannel's agent tells its plugin. */
const FLANNEL_FILE = '/run/flannel/subnet.env';

/** The network configuration in force. */
export interface CniConfig {
  readonly file: string;
  readonly name: string;
  /** The first plugin's type, and those of all. */
  readonly type: string;
  readonly types: readonly string[];
  /** The ranges pods on this host get their addresses from; `usePodCidr`: those kubelet tells. */
  readonly subnets: readonly string[];
  /** Whether ports of the host are handed on (the portmap plugin). */
  readonly mapsPorts: boolean;
}

/**
 * The first configuration by name, as go-cni loads it; undefined when there is none, or when that first one cannot be
 * used: no other is tried then.
 */
export function readCni(sys: Sys): CniConfig | undefined {
  const [file] = configFiles(sys);
  return file === undefined ? undefined : cniConfig(file, readText(sys, `${CNI_DIRECTORY}/${file}`));
}

function configFiles(sys: Sys): string[] {
  try {
    return sys
      .readDirectory(CNI_DIRECTORY)
      .map(({ name }) => name)
      .filter((name) => /\.(?:conf|conflist|json)$/.test(name))
      .sort();
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

function readText(sys: Sys, path: string): string {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}

/** What was read last: a runtime is asked for its state every second, and its network hardly ever changes. */
let lastRead: { readonly file: string; readonly text: string; readonly config: CniConfig | undefined } | undefined;

function cniConfig(file: string, text: string): CniConfig | undefined {
  if (lastRead?.text !== text || lastRead.file !== file) lastRead = { file, text, config: parseCni(file, text) };
  return lastRead.config;
}

/** Reads one configuration: a list of plugins or a single one. Undefined when it is no JSON or names no plugin. */
function parseCni(file: string, text: string): CniConfig | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const plugins = Array.isArray(value['plugins']) ? value['plugins'].filter(isJsonObject) : [value];
  const [first] = plugins;
  if (!first || typeof first['type'] !== 'string') return undefined;
  const ipam = isJsonObject(first['ipam']) ? first['ipam'] : {};
  return {
    file,
    name: String(value['name'] ?? ''),
    type: first['type'],
    types: plugins.map(({ type }) => String(type)),
    subnets: subnetsOf(ipam),
    mapsPorts: plugins.some(({ type }) => type === 'portmap'),
  };
}

function subnetsOf(ipam: Record<string, unknown>): string[] {
  const ranges = Array.isArray(ipam['ranges']) ? (ipam['ranges'] as unknown[]).flat() : [];
  const texts = [ipam['subnet'], ...ranges.map((range) => (isJsonObject(range) ? range['subnet'] : undefined))];
  return texts.filter((text): text is string => typeof text === 'string');
}

/** Gives a new sandbox its addresses, as the plugins of the configuration do. Throws `CriError` in their words. */
export function attach(sys: Sys, state: RuntimeState, id: string, { name, namespace }: PodSandboxConfig): string[] {
  const cni = readCni(sys);
  const failed = (why: string) => new CriError(`failed to setup network for sandbox "${id}": ${why}`);
  if (!cni) throw failed('cni plugin not initialized');
  for (const type of cni.types) {
    if (hasPlugin(sys, type)) continue;
    const why = `failed to find plugin "${type}" in path [${PLUGIN_DIRECTORY}]`;
    throw failed(`plugin type="${type}" failed (add): ${why}`);
  }
  const refused = (why: string) => failed(`plugin type="${cni.type}" failed (add): ${why}`);
  const subnets = cni.type === 'flannel' ? flannelSubnets(sys, refused) : ownSubnets(sys, state, cni, refused);
  const taken = new Set([...state.leases.values()].flat());
  const addresses = subnets.map((subnet, index) => {
    const address = nextAddress(state, subnet, taken);
    if (address !== undefined) return address;
    const why = `failed to allocate for range ${index}: no IP addresses available in range set`;
    throw cni.type === 'flannel'
      ? refused(`failed to delegate add: ${why}`)
      : failed(`plugin type="host-local" failed (add): ${why}`);
  });
  if (addresses.length === 0) throw refused(`no addresses for ${namespace}/${name}`);
  state.leases.set(id, addresses);
  return addresses;
}

function hasPlugin(sys: Sys, type: string): boolean {
  try {
    sys.stat(`${PLUGIN_DIRECTORY}/${type}`);
    return true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

function flannelSubnets(sys: Sys, refused: (why: string) => CriError): string[] {
  let text: string;
  try {
    text = decodeText(sys.readFile(FLANNEL_FILE));
  } catch (error) {
    if (!isErrno(error)) throw error;
    const why = `failed to load flannel 'subnet.env' file: open ${FLANNEL_FILE}: ${error.message.toLowerCase()}`;
    throw refused(`${why}. Check the flannel pod log for this node.`);
  }
  return ['FLANNEL_SUBNET', 'FLANNEL_IPV6_SUBNET'].flatMap((name) => {
    const subnet = new RegExp(`^${name}=(\\S+)$`, 'm').exec(text)?.[1];
    return subnet === undefined ? [] : [subnet];
  });
}

function ownSubnets(sys: Sys, state: RuntimeState, cni: CniConfig, refused: (why: string) => CriError): string[] {
  const told = (state.podCidr ?? '').split(',').filter((range) => range !== '');
  return cni.subnets.map((subnet) => {
    if (!subnet.startsWith('usePodCidr')) return subnet;
    const six = subnet === 'usePodCidrIPv6';
    const found = told.find((range) => range.includes(':') === six);
    if (found === undefined) throw refused(`no podCidr for node ${sys.hostname()}`);
    return found;
  });
}

/** The next free address of a range, as host-local takes them: round and round, never the first or the last. */
function nextAddress(state: RuntimeState, subnet: string, taken: ReadonlySet<string>): string | undefined {
  const block = parseCIDR(subnet);
  if (!block) return undefined;
  const bits = block.bytes.length * 8 - block.prefix;
  const base = block.bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const start = (base >> BigInt(bits)) << BigInt(bits);
  // The network's own address, the host's gateway and the broadcast address are nobody's.
  const first = 2;
  const usable = 2 ** Math.min(bits, 24) - 1 - first;
  for (let step = 0; step < usable; step += 1) {
    const offset = first + (((state.lastOffsets.get(subnet) ?? 0) + step) % usable);
    const address = addressText(start + BigInt(offset), block.bytes.length);
    if (taken.has(address)) continue;
    state.lastOffsets.set(subnet, offset - first + 1);
    return address;
  }
  return undefined;
}

function addressText(value: bigint, width: number): string {
  return formatIP(Array.from({ length: width }, (_, at) => Number((value >> BigInt(8 * (width - 1 - at))) & 255n)));
}
