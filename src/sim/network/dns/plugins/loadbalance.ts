import type { DnsRecord } from '../../../kernel/network.js';
import type { Random } from '../../../kernel/random.js';
import { CorefileError } from '../corefile/tokens.js';
import type { PluginSetup } from '../plugin.js';

/** The loadbalance plugin: aliases first, then the addresses in an order that is drawn anew each time. */
export const loadbalance: PluginSetup = ({ words, sys }) => {
  while (words.next()) {
    const [policy = 'round_robin'] = words.remaining();
    if (policy !== 'round_robin' && policy !== 'weighted') throw new CorefileError(`unknown policy: ${policy}`);
    while (words.nextInBlock()) words.remaining();
  }
  const random = sys.random().fork('loadbalance');
  return (next) =>
    function* answer(query) {
      const reply = yield* next(query);
      if (reply.unwritten || reply.code !== 'NOERROR') return reply;
      const { records, additional } = reply;
      return {
        ...reply,
        records: shuffled(records, random),
        ...(additional ? { additional: shuffled(additional, random) } : {}),
      };
    };
};

function shuffled(records: readonly DnsRecord[], random: Random): DnsRecord[] {
  const isAddress = ({ type }: DnsRecord): boolean => type === 'A' || type === 'AAAA';
  const addresses = records.filter(isAddress);
  for (let at = 0; at < addresses.length - 1; at += 1) {
    const other = at + random.below(addresses.length - at);
    [addresses[at], addresses[other]] = [addresses[other], addresses[at]] as [DnsRecord, DnsRecord];
  }
  const aliases = records.filter(({ type }) => type === 'CNAME');
  const rest = records.filter((record) => !isAddress(record) && record.type !== 'CNAME' && record.type !== 'MX');
  return [...aliases, ...rest, ...addresses, ...records.filter(({ type }) => type === 'MX')];
}
