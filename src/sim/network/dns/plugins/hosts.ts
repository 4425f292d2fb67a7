import { decodeText } from '../../../kernel/bytes.js';
import { isErrno } from '../../../kernel/errno.js';
import type { DnsAnswer } from '../../../kernel/network.js';
import { reverseAddress } from '../cluster-names.js';
import { inZone, zoneName } from '../corefile.js';
import type { PluginSetup } from '../plugin.js';

const OPTIONS = new Set(['fallthrough', 'ttl', 'no_reverse', 'reload']);

/** The hosts plugin: names from a file in the form of /etc/hosts, or written in the Corefile itself. */
export const hosts: PluginSetup = ({ directive, sys }) => {
  const [first, ...rest] = directive.args;
  const file = first?.startsWith('/') ? first : '/etc/hosts';
  const zones = (first === undefined || first.startsWith('/') ? rest : directive.args).map(zoneName);
  const inline = directive.block.filter(({ name }) => !OPTIONS.has(name)).map(({ name, args }) => [name, ...args]);
  const passOn = directive.block.find(({ name }) => name === 'fallthrough')?.args.map(zoneName);
  const ttl = Number(directive.block.find(({ name }) => name === 'ttl')?.args[0] ?? 3600);
  const lines = (): string[][] => [
    ...(first?.startsWith('/') || inline.length === 0 ? readHosts(() => decodeText(sys.readFile(file))) : []),
    ...inline,
  ];
  return (next) =>
    function* answer(question) {
      const name = question.name.toLowerCase();
      if (zones.length > 0 && !zones.some((zone) => inZone(name, zone))) return yield* next(question);
      const known = lines();
      const reverse = reverseAddress(name);
      const found = (data: string[], type: 'A' | 'PTR'): DnsAnswer => ({
        code: 'NOERROR',
        authoritative: true,
        records: data.map((value) => ({ name, type, ttl, data: value })),
      });
      if (reverse !== undefined && question.type === 'PTR') {
        const names = known
          .filter(([address]) => address === reverse)
          .flatMap(([, ...aliases]) => aliases.map(zoneName));
        if (names.length > 0) return found(names, 'PTR');
      }
      const addresses = known
        .filter(([, ...aliases]) => aliases.some((alias) => zoneName(alias) === name))
        .map(([address]) => address as string);
      if (addresses.length > 0)
        return question.type === 'A'
          ? found(
              addresses.filter((address) => address.includes('.')),
              'A',
            )
          : found([], 'A');
      const falls = passOn !== undefined && (passOn.length === 0 || passOn.some((zone) => inZone(name, zone)));
      return falls ? yield* next(question) : { code: 'NXDOMAIN', authoritative: true, records: [] };
    };
};

function readHosts(read: () => string): string[][] {
  try {
    return read()
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
      .filter(([address, ...names]) => address !== '' && names.length > 0);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}
