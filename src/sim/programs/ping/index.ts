import { type AddressFamily, resolveHost } from '../../client/resolver.js';
import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { getopt, OptionError } from '../../kernel/libc/getopt.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Random } from '../../kernel/random.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND, type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { preferredAddress } from '../busybox/preferred-address.js';
import { isApplet } from '../own-path.js';

const SPECS = [
  ...Array.from('46AbBdDfhLnOqrRUvV', (short) => ({ short })),
  ...Array.from('cFiIlMmpQsStTwW', (short) => ({ short, argument: 'required' as const })),
];
const TTL = 64;
/** Neighbours are given up after three tries, a second apart. */
const UNREACHABLE_AFTER = 3 * SECOND;

/** One run: what was asked, and what has come of it. */
interface Run {
  readonly applet: boolean;
  readonly host: string;
  readonly address: string;
  readonly count: number;
  readonly interval: Micros;
  readonly wait: Micros;
  readonly deadline: Micros;
  readonly size: number;
  readonly quiet: boolean;
  readonly random: Random;
  sent: number;
  errors: number;
  readonly times: Micros[];
}

function* run(sys: Sys): Waiting<number> {
  const applet = isApplet(sys);
  try {
    const { options, operands } = getopt(sys.args.slice(1), SPECS);
    const value = (name: string) => options.findLast((option) => option.name === name)?.value;
    const [host] = operands;
    if (host === undefined) {
      yield* printError(sys, applet ? usage() : 'ping: usage error: Destination address required\n');
      return applet ? 1 : 2;
    }
    const families = options.flatMap(({ name }) => (name === '4' ? [4 as const] : name === '6' ? [6 as const] : []));
    const address = yield* addressOf(sys, host, families, applet);
    if (address === undefined) {
      const words = applet ? `ping: bad address '${host}'\n` : `ping: ${host}: Name or service not known\n`;
      yield* printError(sys, words);
      return applet ? 1 : 2;
    }
    const seconds = (name: string, otherwise: number) => (Number(value(name)) || otherwise) * SECOND;
    const started = sys.now();
    return yield* ping(sys, {
      applet,
      host,
      address,
      count: Number(value('c')) || Number.POSITIVE_INFINITY,
      interval: seconds('i', 1),
      wait: seconds('W', 10),
      deadline: value('w') === undefined ? Number.POSITIVE_INFINITY : started + seconds('w', 1),
      size: Number(value('s') ?? 56),
      quiet: options.some(({ name }) => name === 'q'),
      random: sys.random(),
      sent: 0,
      errors: 0,
      times: [],
    });
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    yield* printError(sys, `ping: ${error.message}\n`);
    return applet ? 1 : 2;
  }
}

function usage(): string {
  return 'BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.\n\nUsage: ping [OPTIONS] HOST\n';
}

function* addressOf(
  sys: Sys,
  host: string,
  families: readonly AddressFamily[],
  applet: boolean,
): Waiting<string | undefined> {
  if (host.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(host)) return host;
  const found = yield* resolveHost(sys, host, families.length > 0 ? families.slice(-1) : undefined);
  if ('failure' in found) return undefined;
  return applet ? preferredAddress(sys, found.addresses) : found.addresses[0];
}

function* ping(sys: Sys, run: Run): Waiting<number> {
  const { applet, host, address, size } = run;
  const head = applet
    ? `PING ${host} (${address}): ${size} data bytes\n`
    : `PING ${host} (${address}) ${size}(${size + 28}) bytes of data.\n`;
  if (sys.network().echo(address).outcome === 'no-network') {
    if (applet) yield* print(sys, head);
    yield* printError(sys, `ping: ${applet ? 'sendto' : 'connect'}: Network is unreachable\n`);
    return applet ? 1 : 2;
  }
  yield* print(sys, head);
  const started = sys.now();
  sys.onSignal('INT', 'catch');
  try {
    while (run.sent < run.count && sys.now() < run.deadline) {
      const last = yield* sendOne(sys, run);
      if (run.sent >= run.count) {
        if (!last) yield* sys.sleep(Math.max(0, Math.min(run.wait, run.deadline - sys.now())));
        break;
      }
      yield* sys.sleep(Math.max(0, Math.min(run.interval, run.deadline - sys.now())));
    }
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error;
    yield* print(sys, applet ? '' : '\n');
  }
  yield* print(sys, summary(run, sys.now() - started));
  return run.times.length > 0 ? 0 : 1;
}

/** Sends one request; true when something came back. */
function* sendOne(sys: Sys, run: Run): Waiting<boolean> {
  const { applet, host, address, size, quiet } = run;
  const { outcome, hops } = sys.network().echo(address);
  run.sent += 1;
  if (outcome === 'answered') {
    // Each router on the way takes its time.
    const time = 40 + hops.length * 60 + run.random.below(120);
    run.times.push(time);
    const from = host === address || applet ? address : `${host} (${address})`;
    const ttl = TTL - (hops.length - 1);
    const sequence = applet ? `seq=${run.sent - 1}` : `icmp_seq=${run.sent}`;
    const took = (time / MILLISECOND).toFixed(3);
    if (!quiet) yield* print(sys, `${size + 8} bytes from ${from}: ${sequence} ttl=${ttl} time=${took} ms\n`);
    return true;
  }
  if (outcome !== 'no-host' || applet) return false;
  yield* sys.sleep(run.sent === 1 ? UNREACHABLE_AFTER : 0);
  run.errors += 1;
  const [own = ''] = sys.network().addresses();
  if (!quiet) yield* print(sys, `From ${own} icmp_seq=${run.sent} Destination Host Unreachable\n`);
  return true;
}

function summary({ applet, host, sent, errors, times }: Run, span: Micros): string {
  const loss = sent === 0 ? 0 : Math.floor(((sent - times.length) / sent) * 100);
  const title = `\n--- ${host} ping statistics ---\n`;
  const sum = times.reduce((total, time) => total + time, 0);
  const [least, most] = [Math.min(...times), Math.max(...times)];
  const average = sum / times.length;
  const text = (time: number) => (time / MILLISECOND).toFixed(3);
  if (applet) {
    const line = `${sent} packets transmitted, ${times.length} packets received, ${loss}% packet loss\n`;
    const trip = `round-trip min/avg/max = ${text(least)}/${text(average)}/${text(most)} ms\n`;
    return `${title}${line}${times.length > 0 ? trip : ''}`;
  }
  const failed = errors > 0 ? `, +${errors} errors` : '';
  const took = Math.floor(span / MILLISECOND);
  const line = `${sent} packets transmitted, ${times.length} received${failed}, ${loss}% packet loss, time ${took}ms\n`;
  const deviation = Math.sqrt(times.reduce((total, time) => total + (time - average) ** 2, 0) / times.length);
  const trip = `rtt min/avg/max/mdev = ${text(least)}/${text(average)}/${text(most)}/${text(deviation)} ms\n`;
  return `${title}${line}${times.length > 0 ? trip : '\n'}`;
}

/** ping: asks whether a host answers; busybox's applet in containers, iputils' program on hosts. */
export const pingProgram: InstalledProgram = { name: 'ping', paths: ['/usr/bin/ping'], run };
