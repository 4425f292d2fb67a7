/** A Corefile, and what is asked of the server that it starts: words of dig after the server and the port. */
export interface CorednsCase {
  readonly id: string;
  readonly corefile: string;
  /** Files beside the Corefile, which names them by `DIR`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly ask?: readonly string[];
}

/** The port that is asked; other ports of a case are its own upstreams. */
export const PORT = 1053;

const on = (text: string, port = PORT): string => `.:${port} {\n${text}\n}\n`;
const UPSTREAM = on(
  `hosts {
  192.0.2.1 one.example.com
  192.0.2.2 two.example.com
  2001:db8::1 one.example.com
}`,
  1054,
);
const FULL = '+nocookie';
const SHORT = '+short';

/** Corefiles that CoreDNS serves, and questions to it. */
const ANSWERED: readonly CorednsCase[] = [
  {
    id: 'hosts in the Corefile',
    corefile: on(`hosts {
  10.0.0.1 example.org www.example.org
  10.0.0.2 example.org
  fe80::1 example.org
  10.0.0.3 UPPER.example.org
  nonsense line.example.org
}
errors
log`),
    ask: [
      `${FULL} example.org`,
      'example.org AAAA',
      'example.org MX',
      'www.example.org AAAA',
      'nothere.example.org',
      'upper.example.org',
      'Example.ORG',
      '-x 10.0.0.1',
      '-x fe80::1',
      '-x 10.9.9.9',
      `${SHORT} example.org AAAA`,
      '+noall +answer www.example.org',
      'line.example.org',
    ],
  },
  {
    id: 'hosts from a file, with a zone, ttl and fallthrough',
    files: { 'names.txt': '# comment\n10.1.0.1 a.internal b.internal # more\n10.1.0.2\ta.internal\n' },
    corefile: on(`hosts DIR/names.txt internal {
  10.1.0.3 c.internal
  ttl 60
  no_reverse
  fallthrough
}
template ANY ANY {
  rcode NXDOMAIN
  authority "{{ .Zone }} 60 IN SOA ns.example. admin.example. 1 2 3 4 5"
}`),
    ask: ['+noall +answer a.internal', '+short c.internal', 'd.internal', 'a.elsewhere', '-x 10.1.0.1'],
  },
  {
    id: 'rewrite name exact',
    corefile:
      on(`rewrite name web.old.example one.example.com
forward . 127.0.0.1:1054`) + UPSTREAM,
    ask: ['web.old.example', 'one.example.com +short', 'other.old.example'],
  },
  {
    id: 'rewrite name suffix with answer auto',
    corefile:
      on(`rewrite name suffix .my.test .example.com answer auto
forward . 127.0.0.1:1054`) + UPSTREAM,
    ask: ['+noall +answer one.my.test', '+noall +answer two.my.test', '+noall +answer one.example.com'],
  },
  {
    id: 'rewrite name suffix without answer',
    corefile:
      on(`rewrite name suffix .my.test .example.com
forward . 127.0.0.1:1054`) + UPSTREAM,
    ask: ['one.my.test'],
  },
  {
    id: 'rewrite name regex with an answer rule',
    corefile:
      on(`rewrite stop {
  name regex (.*)\\.my\\.test {1}.example.com
  answer name (.*)\\.example\\.com {1}.my.test
}
forward . 127.0.0.1:1054`) + UPSTREAM,
    ask: ['+noall +answer one.my.test', '+noall +comments one.nowhere.test'],
  },
  {
    id: 'rewrite name prefix and substring match whole labels',
    corefile:
      on(`rewrite name prefix zero one answer auto
rewrite name substring wrong example answer auto
forward . 127.0.0.1:1054`) + UPSTREAM,
    ask: ['+noall +answer zero.example.com', '+noall +answer one.wrong.com', '+noall +comments xzero.example.com'],
  },
  {
    id: 'rewrite continue then stop',
    corefile:
      on(`rewrite continue name first.test second.test
rewrite stop name second.test one.example.com
rewrite name one.example.com two.example.com
forward . 127.0.0.1:1054`) + UPSTREAM,
    ask: ['+noall +answer first.test', '+noall +answer second.test'],
  },
  {
    id: 'rewrite type, ttl and rcode',
    corefile:
      on(`rewrite type AAAA A
rewrite ttl one.example.com 30
rewrite ttl suffix two.example.com 60-90
rewrite rcode regex .* SERVFAIL NXDOMAIN
forward . 127.0.0.1:1054`) + UPSTREAM,
    ask: ['+noall +comments +question one.example.com AAAA', '+noall +answer one.example.com'],
  },
  {
    id: 'rewrite ttl alone',
    corefile:
      on(`rewrite ttl one.example.com 30
rewrite ttl suffix two.example.com -90
forward . 127.0.0.1:1054`) + UPSTREAM,
    ask: ['+noall +answer one.example.com', '+noall +answer two.example.com'],
  },
  {
    id: 'template',
    corefile: on(`template IN A my.test {
  match ^ip-(?P<a>[0-9]*)-(?P<b>[0-9]*)-(?P<c>[0-9]*)-(?P<d>[0-9]*)[.]my[.]test[.]$
  answer "{{ .Name }} 60 IN A {{ .Group.a }}.{{ .Group.b }}.{{ .Group.c }}.{{ .Group.d }}"
  fallthrough
}
template IN A my.test {
  match "^plain[.]my[.]test[.]$"
  answer "{{ .Name }} 30 IN A 10.0.0.9"
}
template IN TXT my.test {
  answer "{{ .Name }} 30 IN TXT \\"{{ .Type }} {{ .Class }} {{ .Zone }} {{ index .Match 0 }}\\""
}
template ANY ANY nx.test {
  rcode NXDOMAIN
  authority "nx.test. 60 IN SOA ns.nx.test. me.nx.test. (1 60 60 60 60)"
}
template ANY ANY refused.test {
  rcode REFUSED
}
errors`),
    ask: [
      'ip-10-0-0-1.my.test',
      '+noall +answer plain.my.test',
      '+noall +answer any.my.test TXT',
      'other.my.test',
      'any.my.test MX',
      'ip-10-0-0-999.my.test',
      '+noall +comments a.refused.test',
    ],
  },
  {
    id: 'forward',
    corefile:
      on(`forward . 127.0.0.1:1054 {
  except secret.example.com
}
errors`) + UPSTREAM,
    ask: ['one.example.com', 'one.example.com AAAA +short', 'x.secret.example.com', 'nothere.example.com'],
  },
  {
    id: 'forward to nobody',
    corefile: on(`forward . 127.0.0.1:1055
errors`),
    ask: ['one.example.com'],
  },
  {
    id: 'forward to nobody over tcp',
    corefile: on(`forward . 127.0.0.1:1055 {
  force_tcp
}
errors`),
    ask: ['one.example.com'],
  },
  {
    id: 'forward in order',
    corefile:
      on(`forward . 127.0.0.1:1055 127.0.0.1:1054 {
  policy sequential
}`) + UPSTREAM,
    ask: ['+noall +answer one.example.com'],
  },
  {
    id: 'cache',
    corefile:
      on(`cache 30
forward . 127.0.0.1:1054`) + UPSTREAM,
    ask: ['one.example.com', 'one.example.com', '+noall +comments nothere.example.com'],
  },
  {
    id: 'cache by halves',
    corefile:
      on(`cache {
  success 100 40 10
  denial 100 20
}
forward . 127.0.0.1:1054`) + UPSTREAM,
    ask: ['+noall +answer one.example.com', '+noall +comments +answer one.example.com'],
  },
  {
    id: 'acl',
    corefile:
      on(`acl {
  allow type A net 127.0.0.0/8
  block type AAAA
  filter type TXT
}
forward . 127.0.0.1:1054`) + UPSTREAM,
    ask: ['+noall +comments one.example.com', '+noedns one.example.com AAAA', '+noedns one.example.com TXT'],
  },
  {
    id: 'several servers and zones',
    corefile: `example.com:${PORT} {
  hosts {
    192.0.2.7 www.example.com
  }
}
sub.example.com:${PORT} other.test:${PORT} {
  whoami
}
`,
    ask: [
      '+noall +answer www.example.com',
      '+noall +comments a.sub.example.com',
      '+noall +comments x.other.test',
      '+noall +comments elsewhere.org',
      '+noall +comments nothere.example.com',
    ],
  },
  {
    id: 'nobody answers at the end of the chain',
    corefile: on('errors\nlog'),
    ask: ['one.example.com'],
  },
  {
    id: 'a server without plugins',
    corefile: `example.com:${PORT} {\n}\n.:${PORT} {\n  whoami\n}\n`,
    ask: ['+noall +comments one.example.com'],
  },
  {
    id: 'log in another form, for one class',
    corefile: on(`log . "{type} {name} {rcode} {>rflags} {proto} {size} {rsize}" {
  class denial
}
log other.test
template ANY A nx.test {
  rcode NXDOMAIN
  authority "nx.test. 60 IN SOA ns.nx.test. me.nx.test. 1 60 60 60 60"
}
template ANY A bare.test {
  rcode NXDOMAIN
}
template ANY A fine.test {
  answer "{{ .Name }} 60 IN A 10.0.0.1"
}`),
    ask: ['+short a.nx.test', '+short a.fine.test', '+short a.bare.test', '+short +tcp b.nx.test'],
  },
  {
    id: 'snippets, imports and the environment',
    files: { 'more.conf': 'hosts {\n  10.0.0.5 five.test\n}\n' },
    corefile: `(common) {
  errors
  import DIR/*.conf
}
.:${PORT} {
  import common
}
`,
    ask: ['+short five.test'],
  },
  {
    id: 'an answer too long for a packet',
    corefile: on(`hosts {
${Array.from({ length: 60 }, (_, at) => `  10.3.0.${at + 1} many.test`).join('\n')}
}`),
    ask: ['+noedns +ignore +noall +comments many.test', '+noall +comments many.test', '+noedns many.test'],
  },
];

/** Corefiles that CoreDNS does not start with. */
const REFUSED: readonly (readonly [id: string, corefile: string])[] = [
  ['an unknown directive', on('errors\nkubernets cluster.local')],
  ['a brace that is not closed', `.:${PORT} {\n  errors\n`],
  ['a brace too many', `.:${PORT} {\n  errors }\n}\n`],
  ['a block that is not closed', on('hosts {\n  10.0.0.1 a.test\n')],
  ['the same zone twice', on('whoami') + on('errors')],
  ['an unknown property of kubernetes', on('kubernetes cluster.local {\n  pod insecure\n}')],
  ['pods of another kind', on('kubernetes cluster.local {\n  pods sure\n}')],
  ['a ttl too long', on('kubernetes cluster.local {\n  ttl 4000\n}')],
  ['a ttl that is no number', on('kubernetes cluster.local {\n  ttl long\n}')],
  ['reverse zones alone', on('kubernetes in-addr.arpa')],
  ['namespaces and their labels', on('kubernetes cluster.local {\n  namespaces a\n  namespace_labels x=y\n}')],
  ['kubernetes outside a cluster', on('kubernetes cluster.local')],
  ['forward to a name', on('forward . dns.example.com')],
  ['forward to nothing', on('forward .')],
  ['forward alone', on('forward')],
  ['an unknown property of forward', on('forward . 127.0.0.1 {\n  policie random\n}')],
  ['an unknown policy', on('forward . 127.0.0.1 {\n  policy first\n}')],
  ['forward by another transport', on('forward . https://127.0.0.1')],
  ['cache for no time', on('cache 0')],
  ['an unknown word of cache', on('cache 30 {\n  succes 100\n}')],
  ['cache twice', on('cache 30\ncache 60')],
  ['disable of nothing known', on('cache 30 {\n  disable all\n}')],
  ['rewrite of nothing known', on('rewrite nam a b')],
  ['rewrite with too few words', on('rewrite name a')],
  ['rewrite with a bad pattern', on('rewrite name regex (.* b.test')],
  ['rewrite with a group too many', on('rewrite name regex a.test {1}.test')],
  ['rewrite of an unknown type', on('rewrite type A AAAAA')],
  ['rewrite with a wrong match', on('rewrite name contains a b')],
  ['an answer first', on('rewrite answer name a b')],
  ['template of an unknown class', on('template INN A')],
  ['template of an unknown type', on('template IN AX')],
  ['template with a bad pattern', on('template IN A {\n  match (.*\n}')],
  ['template with an unknown code', on('template IN A {\n  rcode NODOMAIN\n}')],
  ['template with an unknown word', on('template IN A {\n  reply "x"\n}')],
  ['log of an unknown class', on('log {\n  class good\n}')],
  ['errors to a file', on('errors /tmp/errors')],
  ['health with two addresses', on('health :1 :2')],
  ['health with a bad duration', on('health {\n  lameduck 5\n}')],
  ['reload too often', on('reload 1s')],
  ['reload with no duration', on('reload often')],
  ['loop with an argument', on('loop x')],
  ['an unknown load balance', on('loadbalance first')],
  ['hosts with a bad ttl', on('hosts {\n  ttl 0\n}')],
  ['acl with an unknown action', on('acl {\n  deny net *\n}')],
  ['acl with a bad range', on('acl {\n  block net 10.0.0.0/33\n}')],
  ['import of nothing', on('import DIR/nothing')],
  ['the wrong one of two is told by the order of plugins', on('forward . nobody\ncache 0')],
];

export const CASES: readonly CorednsCase[] = [...ANSWERED, ...REFUSED.map(([id, corefile]) => ({ id, corefile }))];
