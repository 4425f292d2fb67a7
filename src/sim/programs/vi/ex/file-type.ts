import type { Editor } from '../state/editor.js';
import { runAutoCommands } from './autocmd.js';

const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/\.ya?ml$/, 'yaml'],
  [/\.(?:sh|bash)$|(?:^|\/)\.?(?:bashrc|profile|bash_profile|bash_aliases)$/, 'sh'],
  [/\.json$/, 'json'],
  [/\.py$/, 'python'],
  [/\.go$/, 'go'],
  [/\.md$/, 'markdown'],
  [/(?:^|\/)Dockerfile$/, 'dockerfile'],
  [/(?:^|\/)crontab(?:\.|$)/, 'crontab'],
  [/(?:^|\/)\.?vimrc$|\.vim$/, 'vim'],
];

/** Finds a text's file type by its name and first line, and applies what comes with it. */
export function detectFileType(editor: Editor): void {
  if (!editor.detectsFileTypes) return;
  const { buffer } = editor;
  const name = buffer.name ?? '';
  let type = BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? '';
  const [first = ''] = buffer.lines;
  if (type === '' && /^#!.*\b(?:ba|da|)sh\b/.test(first)) type = 'sh';
  if (type === '' && /^%YAML/.test(first)) type = 'yaml';
  if (type !== '') setFileType(editor, type);
}

/** What a file type brings: its indenting where file type plugins are on, and the settings' `autocmd FileType` lines. */
export function setFileType(editor: Editor, type: string): void {
  const { options } = editor.buffer;
  options.filetype = type;
  if (editor.fileTypePlugins) {
    if (type === 'yaml') Object.assign(options, { expandtab: true, shiftwidth: 2, softtabstop: 2 });
    if (type === 'python') Object.assign(options, { expandtab: true, shiftwidth: 4, softtabstop: 4, tabstop: 8 });
    options.comment = ['yaml', 'sh', 'python', 'dockerfile'].includes(type) ? '#' : '';
  }
  options.indents = editor.fileTypeIndents && type === 'yaml' ? 'yaml' : 'plain';
  runAutoCommands(editor, ['filetype'], type);
}
