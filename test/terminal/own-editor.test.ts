import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { program } from './program.js';
import { scenario } from './scenario.js';

const LAB = ['run', 'cka/drain-a-node', '--seed', '7', '--editor', 'own'] as const;
const UNIX = process.platform !== 'win32';
/** An editor that adds what is typed at it, fails when that is “fail”, and notes that it was started. */
const EDITOR = `trap 'echo got Ctrl-C' INT
echo run >> "$NOTES"
printf 'own editor: '
until read -r word; do :; done
[ "$word" = fail ] && exit 1
echo "$word" >> "$1"
`;

/** Command lines that start the program with the editor at hand, and with none. */
function commands(home: string): { withEditor: (argv: readonly string[]) => string; without: string } {
  writeFileSync(join(home, 'editor'), EDITOR);
  const own = `'${process.execPath}' '${program}'`;
  return {
    withEditor: (argv) => `VISUAL= EDITOR="sh '${home}/editor'" NOTES='${home}/runs' ${own} ${argv.join(' ')}`,
    without: `unset VISUAL EDITOR; ${own}`,
  };
}

if (UNIX)
  scenario('the own editor has the terminal to itself, and is not opened again on resuming', async (stage) => {
    const { withEditor, without } = commands(stage.home);
    const me = stage.personAt({ command: ['sh', '-c', `exec env ${withEditor(LAB)}`] });
    await me.enters('echo first > note.yaml; vi note.yaml; cat note.yaml');
    await me.sees('own editor:');
    expect(me.modes).toMatchObject({ alternateScreen: false, bracketedPaste: false, cursorShown: true });
    me.presses('Ctrl-C');
    await me.sees('got Ctrl-C');
    me.types('second\r');
    await me.seesRow('second');
    await me.seesPrompt();
    expect(me.modes).toMatchObject({ alternateScreen: true, bracketedPaste: true });
    expect(me.rows()).toContain('[note.yaml is open in your own editor; time stands still]');
    await me.enters('vi note.yaml || echo status-$?');
    // What the first one said still stands above.
    await me.sees('own editor:', (rows) => rows.some((row) => row.trimEnd().endsWith('own editor:')));
    me.types('fail\r');
    await me.seesRow('vi: your editor sh ended with status 1');
    await me.seesRow('status-1');
    await me.kills();

    const again = stage.personAt({ command: ['sh', '-c', without] });
    await again.sees('Go on with');
    again.presses('Enter');
    await again.seesRow('status-1');
    await again.runs('clear; cat note.yaml');
    expect(again.rows().filter((row) => row === 'first' || row === 'second')).toEqual(['first', 'second']);
    expect(readFileSync(join(stage.home, 'runs'), 'utf8')).toBe('run\nrun\n');
    await again.enters('vi note.yaml');
    await again.sees('"note.yaml" 2L');
  });

if (UNIX)
  scenario('SIGTERM while the own editor is open ends both and gives the terminal back', async (stage) => {
    const { withEditor } = commands(stage.home);
    const { home } = stage;
    const script = `trap : INT TERM; stty -a > '${home}/before'; ${withEditor(LAB)} 2> '${home}/errors'; echo $? > '${home}/code'; stty -a > '${home}/after'`;
    const me = stage.personAt({ command: ['sh', '-c', script] });
    await me.enters('nano note.yaml');
    await me.sees('own editor:');
    me.signalsProgram('SIGTERM');
    await stage.until('the program is gone', () => existsSync(join(home, 'code')));
    await me.ended;
    const read = (file: string): string => readFileSync(join(home, file), 'utf8');
    expect(read('code').trim()).toBe('143');
    expect(read('errors')).toBe('');
    expect(read('after')).toBe(read('before'));
    expect(me.modes).toMatchObject({ alternateScreen: false, bracketedPaste: false, cursorShown: true });
  });
