import { UndecidedError } from '../objects.js';
import type { Prober } from '../probe-pods.js';
import { curlLine, secondsOf } from './ask.js';
import { runThere } from './run.js';
import { type Answered, readCurl } from './web-answer.js';
import type { Asked, WebRequest } from './web-request.js';

/** How often, and in which rhythm. */
export interface Series {
  readonly count: number;
  /** From one request to the next, in seconds; 0 asks as fast as it can. */
  readonly everySeconds: number;
}

const END = '--answered--';

/**
 * Asks many times from one place, by a loop in its shell. `meanwhile` is done after the first answers have come: the loop
 * then runs beside it, and goes on afterwards.
 */
export async function askMany(
  prober: Prober,
  request: WebRequest,
  asked: Asked,
  series: Series,
  meanwhile?: { run(): Promise<void>; wait(seconds: number): Promise<void> },
): Promise<readonly Answered[]> {
  const loop = loopOf(curlLine(request, asked), series);
  const secondsMax = series.count * (series.everySeconds + secondsOf(request)) + 30;
  const output = meanwhile
    ? await beside(prober, loop, secondsMax, meanwhile)
    : await printed(prober, loop, secondsMax);
  const answers = output.split(new RegExp(`\\n${END} `)).slice(0, -1);
  const codes = [...output.matchAll(new RegExp(`\\n${END} (\\d+)\\n`, 'g'))].map(([, code]) => Number(code));
  return answers.map((text, index) =>
    readCurl({ code: codes[index] ?? 0, stdout: index === 0 ? text : text.slice(text.indexOf('\n') + 1), stderr: '' }),
  );
}

function loopOf(argv: readonly string[], { count, everySeconds }: Series): string {
  const pause = everySeconds > 0 ? `; sleep ${everySeconds}` : '';
  const line = argv.map(quoted).join(' ');
  return `i=0; while [ $i -lt ${count} ]; do i=$((i+1)); ${line} 2>/dev/null; printf '\\n${END} %s\\n' $?${pause}; done`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

async function printed(prober: Prober, loop: string, seconds: number): Promise<string> {
  const program = 'command -v curl >/dev/null || exit 127; ';
  const result = await runThere(prober, ['sh', '-c', program + loop], seconds);
  if (!result) throw new UndecidedError(`${prober.name} has no curl in a shell to ask with`);
  if (result.code === 124) throw new UndecidedError(`${prober.name} was not done with asking after ${seconds} s`);
  return result.stdout;
}

const FILE = '/tmp/kubedrill-requests';
const FIRST_SECONDS = 2;
const LOOK_SECONDS = 5;

async function beside(
  prober: Prober,
  loop: string,
  seconds: number,
  { run, wait }: { run(): Promise<void>; wait(seconds: number): Promise<void> },
): Promise<string> {
  // Nothing of it may hang on to the session that starts it.
  const background = `nohup sh -c ${quoted(`${loop}; touch ${FILE}.done`)} </dev/null >${FILE} 2>&1 & exit 0`;
  const start = `command -v curl >/dev/null || exit 127; rm -f ${FILE} ${FILE}.done; ${background}`;
  const started = await runThere(prober, ['sh', '-c', start], LOOK_SECONDS);
  if (started?.code !== 0)
    throw new UndecidedError(`${prober.name} could not begin to ask: ${started?.stderr.trim() || 'it has no curl'}`);
  await wait(FIRST_SECONDS);
  await run();
  for (let waited = 0; waited < seconds; waited += LOOK_SECONDS) {
    const done = await prober.run(['sh', '-c', `test -e ${FILE}.done && cat ${FILE}`], LOOK_SECONDS);
    if (done.code === 0) return done.stdout;
    await wait(LOOK_SECONDS);
  }
  throw new UndecidedError(`${prober.name} was not done with asking after ${seconds} s`);
}
