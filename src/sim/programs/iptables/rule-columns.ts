/** A rule in the columns of `iptables -L`. */
export interface RuleColumns {
  readonly target: string;
  readonly protocol: string;
  readonly inside: string;
  readonly outside: string;
  readonly source: string;
  readonly destination: string;
  readonly rest: string;
}

const MATCHES: Readonly<Record<string, (value: string, not: string) => string>> = {
  '--comment': (value) => `/* ${value} */`,
  '--dport': (value) => `dpt:${value}`,
  '--dports': (value) => `multiport dports ${value}`,
  '--sport': (value) => `spt:${value}`,
  '--dst-type': (value) => `ADDRTYPE match dst-type ${value}`,
  '--src-type': (value) => `ADDRTYPE match src-type ${value}`,
  '--mark': (value, not) => `mark match${not} ${value}`,
  '--ctstate': (value, not) => `${not === '' ? '' : '! '}ctstate ${value}`,
  '--mode': (value) => `statistic mode ${value}`,
  '--probability': (value) => `probability ${value}`,
  '--seconds': (value) => `seconds: ${value}`,
  '--name': (value) => `name: ${value}`,
  '--mask': (value) => `mask: ${value}`,
  '--to-destination': (value) => `to:${value}`,
  '--reject-with': (value) => `reject-with ${value}`,
  '--set-xmark': (value) => markWords(value),
};
const BARE: Readonly<Record<string, string>> = {
  '--rcheck': 'recent: CHECK',
  '--set': 'recent: SET',
  '--reap': 'reap',
  '--rsource': 'side: source',
  '--random-fully': 'random-fully',
};

function markWords(value: string): string {
  const [set = '', mask = ''] = value.split('/');
  return mask === '0x0' ? `MARK xor ${set}` : set === mask ? `MARK or ${set}` : `MARK xset ${value}`;
}

/** Reads a rule as iptables-save writes it into columns. `family` says what everything is called. */
export function ruleColumns(rule: string, family: 4 | 6): RuleColumns {
  const words = rule.match(/"[^"]*"|\S+/g) ?? [];
  const any = family === 4 ? '0.0.0.0/0' : '::/0';
  const columns = { target: '', protocol: 'all', inside: '*', outside: '*', source: any, destination: any };
  const rest: string[] = [];
  let not = '';
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    if (word === '!') {
      not = ' !';
      continue;
    }
    const value = (words[at + 1] ?? '').replaceAll('"', '');
    const bare = BARE[word];
    if (bare !== undefined) rest.push(bare);
    else {
      at += 1;
      const address = `${not === '' ? '' : '!'}${value.replace(/\/(?:32|128)$/, '')}`;
      if (word === '-j') columns.target = value;
      else if (word === '-p') columns.protocol = value;
      else if (word === '-s') columns.source = address;
      else if (word === '-d') columns.destination = address;
      else if (word === '-m') {
        if (['tcp', 'udp', 'sctp'].includes(value)) rest.push(value);
      } else rest.push(MATCHES[word]?.(value, not) ?? `${word} ${value}`);
    }
    not = '';
  }
  return { ...columns, rest: rest.join(' ') };
}
