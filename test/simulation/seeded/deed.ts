/** A change that somebody makes to a cluster, or something that breaks, as plain data: a journal of them can be cut shorter. */
export type Deed =
  /** A request by the administrator. What is refused is an answer too. */
  | { readonly kind: 'request'; readonly method: string; readonly target: string; readonly body?: object }
  /** Something done to one of a namespace's pods: that at `nth` of their sorted names, counted round. */
  | { readonly kind: 'pod'; readonly how: PodDeed; readonly namespace: string; readonly nth: number }
  /** Something breaks, or is stopped, until `repair` on the same host, where there is such a thing. */
  | {
      readonly kind: 'fault';
      readonly fault: string;
      readonly host: string;
      readonly script: string;
      readonly repair?: string;
    }
  | { readonly kind: 'repair'; readonly fault: string }
  /** Lines that somebody types on the control plane. */
  | { readonly kind: 'script'; readonly script: string };

type PodDeed = 'evict' | 'delete' | 'delete at once';

/** A deed and the seconds that pass before it. */
export interface Act {
  readonly after: number;
  readonly deed: Deed;
}

/** A deed in one line, for people. */
export function describeDeed(deed: Deed): string {
  switch (deed.kind) {
    case 'request':
      return `${deed.method} ${deed.target}${deed.body ? ` ${JSON.stringify(deed.body)}` : ''}`;
    case 'pod':
      return `${deed.how} pod ${deed.nth} of ${deed.namespace}`;
    case 'fault':
      return `${deed.fault}: on ${deed.host} ${deed.script}`;
    case 'repair':
      return `no more ${deed.fault}`;
    default:
      return deed.script;
  }
}
