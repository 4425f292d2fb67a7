import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { privateFolder } from '../../labs/home.js';
import { refusalReason } from '../../labs/refusal-reason.js';
import { makeFolders } from '../../labs/scaffold/write-lab.js';
import { type CommandIo, ExpectedError, say, UsageError } from '../io.js';
import { englishMessages } from './english-messages.js';
import { ownWordsFolder } from './find-translation.js';

const TAG = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

/** `kubedrill new words de`: a file to translate the screens in, each English text above the place for its translation. */
export function newWords(tag: string, to: string | undefined, io: CommandIo): void {
  if (!TAG.test(tag)) throw new UsageError(`"${tag}" is no language; it is called as in de, fr or pt-BR`);
  if (to === undefined) privateFolder(ownWordsFolder(io.environment));
  const folder = to ?? ownWordsFolder(io.environment);
  const file = join(folder, `${tag}.yaml`);
  write(folder, file, wordsToTranslate(tag, englishMessages()));
  const name = to === undefined ? tag : file;
  say(io, `Made ${file}.`);
  say(io, 'Write translations behind the keys; what is left empty is said in English.\n');
  say(io, `  KUBEDRILL_LANG=${name} kubedrill doctor\n      says what is missing in it, and what is wrong`);
  say(io, `  KUBEDRILL_LANG=${name} kubedrill\n      opens the screens in it`);
}

/** Throws `UsageError` where the file is there already. */
function write(folder: string, file: string, text: string): void {
  try {
    makeFolders(folder);
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === 'EEXIST')
      throw new UsageError(
        `${file} is there already, and nothing was changed; \`kubedrill doctor\` says what it lacks.`,
      );
    throw new ExpectedError(
      `${file} cannot be written: ${refusalReason(error as Error)}. Name another folder by --to.`,
    );
  }
}

/** A file with every key and no translation. */
export function wordsToTranslate(tag: string, english: ReadonlyMap<string, string>): string {
  const lines = [
    `# What kubedrill's screens say, in the language ${tag}. Above each key stands its English; what stays empty is said so.`,
    '# Names in braces are values, and stand wherever the sentence wants them: {title}. What depends on a number has the',
    '# forms of your language: {tasks, plural, one {# task} other {# tasks}}, where # is the number and =0 {none} is allowed.',
    "# A translation stands in quotes; an apostrophe inside single ones is written twice: 'l''examen'. A brace that is text",
    "# is '{'. Keep **stress** and `code` around what they are around.",
  ];
  let part = '';
  for (const [key, message] of english) {
    const room = key.slice(0, key.indexOf('.'));
    if (room !== part) lines.push('');
    part = room;
    lines.push(`# ${message}`, `${key}: ''`);
  }
  return `${lines.join('\n')}\n`;
}
