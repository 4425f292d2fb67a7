import type { Waiting } from '../../kernel/wait.js';
import { setPrompt } from './command-line.js';
import { findLongOption, findOption, type OptionDescription } from './options.js';
import type { Session } from './session.js';

/** `-` changes an option while less runs, `_` tells how it is set. */
export function* toggle(session: Session, changes: boolean): Waiting<void> {
  const sign = changes ? '-' : '_';
  const found = yield* askOption(session, sign);
  if (!found) return;
  const { option, capital } = found;
  if (changes && option.fixed) {
    yield* session.error(`Cannot change the ${spelled(option, capital)} option`);
    return;
  }
  if (option.kind === 'none') {
    yield* session.error(option.letter === 'V' ? 'less 590' : 'Use "h" for help');
    return;
  }
  if (option.kind === 'truth' || option.kind === 'triple') {
    if (changes) flip(session, option, capital);
    if (changes && option.highlights) yield* session.view.remark();
    yield* session.error(option.says[session.settings.number(option.letter)] ?? '');
  } else if (changes) yield* change(session, option);
  else yield* tell(session, option);
  if (changes && option.repaints) session.view.trashed = true;
}

function* askOption(
  session: Session,
  sign: string,
): Waiting<{ option: OptionDescription; capital: boolean } | undefined> {
  let key = yield* session.askKey(sign);
  while (key === '+' || key === '!') key = yield* session.askKey(`${sign}${key}`);
  if (key === undefined || key === '\r' || key === '\n' || key === '\x7f' || key === '\b') return undefined;
  if (key !== sign) {
    const found = findOption(key);
    if (!found) yield* session.error(`There is no -${key} option`);
    return found;
  }
  const name = yield* session.ask({ prompt: sign.repeat(2) });
  if (name === undefined || name === '') return undefined;
  const found = findLongOption(name);
  if (found && found !== 'ambiguous') return found;
  yield* session.error(found ? `--${name} is an ambiguous abbreviation` : `There is no --${name} option`);
  return undefined;
}

function spelled(option: OptionDescription, capital: boolean): string {
  const letter = capital ? option.letter.toUpperCase() : option.letter;
  return `-${letter} (--${capital ? option.name.toUpperCase() : option.name})`;
}

function flip({ settings }: Session, option: OptionDescription, capital: boolean): void {
  const now = settings.number(option.letter);
  const wanted = option.kind === 'truth' ? 1 : capital ? 2 : 1;
  settings.setNumber(option.letter, now === wanted ? 0 : wanted);
}

function* change(session: Session, option: OptionDescription): Waiting<void> {
  const text = yield* session.ask({ prompt: option.says[0] ?? '' });
  if (text === undefined) return;
  if (text !== '' && option.kind === 'number') {
    if (/^-?\d+$/.test(text)) session.settings.setNumber(option.letter, Number(text));
    else {
      yield* session.error('Number is required');
      return;
    }
  } else if (text !== '' && option.letter === 'P') setPrompt(session.settings, text);
  else if (text !== '') session.settings.setText(option.letter, text);
  if (text === '' || option.kind === 'number') yield* tell(session, option);
}

function* tell(session: Session, option: OptionDescription): Waiting<void> {
  const { settings } = session;
  const says = option.says[1] ?? '';
  if (option.kind === 'number') yield* session.error(says.replace('%d', String(settings.number(option.letter))));
  else if (option.letter === 'P') yield* session.error(session.prototype('s', ''));
  else {
    const standard: Readonly<Record<string, string>> = { j: '1', x: '8', '#': 'half screen width' };
    const value = settings.text(option.letter) ?? standard[option.letter] ?? '';
    yield* session.error(
      option.letter === '#' && value === standard['#'] ? 'Horizontal shift 0 columns' : says.replace('%s', value),
    );
  }
}
