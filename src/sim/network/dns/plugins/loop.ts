import { askServer } from '../../../client/resolver.js';
import { SECOND } from '../../../kernel/time.js';
import { CorefileError } from '../corefile/tokens.js';
import { inZone } from '../corefile/zone-name.js';
import type { PluginSetup } from '../plugin.js';

/** How often the server's own question may come back before it is taken for one that goes in a circle. */
const SEEN_MAX = 2;
const WATCHED = 2 * SECOND;

/** The loop plugin: asks itself about a name nobody has; who hears it again and again hands questions on to himself. */
export const loop: PluginSetup = ({ words, zones, port, sys, background, die }) => {
  for (let count = 0; words.next(); count += 1) {
    if (count > 0) throw new CorefileError('this plugin can only be used once per Server Block');
    if (words.nextArgument()) words.wrongCount();
  }
  const [zone = '.'] = zones;
  const random = sys.random().fork('loop');
  const draw = (): string => `${random.uint32()}${random.uint32().toString().padStart(9, '0').slice(0, 9)}`;
  const name = `${draw()}.${draw()}.${zone === '.' ? '' : zone}`;
  let seen = 0;
  let off = false;
  background(function* probe() {
    const end = sys.now() + 30 * SECOND;
    while (sys.now() < end) {
      const found = yield* askServer(sys, '127.0.0.1', port, { name, type: 'HINFO' }, 2 * SECOND);
      if (typeof found !== 'string') break;
      if (seen <= SEEN_MAX) seen = 0;
      yield* sys.sleep(SECOND);
    }
    yield* sys.sleep(WATCHED);
    off = true;
  });
  return (next) =>
    function* answer(query) {
      const { question, client } = query;
      if (off || question.type !== 'HINFO' || !inZone(question.name, zone)) return yield* next(query);
      if (question.name === name) seen += 1;
      if (seen > SEEN_MAX) {
        const way = `${client.address}:${client.port} -> :${port}`;
        const advice = 'see https://coredns.io/plugins/loop#troubleshooting';
        die(`[FATAL] plugin/loop: Loop (${way}) detected for zone "${zone}", ${advice}. Query: "HINFO ${name}"`);
      }
      return yield* next(query);
    };
};
