import { type ListeningSocket, socketsOf } from '../hosts/sockets.js';
import { flag, map, orVariant, text } from '../schema/words.js';
import type { CheckKind } from '../subject.js';

interface PortSubject {
  readonly port: {
    readonly host: string;
    readonly number: number;
    readonly protocol?: 'tcp' | 'udp';
    /** `*`: all addresses. */
    readonly address?: string;
    readonly by?: string;
    /** True when left out. */
    readonly listening?: boolean;
  };
}

/** A port of a host on which somebody listens, or nobody does. */
export const port: CheckKind<PortSubject> = {
  field: 'port',
  schema: map(
    {
      host: text('A host by its base name.'),
      number: orVariant({ type: 'integer', minimum: 1, maximum: 65_535, description: 'The number of the port.' }),
      protocol: { enum: ['tcp', 'udp'], description: 'Of the two protocols; tcp when left out.' },
      address: text('The address it is bound to, "*" for all; any when left out.'),
      by: text('The program that listens, such as etcd; any when left out.'),
      listening: flag('Somebody listens so (true when left out), or nobody does.'),
    },
    ['host', 'number'],
    'A port of a host on which somebody listens, or nobody does.',
  ),
  needs: () => ['nodes-root'],
  async judge({ port: subject }, { cluster, host }) {
    const { number, protocol = 'tcp', address, by, listening = true } = subject;
    const name = host(subject.host);
    const there = (await socketsOf(cluster, name)).filter(
      (socket) => socket.port === Number(number) && socket.protocol === protocol,
    );
    const matching = there.filter(
      (socket) =>
        (address === undefined || socket.address === (address === '0.0.0.0' ? '*' : address)) &&
        (by === undefined || socket.programs.includes(by)),
    );
    const on = `${protocol} port ${number}${address === undefined ? '' : ` of ${addressName(address)}`}`;
    return {
      passed: matching.length > 0 === listening,
      expected: `${wanted(by, listening)} on ${on}`,
      found: there.length === 0 ? `nobody listens there on ${name}` : there.map(describe).join(', '),
    };
  },
};

function wanted(by: string | undefined, listening: boolean): string {
  if (listening) return `${by ?? 'somebody'} listens`;
  return by === undefined ? 'nobody listens' : `${by} does not listen`;
}

function describe({ address, programs }: ListeningSocket): string {
  return `${programs.join(' and ') || 'somebody'} listens on ${addressName(address)}`;
}

function addressName(address: string): string {
  return address === '*' || address === '0.0.0.0' ? 'all addresses' : address;
}
