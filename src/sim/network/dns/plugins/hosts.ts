import { decodeText } from '../../../kernel/bytes.js';
import { isErrno } from '../../../kernel/errno.js';
import { exists } from '../../../kernel/libc/exists.js';
import type { DnsRecord } from '../../../kernel/network.js';
import type { Sys } from '../../../kernel/sys.js';
import { canonicalAddress, isIpv6, parseAddress, parseAddress6 } from '../../addresses.js';
import { longestZone, reverseAddress, zoneName } from '../corefile/zone-name.js';
import { onlyCode, type PluginContext, type PluginSetup } from '../plugin.js';
import { Fallthrough, zonesOr } from './words.js';

interface Options {
  readonly path: string;
  readonly zones: readonly string[];
  readonly inline: readonly (readonly string[])[];
  readonly fall: Fallthrough;
  readonly ttl: number;
  readonly reverse: boolean;
}

/** One line: an address and the names it has. */
type Line = readonly string[];

/** The hosts plugin: names from a file in the form of /etc/hosts, and from the Corefile itself. */
export const hosts: PluginSetup = (context) => {
  const { sys } = context;
  const { path, zones, inline, fall, ttl, reverse } = readOptions(context);
  const lines = (): Line[] => [...readHosts(sys, path), ...inline];
  const addressesOf = (name: string): string[] => [
    ...new Set(
      lines()
        .filter(([, ...names]) => names.some((alias) => zoneName(alias) === name))
        .map(([address]) => address as string),
    ),
  ];
  return (next) =>
    function* answer(query) {
      const { type } = query.question;
      const name = query.question.name.toLowerCase();
      const own = longestZone(name, zones) !== undefined;
      if (!own && type !== 'PTR') return yield* next(query);
      let records: DnsRecord[];
      if (type === 'PTR') {
        const address = canonicalAddress(reverseAddress(name) ?? '');
        const known = reverse ? lines().filter(([one]) => canonicalAddress(one ?? '') === address) : [];
        const names = known.flatMap(([, ...aliases]) => aliases.map(zoneName));
        if (names.length === 0) return yield* next(query);
        records = names.map((data) => ({ name: query.question.name, type, ttl, data }));
      } else {
        const known = addressesOf(name);
        const wanted = known.filter((one) => (isIpv6(one) ? type === 'AAAA' : type === 'A'));
        if (known.length === 0) {
          // There is no SOA to deny a name with, so it fails instead.
          return fall.through(name) ? yield* next(query) : onlyCode('SERVFAIL');
        }
        records = wanted.map((data) => ({ name: query.question.name.toLowerCase(), type, ttl, data }));
      }
      return { code: 'NOERROR', authoritative: true, records };
    };
};

function readOptions({ words, zones, sys, log }: PluginContext): Options {
  const fall = new Fallthrough();
  const inline: Line[] = [];
  let [path, own, ttl, reverse] = ['/etc/hosts', zones, 3600, true];
  for (let count = 0; words.next(); count += 1) {
    if (count > 0) words.fail('this plugin can only be used once per Server Block');
    const [file, ...rest] = words.remaining();
    if (file !== undefined) {
      path = file;
      if (!exists(sys, path)) log(`[WARNING] plugin/hosts: File does not exist: ${path}`);
    }
    own = zonesOr(rest, zones);
    while (words.nextInBlock()) {
      const word = words.value;
      if (word === 'fallthrough') fall.set(words.remaining());
      else if (word === 'no_reverse') reverse = false;
      else if (word === 'ttl') {
        const [text] = words.remaining();
        if (text === undefined) return words.fail('ttl needs a time in second');
        if (!/^[-+]?\d+$/.test(text)) words.fail('ttl needs a number of second');
        ttl = Number(text);
        if (ttl <= 0 || ttl > 65_535) words.fail('ttl provided is invalid');
      } else if (word === 'reload') {
        if (words.remaining().length !== 1) words.fail('reload needs a duration (zero seconds to disable)');
      } else if (fall.isSet) words.fail(`unknown property '${word}'`);
      else inline.push([word, ...words.remaining()]);
    }
  }
  return { path, zones: own, inline: inline.filter(isLine), fall, ttl, reverse };
}

function isLine([address = '', ...names]: Line): boolean {
  const known = isIpv6(address) ? parseAddress6(address) !== undefined : parseAddress(address) !== undefined;
  return known && names.length > 0;
}

function readHosts(sys: Sys, path: string): Line[] {
  try {
    return decodeText(sys.readFile(path))
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
      .filter(isLine);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}
