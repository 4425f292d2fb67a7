import { chmodSync, lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { OutsideAnswer, OutsideQuestion } from '../../clusters/sim/sim-cluster.js';
import { type EditorCommand, editorCommand } from './editor-command.js';

/** Endings by which editors know plain text; other ones could have them start a program to unpack the file. */
const ENDINGS =
  /[^./](\.(?:bash|cfg|cnf|conf|config|crt|css|csr|csv|env|go|hcl|html|ini|js|json|key|list|log|md|mount|path|pem|properties|py|rego|repo|rules|service|sh|slice|socket|sql|target|timer|toml|tpl|txt|xml|yaml|yml))$/;
const BYTES_MAX = 16 * 1024 * 1024;
/** Names under which vim and those like it go. */
const VIM_FAMILY = /^(?:vi|view|[egmr]?vim|[egr]?view|vimx|vim\.\w+|nvim|nvim-qt|neovide)(?:\.exe)?$/i;
const MAYBE_VIM = /^(?:vi|view)$/;
const VERSION_PATIENCE_MILLISECONDS = 3000;
/**
 * What a file says about itself is not believed. `-c` alone would come after the first file's modelines, and `--cmd` before
 * the person's settings, which may allow them; what runs when a file is opened comes after both.
 */
const NO_MODELINES: readonly string[] = [
  ...['augroup kubedrill', 'autocmd BufReadPre,BufNewFile * setlocal nomodeline', 'augroup END'].flatMap((command) => [
    '--cmd',
    command,
  ]),
  '-c',
  'set nomodeline',
];

/** The person's own editor, at copies of simulated files. No shell takes part, and no name comes from the simulation. */
export class OwnEditor {
  private readonly command: EditorCommand;
  private readonly stopping = new AbortController();

  private constructor(command: EditorCommand) {
    this.command = command;
  }

  /** The editor that the environment names, if any. */
  static of(environment: NodeJS.ProcessEnv): OwnEditor | undefined {
    const command = editorCommand(environment);
    return command && new OwnEditor(command);
  }

  /**
   * Opens a copy in a fresh folder that nobody else may look into, and tells what was saved. The terminal must be free.
   * `onOpen` is called when the editor has been started.
   */
  async edit(
    { path, bytes, readonly }: Omit<OutsideQuestion, 'kind'>,
    onOpen: () => void = () => {},
  ): Promise<OutsideAnswer> {
    const folder = mkdtempSync(join(tmpdir(), 'kubedrill-edit-'));
    const copy = join(folder, `file${ENDINGS.exec(path)?.[1] ?? ''}`);
    const remove = (): void => rmSync(folder, { recursive: true, force: true });
    const onExit = (): void => {
      if (isAsGiven(copy, bytes)) remove();
      else tellAtExit(copy);
    };
    let answer: OutsideAnswer | undefined;
    process.on('exit', onExit);
    try {
      if (bytes) writeFileSync(copy, bytes, { mode: 0o600, flag: 'wx' });
      if (bytes && readonly) chmodSync(copy, 0o400);
      const failure = await this.run(copy, folder, onOpen);
      answer = failure === undefined ? savedIn(copy) : { kind: 'failed', reason: failure };
    } finally {
      process.off('exit', onExit);
      // What somebody wrote is lost with the copy, unless it is the answer.
      if (answer?.kind === 'failed' && !isAsGiven(copy, bytes))
        answer = { kind: 'failed', reason: `${answer.reason}; what it left is kept as ${copy}` };
      else remove();
    }
    return answer;
  }

  /** Ends an editor that is open. */
  stop(): void {
    this.stopping.abort();
  }

  /** Runs the editor in the terminal; resolves to what went wrong. */
  private async run(copy: string, folder: string, onOpen: () => void): Promise<string | undefined> {
    const { execa } = await import('execa');
    const { file, args } = this.command;
    const name = basename(file);
    const guards = (await isVim(file)) ? NO_MODELINES : [];
    const editor = execa(file, [...args, ...guards, copy], {
      cwd: folder,
      stdio: 'inherit',
      reject: false,
      cancelSignal: this.stopping.signal,
    });
    editor.once('spawn', onOpen);
    const result = await editor;
    if (result.exitCode === 0) return undefined;
    if (result.exitCode !== undefined) return `your editor ${name} ended with status ${result.exitCode}`;
    if (result.signal !== undefined) return `your editor ${name} was ended by ${result.signal}`;
    return `your editor ${name} could not be started${result.code === undefined ? '' : ` (${result.code})`}`;
  }
}

/** Whether an editor is vim or like it; `vi` may be another one, which would not understand vim's options. */
async function isVim(file: string): Promise<boolean> {
  const name = basename(file);
  if (!VIM_FAMILY.test(name)) return false;
  if (!MAYBE_VIM.test(name)) return true;
  const { execa } = await import('execa');
  const { stdout } = await execa(file, ['--version'], {
    stdin: 'ignore',
    stderr: 'ignore',
    reject: false,
    timeout: VERSION_PATIENCE_MILLISECONDS,
  });
  return /VIM/i.test(stdout ?? '');
}

/** Whether a copy is still what it was made as: of no file, none. */
function isAsGiven(copy: string, bytes: Uint8Array | undefined): boolean {
  const facts = lstatSync(copy, { throwIfNoEntry: false });
  if (!facts || !bytes) return facts === undefined && bytes === undefined;
  return facts.isFile() && facts.size === bytes.length && readFileSync(copy).equals(bytes);
}

function tellAtExit(copy: string): void {
  try {
    writeSync(process.stderr.fd, `What your editor left is kept as ${copy}\n`);
  } catch {
    // The terminal is gone, and with it whoever could be told.
  }
}

function savedIn(copy: string): OutsideAnswer {
  const facts = lstatSync(copy, { throwIfNoEntry: false });
  if (!facts) return { kind: 'left' };
  if (!facts.isFile()) return { kind: 'failed', reason: 'your editor left something that is no file' };
  if (facts.size > BYTES_MAX) return { kind: 'failed', reason: `what was saved is larger than ${BYTES_MAX} bytes` };
  return { kind: 'saved', bytes: new Uint8Array(readFileSync(copy)) };
}
