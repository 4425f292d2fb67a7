import { resolveHost } from '../client/resolver.js';
import type { InstalledProgram } from '../kernel/installed-program.js';
import { getopt, OptionError } from '../kernel/libc/getopt.js';
import { print, printError } from '../kernel/libc/streams.js';
import type { Random } from '../kernel/random.js';
import type { Sys } from '../kernel/sys.js';
import { MILLISECOND, SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import { isApplet } from './own-path.js';

const SPECS = [
  ...Array.from('46dFIlnrTUvx', (short) => ({ short })),
  ...Array.from('fgimNpqstwz', (short) => ({ short, argument: 'required' as const })),
];
const HOPS_MAX = 30;
const PROBES = 3;

function* run(sys: Sys): Waiting<number> {
  const applet = isApplet(sys);
  try {
    const { options, operands } = getopt(sys.args.slice(1), SPECS);
    const value = (name: string) => Number(options.findLast((option) => option.name === name)?.value);
    const [host] = operands;
    if (host === undefined) {
      yield* printError(
        sys,
        applet ? 'Usage: traceroute [OPTIONS] HOST [BYTES]\n' : 'Usage:\n  traceroute [ options ] host [ packetlen ]\n',
      );
      return 2;
    }
    const address = yield* addressOf(sys, host);
    if (address === undefined) {
      const words = applet
        ? `traceroute: bad address '${host}'\n`
        : `${host}: Name or service not known\nCannot handle "host" cmdline arg \`${host}' on position 1 (argc ${sys.args.length - 1})\n`;
      yield* printError(sys, words);
      return applet ? 1 : 2;
    }
    const max = value('m') || HOPS_MAX;
    const wait = (value('w') || (applet ? 3 : 5)) * SECOND;
    const named = !options.some(({ name }) => name === 'n');
    const bytes = applet ? 46 : 60;
    yield* print(sys, `traceroute to ${host} (${address}), ${max} hops max, ${bytes} byte packets\n`);
    return yield* trace(sys, { host, address, max, wait, probes: value('q') || PROBES, named, applet });
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    yield* printError(sys, `traceroute: ${error.message}\n`);
    return 2;
  }
}

interface Asked {
  readonly host: string;
  readonly address: string;
  readonly max: number;
  readonly wait: number;
  readonly probes: number;
  readonly named: boolean;
  readonly applet: boolean;
}

function* trace(sys: Sys, asked: Asked): Waiting<number> {
  const { host, address, max, wait, probes, named, applet } = asked;
  const { outcome, hops } = sys.network().echo(address);
  const random = sys.random();
  if (outcome === 'no-network') {
    yield* printError(
      sys,
      applet ? 'traceroute: sendto: Network is unreachable\n' : 'connect: Network is unreachable\n',
    );
    return 1;
  }
  for (let hop = 1; hop <= max; hop += 1) {
    const at = hops[hop - 1];
    const number = String(hop).padStart(2);
    if (at !== undefined) {
      const name = at === address && host !== address ? host : at;
      const who = named ? `${name} (${at})` : at;
      yield* print(sys, `${number}  ${who}${times(random, hop, probes, '')}\n`);
      if (outcome === 'answered' && hop === hops.length) return 0;
    } else if (outcome === 'no-host') {
      const [own = ''] = sys.network().addresses();
      yield* sys.sleep(3 * SECOND);
      yield* print(
        sys,
        `${number}  ${named ? `${sys.hostname()} (${own})` : own}${times(random, 50_000, probes, ' !H')}\n`,
      );
      return 0;
    } else {
      // busybox waits for each probe in turn, the other program sends sixteen at once.
      yield* sys.sleep(applet ? wait * probes : wait / 5);
      yield* print(sys, `${number} ${' *'.repeat(probes)}\n`);
    }
  }
  return 0;
}

function times(random: Random, hop: number, probes: number, mark: string): string {
  const one = () => ((40 + hop * 60 + random.below(90)) / MILLISECOND).toFixed(3);
  return Array.from({ length: probes }, () => `  ${one()} ms${mark}`).join('');
}

function* addressOf(sys: Sys, host: string): Waiting<string | undefined> {
  if (host.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(host)) return host;
  // traceroute asks for IPv6 only where -6 says so, or where there is nothing else.
  const found = yield* resolveHost(sys, host);
  if ('failure' in found) return undefined;
  return found.addresses.find((address) => !address.includes(':')) ?? found.addresses[0];
}

/** traceroute: which routers packets to a host go through. */
export const traceroute: InstalledProgram = {
  name: 'traceroute',
  paths: ['/usr/sbin/traceroute', '/usr/bin/traceroute'],
  run,
};
