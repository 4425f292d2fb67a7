import { UndecidedError } from '../objects.js';
import type { Prober } from '../probe-pods.js';
import { curlLine, secondsOf, wgetLine } from './ask.js';
import { runThere } from './run.js';
import { type Answered, readCurl, readWget } from './web-answer.js';
import type { Asked, WebRequest } from './web-request.js';

/** How often, and in which rhythm. */
export interface Series {
  readonly count: number;
  /** From one request to the next, in seconds; 0 asks as fast as it can. */
  readonly everySeconds: number;
}

/** What is done while the requests go on, and how time passes. */
export interface Meanwhile {
  run(): Promise<void>;
  wait(seconds: number): Promise<void>;
}

/**
 * Asks many times from one place, by a loop in its shell, with curl or else with what busybox's wget can do. `meanwhile`
 * is done after the first answers have come: the loop then runs beside it, and goes on afterwards.
 */
export async function askMany(
  prober: Prober,
  request: WebRequest,
  asked: Asked,
  series: Series,
  meanwhile?: Meanwhile,
): Promise<readonly Answered[]> {
  const secondsMax = secondsOfSeries(request, series);
  const printed = async (argv: readonly string[]): Promise<readonly Printed[] | undefined> => {
    const loop = loopOf(argv, series);
    const output = meanwhile
      ? await beside(prober, argv[0] as string, loop, secondsMax, meanwhile)
      : await atOnce(prober, argv[0] as string, loop, secondsMax);
    return output === undefined ? undefined : printedIn(output);
  };
  const byCurl = await printed(curlLine(request, asked));
  if (byCurl) return byCurl.map(readCurl);
  const argv = wgetLine(request, asked);
  const byWget = argv && (await printed(argv));
  if (!byWget)
    throw new UndecidedError(`${prober.name} has no ${argv ? 'curl or wget' : 'curl'} in a shell to ask with`);
  return byWget.map((one) => readWget(one, request.follow === true));
}

/** How long a series may take, in seconds, when every answer takes as long as it may. */
export function secondsOfSeries(request: WebRequest, { count, everySeconds }: Series): number {
  return count * (everySeconds + secondsOf(request)) + 30;
}

/** What one request printed, and how it ended. */
interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The third descriptor keeps what is printed apart from what is said to standard error, without a file. */
function loopOf(argv: readonly string[], { count, everySeconds }: Series): string {
  const once = `{ e=$(${argv.map(quoted).join(' ')} 2>&1 1>&3); c=$?; } 3>&1; printf '\\n--said--%s\\n--answered-- %s\\n' "$e" $c`;
  const pause = everySeconds > 0 ? `; sleep ${everySeconds}` : '';
  return `i=0; while [ $i -lt ${count} ]; do i=$((i+1)); ${once}${pause}; done`;
}

function printedIn(output: string): readonly Printed[] {
  const all = output.matchAll(/([\s\S]*?)\n--said--([\s\S]*?)\n--answered-- (\d+)\n/g);
  return [...all].map(([, stdout = '', stderr = '', code]) => ({ code: Number(code), stdout, stderr }));
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Ends the shell where there is no such program. */
const must = (program: string): string => `command -v ${program} >/dev/null || exit 127; `;

async function atOnce(prober: Prober, program: string, loop: string, seconds: number): Promise<string | undefined> {
  const result = await runThere(prober, ['sh', '-c', must(program) + loop], seconds);
  if (result?.code === 124) throw notDone(prober, seconds);
  return result?.stdout;
}

const FILE = '/tmp/kubedrill-requests';
const FIRST_SECONDS = 2;
const LOOK_SECONDS = 5;

async function beside(
  prober: Prober,
  program: string,
  loop: string,
  seconds: number,
  { run, wait }: Meanwhile,
): Promise<string | undefined> {
  // Nothing of it may hang on to the session that starts it.
  const background = `nohup sh -c ${quoted(`${loop}; touch ${FILE}.done`)} </dev/null >${FILE} 2>&1 & exit 0`;
  const start = `${must(program)}rm -f ${FILE} ${FILE}.done; ${background}`;
  const started = await runThere(prober, ['sh', '-c', start], LOOK_SECONDS);
  if (!started) return undefined;
  if (started.code !== 0) throw new UndecidedError(`${prober.name} could not begin to ask: ${started.stderr.trim()}`);
  await wait(FIRST_SECONDS);
  await run();
  for (let waited = 0; waited < seconds; waited += LOOK_SECONDS) {
    const done = await prober.run(['sh', '-c', `test -e ${FILE}.done && cat ${FILE}`], LOOK_SECONDS);
    if (done.code === 0) return done.stdout;
    await wait(LOOK_SECONDS);
  }
  throw notDone(prober, seconds);
}

function notDone(prober: Prober, seconds: number): UndecidedError {
  return new UndecidedError(`${prober.name} was not done with asking after ${seconds} s`);
}
