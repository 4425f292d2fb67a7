import type { Waiting } from '../../../kernel/wait.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';
import type { ExCall } from './command.js';
import { applySetting } from './set.js';

/** Commands for when something happens to a text. */
export interface AutoCommand {
  readonly events: readonly string[];
  readonly patterns: readonly string[];
  readonly command: string;
  /** The `:augroup` it was made in. */
  readonly group: string;
}

const EVENTS = new Set(
  (
    'bufadd bufcreate bufdelete bufenter buffilepost buffilepre bufhidden bufleave bufnew bufnewfile bufread bufreadcmd ' +
    'bufreadpost bufreadpre bufunload bufwinenter bufwinleave bufwipeout bufwrite bufwritecmd bufwritepost bufwritepre ' +
    'cmdlinechanged cmdlineenter cmdlineleave cmdwinenter cmdwinleave colorscheme colorschemepre completechanged ' +
    'completedone completedonepre cursorhold cursorholdi cursormoved cursormovedi diffupdated dirchanged dirchangedpre ' +
    'encodingchanged exitpre fileappendcmd fileappendpost fileappendpre filechangedro filechangedshell ' +
    'filechangedshellpost fileencoding filereadcmd filereadpost filereadpre filetype filewritecmd filewritepost ' +
    'filewritepre filterreadpost filterreadpre filterwritepost filterwritepre focusgained focuslost funcundefined ' +
    'guienter guifailed insertchange insertcharpre insertenter insertleave insertleavepre menupopup modechanged ' +
    'optionset quickfixcmdpost quickfixcmdpre quitpre remotereply safestate safestateagain sessionloadpost ' +
    'shellcmdpost shellfilterpost sigusr1 sourcecmd sourcepost sourcepre spellfilemissing stdinreadpost stdinreadpre ' +
    'swapexists syntax tabclosed tabenter tableave tabnew termchanged terminalopen terminalwinopen termresponse ' +
    'textchanged textchangedi textchangedp textchangedt textyankpost user vimenter vimleave vimleavepre vimresized ' +
    'vimresume vimsuspend winclosed winenter winleave winnew winresized winscrolled'
  ).split(' '),
);

/** `:autocmd`: kept until the event comes; `!` takes back what its group kept, for all events or some. */
export function* autocmd(editor: Editor, { args, bang }: ExCall): Waiting<void> {
  const words = args.trim();
  if (words === '') {
    if (bang) editor.autoCommands = editor.autoCommands.filter(({ group }) => group !== editor.group);
    return;
  }
  const found = /^(\S+)(?:\s+(\S+)(?:\s+(?:\+\+(?:once|nested)\s+)*([\s\S]*))?)?$/.exec(words);
  const [, first = '', pattern = '', command = ''] = found ?? [];
  const events = first.toLowerCase().split(',');
  if (!events.every((event) => event === '*' || EVENTS.has(event))) {
    if (editor.groups.has(first)) return yield* autocmd(editor, withoutGroup(words, bang));
    throw new EditorError(`E216: No such group or event: ${words}`);
  }
  if (bang)
    editor.autoCommands = editor.autoCommands.filter(
      (each) => each.group !== editor.group || !each.events.some((event) => events.includes(event)),
    );
  if (command !== '') editor.autoCommands.push({ events, patterns: pattern.split(','), command, group: editor.group });
}

const withoutGroup = (words: string, bang: boolean): ExCall => ({
  name: 'autocmd',
  range: { first: 0, last: 0, given: 0 },
  bang,
  args: words.replace(/^\S+\s*/, ''),
});

/** `:augroup`: the names of groups are known, so that `:autocmd` may begin with one. */
export function* augroup(editor: Editor, { args, bang }: ExCall): Waiting<void> {
  const name = args.trim();
  if (bang) {
    if (!editor.groups.delete(name)) throw new EditorError(`E367: No such group: "${name}"`);
  } else if (name.toUpperCase() === 'END') editor.group = '';
  else if (name !== '') {
    editor.groups.add(name);
    editor.group = name;
  }
}

/** A pattern of file names: `*.yaml`, `Dockerfile*`, `/etc/*`. One without a slash is for the last part of a name. */
function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')
    .replace(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.replace(/,/g, '|')})`);
  const subject = pattern.includes('/') ? name : name.slice(name.lastIndexOf('/') + 1);
  return new RegExp(`^${source}$`).test(subject);
}

/** Does what the settings want done at an event, for a file's name or a file type: their `set` commands. */
export function runAutoCommands(editor: Editor, happened: readonly string[], subject: string): void {
  for (const { events, patterns, command } of [...editor.autoCommands]) {
    if (!events.some((event) => happened.includes(event))) continue;
    if (!patterns.some((pattern) => matches(pattern, subject))) continue;
    for (const each of command.split('|')) applySetting(editor, each.trim(), 'both');
  }
}
