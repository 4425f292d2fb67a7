import { parseTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import { objectPath } from '../../client/paths.js';
import { RESOURCES } from '../../client/resource-types.js';
import { LineSplitter } from '../../kernel/libc/streams.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { copyAnswer } from '../copy-answer.js';
import { CommandError } from '../errors.js';
import type { Query } from '../rest.js';
import type { Session } from '../session.js';

/** So many lines of each pod a selector shows when nobody says. */
const SELECTOR_TAIL = 10;

/** One log to read. */
export interface LogRequest {
  readonly pod: Pod;
  readonly container: string;
}

/** What the flags say of the lines that are wanted. Throws in kubectl's words. */
export function logQuery(session: Session): Query {
  const { flags } = session;
  const tail = flags.number('tail');
  const tailLines = flags.text('selector') !== '' && tail === -1 && !flags.has('tail') ? SELECTOR_TAIL : tail;
  const since = flags.duration('since');
  const sinceTime = flags.text('since-time');
  if (sinceTime !== '' && parseTime(sinceTime) === undefined) {
    throw new CommandError(
      `parsing time ${JSON.stringify(sinceTime)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(sinceTime)} as "2006"`,
    );
  }
  const on = (name: string): string | undefined => (flags.bool(name) ? 'true' : undefined);
  return {
    follow: on('follow'),
    previous: on('previous'),
    timestamps: on('timestamps'),
    limitBytes: flags.number('limit-bytes') > 0 ? flags.text('limit-bytes') : undefined,
    sinceSeconds: since === 0 ? undefined : String(Math.round(since / SECOND)),
    sinceTime: sinceTime || undefined,
    tailLines: tailLines === -1 ? undefined : String(tailLines),
  };
}

/** Refuses flags that do not go together; kubectl looks for the pod before. */
export function checkLogFlags({ flags }: Session): void {
  const since = flags.duration('since');
  if (flags.text('since-time') !== '' && since !== 0) {
    throw new CommandError('at most one of `sinceTime` or `sinceSeconds` may be specified');
  }
  if (flags.number('limit-bytes') < 0) throw new CommandError('--limit-bytes must be greater than 0');
  if (since < 0) throw new CommandError('--since must be greater than 0');
  if (flags.number('tail') < -1) throw new CommandError('--tail must be greater than or equal to -1');
}

/** Copies a log to standard output as it comes, with `[pod/…] ` before each line when that is wanted. */
export function* copyLog(
  session: Session,
  { pod, container }: LogRequest,
  query: Query,
  prefix: boolean,
): Waiting<void> {
  const { name = '', namespace } = pod.metadata;
  const path = objectPath(RESOURCES.pods, name, namespace, 'log');
  const response = yield* session
    .rest()
    .response({ method: 'GET', path, query: { container, ...query }, accept: '*/*' });
  const head = prefix ? `[pod/${name}/${container}] ` : '';
  const lines = new LineSplitter();
  function* write(bytes: Uint8Array): Waiting<void> {
    if (head === '') return yield* session.sys.write(1, bytes);
    for (const line of lines.add(bytes)) yield* session.out(`${head}${line}\n`);
  }
  yield* copyAnswer(response, write);
  const rest = lines.rest();
  if (rest !== '') yield* session.out(head + rest);
}
