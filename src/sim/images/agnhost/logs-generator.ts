import { parseDuration } from '../../api/duration.js';
import { klogLine } from '../../client/klog.js';
import type { Random } from '../../kernel/random.js';
import type { Command } from './command.js';

const METHODS = ['GET', 'PUT', 'POST'];
const NAMESPACES = ['default', 'kube-system', 'ns'];
/** Letters and digits that make no words. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** agnhost logs-generator: so many lines in so much time. */
export const logsGenerator: Command = {
  name: 'logs-generator',
  short: 'Outputs lines of logs to stdout uniformly',
  flags: [
    { name: 'log-lines-total', short: 't', kind: 'number' },
    { name: 'run-duration', short: 'd', kind: 'duration' },
  ],
  *run(sys, given) {
    const total = Number(given.get('log-lines-total') ?? 0);
    const duration = parseDuration(given.get('run-duration') ?? '0');
    const line = (severity: 'I' | 'F', at: number, text: string) =>
      klogLine(sys, severity, `logs_generator.go:${at}`, text);
    if (total <= 0 || duration <= 0) {
      const why = total <= 0 ? `total number of lines: ${total}` : `duration: ${duration}s`;
      yield* sys.write(2, line('F', total <= 0 ? 62 : 66, `Invalid ${why}`));
      return 255;
    }
    const random = sys.random();
    for (let id = 0; id < total; id += 1) {
      yield* sys.write(2, line('I', 75, lineOf(random, id)));
      yield* sys.sleep(Math.floor(duration / total));
    }
    return 0;
  },
};

function lineOf(random: Random, id: number): string {
  const name = Array.from({ length: 3 + random.below(2) }, () => LETTERS.charAt(random.below(LETTERS.length))).join('');
  const url = `/api/v1/namespaces/${random.pick(NAMESPACES)}/pods/${name}`;
  return `${id} ${random.pick(METHODS)} ${url} ${200 + random.below(400)}`;
}
