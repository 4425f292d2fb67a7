import type { Waiting } from '../../kernel/wait.js';
import type { Exchange } from './exchange.js';
import { proxied } from './proxy.js';
import { runRewrites } from './rewrite.js';
import { allWordsOf, type Location } from './sites.js';
import { chooseLocation } from './tables.js';

/** `mirror`: the same request goes to other locations too; what they answer is nobody's business. */
export function* mirrored(exchange: Exchange, location: Location): Waiting<void> {
  for (const [path = 'off'] of allWordsOf(location, 'mirror')) {
    if (path === 'off') continue;
    const { sys } = exchange.context;
    const copy: Exchange = {
      ...exchange,
      uri: path,
      variables: new Map(exchange.variables),
      upstream: { address: '', status: '', length: '' },
    };
    const target = chooseLocation(exchange.site, path);
    sys.thread(function* mirror() {
      runRewrites(copy, target, target.own);
      yield* sendTo(copy, target);
    });
  }
}

function* sendTo(copy: Exchange, target: Location): Waiting<void> {
  const pass = target.own.find(({ name }) => name === 'proxy_pass')?.words[0];
  if (pass !== undefined) yield* proxied(copy, target, pass);
}
