import { augroup, autocmd } from './autocmd.js';
import type { ExCommand } from './command.js';
import * as environment from './environment.js';
import { setFileType } from './file-type.js';
import * as files from './files.js';
import { global } from './global.js';
import * as language from './language.js';
import * as lines from './lines.js';
import { MAP_COMMANDS } from './map.js';
import { MISSING_COMMANDS } from './missing.js';
import * as others from './others.js';
import { set } from './set.js';
import { substitute, substituteAgain } from './substitute.js';
import { undo } from './undo.js';

const none = (name: string, short: string): ExCommand => ({ name, short, ranges: true, run: others.nothing });
const modifier = (name: string, short: string): ExCommand => ({
  name,
  short,
  ranges: true,
  takesBar: true,
  run: language.modifier,
});

/** What is done here. */
const OWN_COMMANDS: readonly ExCommand[] = [
  { name: '!', short: '!', ranges: true, takesBar: true, run: files.bang },
  {
    name: '&',
    short: '&',
    ranges: true,
    run: (editor, { args, range }) =>
      substituteAgain(
        editor,
        args.startsWith('&') ? `${editor.substitute?.flags ?? ''}${args.slice(1)}` : args,
        range.first,
        range.last,
      ),
  },
  { name: '#', short: '#', ranges: true, run: lines.printLines('number') },
  { name: '<', short: '<', ranges: true, run: lines.shiftBy(-1) },
  { name: '=', short: '=', ranges: true, run: others.lineNumber },
  { name: '>', short: '>', ranges: true, run: lines.shiftBy(1) },
  { name: '@', short: '@', ranges: true, run: others.fromRegister },
  { name: 'args', short: 'ar', run: files.listFiles },
  { name: 'autocmd', short: 'au', takesBar: true, run: autocmd },
  { name: 'augroup', short: 'aug', run: augroup },
  { name: 'cd', short: 'cd', run: environment.changeFolder },
  { name: 'chdir', short: 'chd', run: environment.changeFolder },
  { name: 'close', short: 'clo', run: environment.close },
  { name: 'colorscheme', short: 'colo', run: environment.colorscheme },
  { name: 'copy', short: 'co', ranges: true, run: lines.copy },
  { name: 'cquit', short: 'cq', ranges: true, run: files.quitFailing },
  { name: 'delete', short: 'd', ranges: true, run: lines.byOperator('d') },
  { name: 'display', short: 'di', run: others.registers },
  { name: 'echo', short: 'ec', run: language.echo },
  { name: 'echomsg', short: 'echom', run: language.echo },
  { name: 'edit', short: 'e', run: files.edit },
  { name: 'execute', short: 'exe', run: language.execute },
  { name: 'enew', short: 'ene', run: files.enew },
  { name: 'exit', short: 'exi', ranges: true, run: files.exit },
  { name: 'file', short: 'f', run: files.fileInfo },
  { name: 'filetype', short: 'filet', run: environment.fileType },
  { name: 'global', short: 'g', ranges: true, takesBar: true, run: global },
  { name: 'help', short: 'h', run: others.help },
  none('highlight', 'hi'),
  { name: 'history', short: 'his', run: others.history },
  { name: 'join', short: 'j', ranges: true, run: lines.join },
  { name: 'k', short: 'k', ranges: true, run: others.mark },
  { name: 'last', short: 'la', run: files.otherFile(({ files: all }) => all.length - 1) },
  modifier('keepalt', 'keepa'),
  modifier('keepjumps', 'keepj'),
  modifier('keepmarks', 'kee'),
  modifier('keeppatterns', 'keepp'),
  { name: 'let', short: 'let', run: language.letCommand },
  { name: 'list', short: 'l', ranges: true, run: lines.printLines('list') },
  { name: 'move', short: 'm', ranges: true, run: lines.move },
  { name: 'mark', short: 'ma', ranges: true, run: others.mark },
  modifier('lockmarks', 'loc'),
  { name: 'marks', short: 'marks', run: others.marks },
  { name: 'next', short: 'n', ranges: true, run: files.otherFile(({ fileIndex }, count) => fileIndex + count) },
  { name: 'Next', short: 'N', ranges: true, run: files.otherFile(({ fileIndex }, count) => fileIndex - count) },
  modifier('noautocmd', 'noa'),
  modifier('noswapfile', 'nos'),
  { name: 'nohlsearch', short: 'noh', run: others.noHighlight },
  { name: 'normal', short: 'norm', ranges: true, takesBar: true, run: files.normal },
  { name: 'number', short: 'nu', ranges: true, run: lines.printLines('number') },
  { name: 'print', short: 'p', ranges: true, run: lines.printLines('print') },
  { name: 'Print', short: 'P', ranges: true, run: lines.printLines('print') },
  { name: 'only', short: 'on', run: environment.only },
  { name: 'previous', short: 'prev', ranges: true, run: files.otherFile(({ fileIndex }, count) => fileIndex - count) },
  { name: 'put', short: 'pu', ranges: true, run: lines.putLines },
  { name: 'pwd', short: 'pw', run: environment.printFolder },
  { name: 'quit', short: 'q', run: files.quit },
  { name: 'quitall', short: 'quita', run: files.quitAll },
  { name: 'qall', short: 'qa', run: files.quitAll },
  { name: 'read', short: 'r', ranges: true, run: files.read },
  {
    name: 'redo',
    short: 'red',
    run: function* (editor) {
      undo(editor, 1, 'redo');
    },
  },
  none('redraw', 'redr'),
  { name: 'registers', short: 'reg', run: others.registers },
  { name: 'retab', short: 'ret', ranges: true, run: lines.retab },
  { name: 'rewind', short: 'rew', run: files.otherFile(() => 0) },
  { name: 'first', short: 'fir', run: files.otherFile(() => 0) },
  { name: 'substitute', short: 's', ranges: true, takesBar: false, run: substitute },
  { name: 'set', short: 'se', run: set('both') },
  {
    name: 'setfiletype',
    short: 'setf',
    run: function* (editor, { args }) {
      setFileType(editor, args.trim());
    },
  },
  { name: 'setglobal', short: 'setg', run: set('global') },
  { name: 'setlocal', short: 'setl', run: set('local') },
  { name: 'shell', short: 'sh', run: files.shell },
  { name: 'saveas', short: 'sav', run: files.saveAs },
  { name: 'silent', short: 'sil', ranges: true, takesBar: true, run: language.silent },
  { name: 'sort', short: 'sor', ranges: true, run: lines.sort },
  { name: 'source', short: 'so', run: environment.source },
  { name: 'syntax', short: 'sy', run: environment.syntax },
  { name: 't', short: 't', ranges: true, run: lines.copy },
  {
    name: 'undo',
    short: 'u',
    run: function* (editor) {
      undo(editor, 1, 'undo');
    },
  },
  { name: 'unlet', short: 'unl', run: language.unlet },
  modifier('unsilent', 'uns'),
  { name: 'update', short: 'up', ranges: true, run: files.update },
  { name: 'vglobal', short: 'v', ranges: true, takesBar: true, run: global },
  { name: 'visual', short: 'vi', run: files.edit },
  { name: 'view', short: 'vie', run: files.view },
  { name: 'write', short: 'w', ranges: true, run: files.write },
  { name: 'wall', short: 'wa', run: files.writeAll },
  { name: 'wnext', short: 'wn', run: files.writeNext },
  { name: 'wq', short: 'wq', ranges: true, run: files.writeQuit },
  { name: 'wqall', short: 'wqa', run: files.writeQuitAll },
  { name: 'xit', short: 'x', ranges: true, run: files.exit },
  { name: 'xall', short: 'xa', run: files.writeQuitAll },
  { name: 'yank', short: 'y', ranges: true, run: lines.byOperator('y') },
  {
    name: '~',
    short: '~',
    ranges: true,
    run: (editor, { args, range }) => substituteAgain(editor, args, range.first, range.last),
  },
];

/** Every command of the `:` line; of two with the same beginning the first is meant. */
export const EX_COMMANDS: readonly ExCommand[] = [...OWN_COMMANDS, ...MAP_COMMANDS, ...MISSING_COMMANDS];
