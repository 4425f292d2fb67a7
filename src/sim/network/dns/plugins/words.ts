import { durationMicros } from '../../../kernel/libc/pflag.js';
import type { DnsAnswer, DnsType } from '../../../kernel/network.js';
import type { Micros } from '../../../kernel/time.js';
import { CorefileError } from '../corefile/tokens.js';
import { inZone, normalizeZones } from '../corefile/zone-name.js';

/** Zones named as arguments, else those of the server block. */
export function zonesOr(args: readonly string[], zones: readonly string[]): string[] {
  return args.length > 0 ? args.flatMap(normalizeZones) : [...zones];
}

/** Go's `time.ParseDuration`. Throws `CorefileError` in its words. */
export function duration(text: string): Micros {
  const negative = text.startsWith('-');
  const found = durationMicros(negative ? text.slice(1) : text);
  if (found !== undefined) return negative ? -found : found;
  const missing = /^-?[\d.]+$/.test(text);
  throw new CorefileError(`time: ${missing ? 'missing unit in' : 'invalid'} duration ${JSON.stringify(text)}`);
}

/** Go's `strconv.Atoi`. Throws `CorefileError` in its words. */
export function integer(text: string, parser = 'Atoi'): number {
  if (/^[-+]?\d+$/.test(text)) return Number(text);
  throw new CorefileError(`strconv.${parser}: parsing ${JSON.stringify(text)}: invalid syntax`);
}

/** For which names a plugin hands on what it does not know. */
export class Fallthrough {
  private zones: readonly string[] = [];

  get isSet(): boolean {
    return this.zones.length > 0;
  }

  set(args: readonly string[]): void {
    this.zones = args.length > 0 ? args.flatMap(normalizeZones) : ['.'];
  }

  through(name: string): boolean {
    return this.zones.some((zone) => inZone(name, zone));
  }
}

const TYPES: readonly DnsType[] = [
  'A',
  'AAAA',
  'ANY',
  'CAA',
  'CNAME',
  'HINFO',
  'HTTPS',
  'MX',
  'NAPTR',
  'NS',
  'PTR',
  'SOA',
  'SRV',
  'TXT',
];

/** The type that a word names exactly; undefined for one there is not. */
export function dnsType(word: string): DnsType | undefined {
  return TYPES.find((type) => type === word);
}

const CODES: readonly DnsAnswer['code'][] = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

/** The number of a response code, as CoreDNS writes it into messages. */
export function codeNumber(code: DnsAnswer['code']): number {
  return CODES.indexOf(code);
}

/** The response code that a word names. */
export function dnsCode(word: string): DnsAnswer['code'] | undefined {
  return CODES.find((code) => code === word);
}
