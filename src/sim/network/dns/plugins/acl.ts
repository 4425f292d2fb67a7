import type { DnsType } from '../../../kernel/network.js';
import { type AddressRange, contains, isIpv6, parseRange } from '../../addresses.js';
import { longestZone } from '../corefile/zone-name.js';
import { type DnsReply, onlyCode, type PluginContext, type PluginSetup } from '../plugin.js';
import { dnsType, zonesOr } from './words.js';

type Action = 'allow' | 'block' | 'filter' | 'drop';

interface Policy {
  readonly action: Action;
  readonly types: readonly (DnsType | '*')[];
  readonly ranges: readonly AddressRange[];
}

interface Rule {
  readonly zones: readonly string[];
  readonly policies: readonly Policy[];
}

/** The acl plugin: who may ask for which types; the first policy that fits decides. */
export const acl: PluginSetup = (context) => {
  const rules: Rule[] = [];
  const { words } = context;
  while (words.next()) {
    const zones = zonesOr(words.remaining(), context.zones);
    const policies: Policy[] = [];
    while (words.nextInBlock()) policies.push(readPolicy(context));
    rules.push({ zones, policies });
  }
  const judge = (name: string, type: DnsType, address: string): Action => {
    for (const { zones, policies } of rules) {
      if (longestZone(name, zones) === undefined) continue;
      const found = policies.find(
        ({ types, ranges }) =>
          (types.includes('*') || types.includes(type)) && ranges.some((range) => contains(range, address)),
      );
      if (found) return found.action;
    }
    return 'allow';
  };
  return (next) =>
    function* answer(query) {
      const { question, client } = query;
      const action = judge(question.name.toLowerCase(), question.type, client.address);
      if (action === 'allow') return yield* next(query);
      if (action === 'drop') return { ...onlyCode('NOERROR'), dropped: true };
      const code: DnsReply['code'] = action === 'block' ? 'REFUSED' : 'NOERROR';
      return { code, authoritative: false, records: [] };
    };
};

function readPolicy({ words }: PluginContext): Policy {
  const action = words.value.toLowerCase();
  if (!['allow', 'block', 'filter', 'drop'].includes(action))
    words.fail(`unexpected token ${JSON.stringify(words.value)}; expect 'allow', 'block', 'filter' or 'drop'`);
  const types: (DnsType | '*')[] = [];
  const ranges: AddressRange[] = [];
  let section: string | undefined;
  for (const word of words.remaining()) {
    if (word === 'type' || word === 'net') section = word;
    else if (section === undefined) words.fail(`unexpected token ${JSON.stringify(word)}; expect 'type | net'`);
    else if (section === 'type') {
      const type = word === '*' ? '*' : dnsType(word);
      types.push(type ?? words.fail(`unexpected token ${JSON.stringify(word)}; expect legal QTYPE`));
    } else ranges.push(...rangesOf(word, (text) => words.fail(text)));
  }
  return {
    action: action as Action,
    types: types.length > 0 ? types : ['*'],
    ranges: ranges.length > 0 ? ranges : rangesOf('*', () => undefined as never),
  };
}

function rangesOf(word: string, fail: (message: string) => never): AddressRange[] {
  if (word === '*') return [parseRange('0.0.0.0/0'), parseRange('::/0')] as AddressRange[];
  const range = parseRange(word.includes('/') ? word : `${word}/${isIpv6(word) ? 128 : 32}`);
  return range ? [range] : fail(`illegal CIDR notation ${JSON.stringify(word)}`);
}
