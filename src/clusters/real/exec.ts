import type { CommandOptions, CommandResult } from '../port.js';
import type { FarServer } from '../workstation/far-server.js';

/** Whose container a command runs in. */
export interface PodOfCommand {
  readonly namespace: string;
  readonly name: string;
  readonly container?: string;
}

const TIMEOUT_SECONDS = 30;
const END_SECONDS = 5;
/** So much of what a command is told goes at once. */
const FRAME_BYTES = 32 * 1024;
/** Of what a command prints. */
const BYTES_MAX = 64 * 1024 * 1024;
const [STDIN, STDOUT, STDERR, ERROR] = [0, 1, 2, 3];
/**
 * Ends a command whose time is over, with its group: runtimes leave it running. What was started from outside has no parent
 * within the container. It is the command when it has these very words, or, since shells become the last command of what
 * they are told, when it is as old (in seconds).
 */
const END_SCRIPT = `
seconds=$1
shift
want=$(for word in "$@"; do printf '%s\\n' "$word"; done)
read -r up rest < /proc/uptime
age() {
  rest=$(cat "$1/stat" 2>/dev/null) || return 1
  set -- \${rest##*) }
  echo $((\${up%.*} - \${20:-0} / 100))
}
for folder in /proc/[0-9]*; do
  pid=\${folder#/proc/}
  [ "$pid" = 1 ] && continue
  [ "$pid" = $$ ] && continue
  grep -q '^PPid:[[:space:]]*0$' "$folder/status" 2>/dev/null || continue
  if [ "$(tr '\\0' '\\n' < "$folder/cmdline" 2>/dev/null)" != "$want" ]; then
    old=$(age "$folder") || continue
    [ "$old" -ge $((seconds - 1)) ] && [ "$old" -le $((seconds + 2)) ] || continue
  fi
  kill -9 "-$pid" "$pid" 2>/dev/null
done
exit 0
`;

/**
 * Runs a command in a container by the API server's `exec`. What refuses it is code 1 with the reason on standard error;
 * code 124 when its time was over, and then the process is ended, where the container has a shell.
 */
export function execInPod(
  far: FarServer,
  pod: PodOfCommand,
  argv: readonly string[],
  { stdin, timeoutSeconds = TIMEOUT_SECONDS }: CommandOptions = {},
): Promise<CommandResult> {
  // Before the connection is cut: a runtime may end the command then, and leave what it started without its group.
  const end = () =>
    runCommand(far, pod, {
      argv: ['sh', '-c', END_SCRIPT, 'sh', `${Math.round(timeoutSeconds)}`, ...argv],
      timeoutSeconds: END_SECONDS,
    });
  return runCommand(far, pod, { argv, stdin, timeoutSeconds, onLate: end });
}

interface Command {
  readonly argv: readonly string[];
  readonly stdin?: string | undefined;
  readonly timeoutSeconds: number;
  /** What is done when the time is over, before the connection is cut. */
  onLate?(): Promise<unknown>;
}

function runCommand(far: FarServer, pod: PodOfCommand, command: Command): Promise<CommandResult> {
  const { argv, stdin, timeoutSeconds, onLate } = command;
  return new Promise((resolve) => {
    const streams: Record<number, Uint8Array[]> = { [STDOUT]: [], [STDERR]: [], [ERROR]: [] };
    let bytes = 0;
    let late = false;
    const text = (stream: number): string => Buffer.concat(streams[stream] ?? []).toString('utf8');
    const done = (code: number, more = ''): void => {
      clearTimeout(timer);
      exchange.disconnect();
      resolve({ code, stdout: text(STDOUT), stderr: text(STDERR) + more });
    };
    const timer = setTimeout(() => {
      late = true;
      void (onLate?.() ?? Promise.resolve()).then(() => done(124));
    }, timeoutSeconds * 1000);
    const over = (code: number, more?: string): void => queueMicrotask(() => late || done(code, more));
    const exchange = far.exchange(
      { method: 'GET', path: execPath(pod, argv, stdin !== undefined), headers: {}, upgrade: 'process' },
      {
        response({ status, body }) {
          if (status === 101) queueMicrotask(() => feed());
          else over(1, refusalOf(body, status));
        },
        chunk(stream, piece) {
          bytes += piece.length;
          if (bytes > BYTES_MAX) return over(1, `more than ${BYTES_MAX / 1024 / 1024} MiB of output\n`);
          if (!late) streams[stream]?.push(piece);
          if (stream === ERROR) queueMicrotask(() => ended());
        },
        end: (error) => over(1, `${error ?? 'the command ended without telling how'}\n`),
      },
    );

    function feed(): void {
      if (stdin === undefined) return;
      const given = Buffer.from(stdin);
      for (let at = 0; at < given.length; at += FRAME_BYTES)
        exchange.frame(STDIN, given.subarray(at, at + FRAME_BYTES));
      exchange.frame(STDIN, new Uint8Array(), true);
    }

    function ended(): void {
      const { code, message } = readEnd(text(ERROR));
      if (!late) done(code, message);
    }
  });
}

function execPath({ namespace, name, container }: PodOfCommand, argv: readonly string[], stdin: boolean): string {
  const query = new URLSearchParams(argv.map((word): [string, string] => ['command', word]));
  if (container !== undefined) query.set('container', container);
  if (stdin) query.set('stdin', 'true');
  query.set('stdout', 'true');
  query.set('stderr', 'true');
  const place = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
  return `${place}/exec?${query}`;
}

interface ExecStatus {
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly message?: string }[] };
}

/** What the stream of errors says at the end: a Status. */
function readEnd(text: string): { code: number; message: string } {
  try {
    const { status, reason, message, details } = JSON.parse(text) as ExecStatus;
    if (status === 'Success') return { code: 0, message: '' };
    const code = Number(details?.causes?.find((cause) => cause.reason === 'ExitCode')?.message);
    if (reason === 'NonZeroExitCode' && Number.isInteger(code)) return { code, message: '' };
    return { code: 1, message: `${message}\n` };
  } catch {
    return { code: 1, message: 'the command ended without telling how\n' };
  }
}

function refusalOf(body: Uint8Array | undefined, status: number): string {
  const text = Buffer.from(body ?? [])
    .toString('utf8')
    .trim();
  try {
    return `${(JSON.parse(text) as ExecStatus).message}\n`;
  } catch {
    return `${text || `status ${status}`}\n`;
  }
}
