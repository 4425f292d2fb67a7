import { isJsonObject } from '../../api/object.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { RuntimeState } from './state.js';

/** Where containerd looks for network configuration. */
const CNI_DIRECTORY = '/etc/cni/net.d';

/** The network configuration in force. */
export interface CniConfig {
  readonly file: string;
  readonly name: string;
  /** The range pods on this host get their addresses from; `usePodCidr`: the one kubelet tells. */
  readonly subnet: string | undefined;
}

/** The first configuration by name that can be read, as libcni picks it; undefined when there is none. */
export function readCni(sys: Sys): CniConfig | undefined {
  for (const file of configFiles(sys)) {
    const config = cniConfig(file, readText(sys, `${CNI_DIRECTORY}/${file}`));
    if (config) return config;
  }
  return undefined;
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
  return { file, name: String(value['name'] ?? ''), subnet: subnetOf(ipam) };
}

function subnetOf(ipam: Record<string, unknown>): string | undefined {
  const ranges = Array.isArray(ipam['ranges']) ? (ipam['ranges'] as unknown[]).flat() : [];
  const texts = [ipam['subnet'], ...ranges.map((range) => (isJsonObject(range) ? range['subnet'] : undefined))];
  return texts.find(
    (text): text is string => typeof text === 'string' && /^(?:usePodCidr|\d+\.\d+\.\d+\.\d+\/\d+)$/.test(text),
  );
}

/** Gives a sandbox the next free address of a range, as host-local does: round and round, never the first or the last. */
export function leaseAddress(state: RuntimeState, subnet: string, sandboxId: string): string | undefined {
  const [base = '', bits = ''] = subnet.split('/');
  const size = 2 ** (32 - Number(bits));
  const start = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const taken = new Set(state.leases.values());
  // The network's own address, the host's gateway and the broadcast address are nobody's.
  const first = 2;
  const usable = size - 1 - first;
  for (let step = 0; step < usable; step += 1) {
    const offset = first + ((state.lastAddress + step) % usable);
    const address = formatAddress(start + offset);
    if (taken.has(address)) continue;
    state.leases.set(sandboxId, address);
    state.lastAddress = offset - first + 1;
    return address;
  }
  return undefined;
}

function formatAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
