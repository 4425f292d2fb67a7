import type { DnsAnswer, DnsQuestion, ListenSpec, Message } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';

/** Names of the world outside that people try, most with addresses nobody here can reach; `worlds/internet` has those that answer. */
const PUBLIC: Readonly<Record<string, string>> = {
  'argoproj.github.io.': '185.199.108.133',
  'charts.bitnami.com.': '104.18.20.86',
  'charts.example.com.': '203.0.113.40',
  'cloudflare.com.': '104.16.132.229',
  'dns.google.': '8.8.8.8',
  'docker.io.': '44.208.254.194',
  'example.com.': '23.192.228.80',
  'github.com.': '140.82.121.4',
  'google.com.': '142.250.185.78',
  'kubernetes-sigs.github.io.': '185.199.108.133',
  'kubernetes.github.io.': '185.199.108.133',
  'kubernetes.io.': '147.75.40.148',
  'one.one.one.one.': '1.1.1.1',
  'registry.k8s.io.': '34.96.108.209',
  'raw.githubusercontent.com.': '185.199.108.133',
  'release-assets.githubusercontent.com.': '185.199.108.133',
  'www.google.com.': '142.250.185.68',
};
const ROOT = 'a.root-servers.net. nstld.verisign-grs.com. 2026011500 1800 900 604800 86400';

/** The resolver that machines are told of by their network: it knows some names of the world, and no cluster's. */
export function publicResolver(): ListenSpec[] {
  const handler = function* (message: Message): Waiting<Message> {
    const answer = message.kind === 'dns' ? answerPublic(message.question) : FORMERR;
    return { kind: 'dns-answer', ...answer };
  };
  return (['udp', 'tcp'] as const).map((protocol) => ({ port: 53, protocol, application: 'dns', handler }));
}

const FORMERR: DnsAnswer = { code: 'FORMERR', authoritative: false, records: [] };

function answerPublic({ name, type }: DnsQuestion): DnsAnswer {
  const address = PUBLIC[name.toLowerCase()];
  const authority = [{ name: '.', type: 'SOA' as const, ttl: 86_400, data: ROOT }];
  const plain = { authoritative: false, recursive: true, records: [] };
  if (address === undefined) return { ...plain, code: 'NXDOMAIN', authority };
  if (type !== 'A') return { ...plain, code: 'NOERROR', authority };
  return { ...plain, code: 'NOERROR', records: [{ name, type, ttl: 300, data: address }] };
}
