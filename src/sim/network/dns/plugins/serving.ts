import { SECOND } from '../../../kernel/time.js';
import { CorefileError } from '../corefile/tokens.js';
import type { PluginSetup } from '../plugin.js';
import { duration } from './words.js';

/** The health plugin: says on a port of its own that the process lives. */
export const health: PluginSetup = ({ words, serve }) => {
  let address = ':8080';
  while (words.next()) {
    const [given, ...rest] = words.remaining();
    if (rest.length > 0) words.wrongCount();
    address = checked(given ?? address);
    while (words.nextInBlock()) {
      if (words.value !== 'lameduck') words.wrongCount();
      const args = words.remaining();
      if (args.length !== 1) words.wrongCount();
      try {
        duration(args[0] as string);
      } catch (error) {
        const why = (error as Error).message;
        throw new CorefileError(`unable to parse lameduck duration value: '${args[0]}' : ${why}`);
      }
    }
  }
  serve('health', address, { '/health': () => ({ status: 200, text: 'OK' }) });
  return undefined;
};

/** The ready plugin: says whether every plugin that has to get ready is. */
export const ready: PluginSetup = ({ words, serve, unready, log }) => {
  let address = ':8181';
  while (words.next()) {
    const [given, ...rest] = words.remaining();
    if (rest.length > 0) words.wrongCount();
    address = checked(given ?? address);
    while (words.nextInBlock()) words.remaining();
  }
  serve('ready', address, {
    '/ready': () => {
      const missing = unready();
      if (missing.length === 0) return { status: 200, text: 'OK' };
      log(`[INFO] plugin/ready: Plugins not ready: ${JSON.stringify(missing.join(','))}`);
      return { status: 503, text: missing.join(',') };
    },
  });
  return undefined;
};

/** The prometheus plugin: what the server counted. */
export const prometheus: PluginSetup = ({ words, serve, metrics }) => {
  let address = 'localhost:9153';
  while (words.next()) {
    const [given, ...rest] = words.remaining();
    if (rest.length > 0) words.wrongCount();
    address = checked(given ?? address);
  }
  serve('prometheus', address, {
    '/metrics': () => ({
      status: 200,
      text: metrics.text(),
      type: 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores',
    }),
  });
  return undefined;
};

/** The reload plugin: the Corefile is looked at again and again. */
export const reload: PluginSetup = ({ words, reloadEvery }) => {
  words.next();
  const args = words.remaining();
  if (args.length > 2) words.wrongCount();
  const interval = args[0] === undefined ? 30 * SECOND : duration(args[0]);
  if (interval < 2 * SECOND) throw new CorefileError('interval value must be greater or equal to 2s');
  const jitter = args[1] === undefined ? 15 * SECOND : duration(args[1]);
  if (jitter !== 0 && jitter < SECOND) throw new CorefileError('jitter value must be 0 or greater or equal to 1s');
  reloadEvery(interval, Math.min(jitter, interval / 2));
  return undefined;
};

function checked(address: string): string {
  if (!/:\d+$/.test(address)) throw new CorefileError(`address ${address}: missing port in address`);
  return address;
}
