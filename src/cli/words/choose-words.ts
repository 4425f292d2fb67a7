import { readText } from '../../labs/content/read-text.js';
import { type Notice, type NoticeValues, sayNoticesBy } from '../../labs/session/notices.js';
import { say, speak } from '../../ui/words/words.js';
import { findTranslation } from './find-translation.js';
import type { Translation } from './read-translation.js';

/** What is spoken, and what is to be said of it. */
export interface ChosenWords {
  /** `en`, or the translation's. */
  readonly tag: string;
  readonly path?: string;
  /** Undefined for English, and where a translation cannot be had. */
  readonly translation?: Translation & { readonly english: ReadonlyMap<string, string> };
  /** Why a translation that was asked for cannot be had: a sentence. */
  readonly failure?: string;
}

/** Reads the translation that is wanted; English where there is none, or none that can be read. */
export async function chooseWords(environment: NodeJS.ProcessEnv): Promise<ChosenWords> {
  const wanted = findTranslation(environment);
  if (wanted.what === 'english') return { tag: 'en' };
  const { tag } = wanted;
  if (wanted.what === 'missing') {
    const where = wanted.looked.length === 0 ? '' : ` in ${wanted.looked.join(' or ')}`;
    return { tag: 'en', failure: `There is no translation called ${tag}${where}.` };
  }
  const { path } = wanted;
  const { text, problem } = readText(path);
  if (text === undefined) return { tag: 'en', failure: `The translation ${path} cannot be read: ${problem}.` };
  const { readTranslation } = await import('./read-translation.js');
  const { englishMessages } = await import('./english-messages.js');
  const english = englishMessages();
  return { tag, path, translation: { ...readTranslation(text, english), english } };
}

/** What sessions say is said in the words of the catalogue. */
function noticeOf(notice: Notice, { path = '', reason = '', shell = '', status = '' }: NoticeValues): string {
  switch (notice) {
    case 'own-editor':
      return say('session.own-editor', { path });
    case 'new-shell':
      return say('session.new-shell');
    case 'no-pseudo-terminal':
      return say('session.no-pseudo-terminal');
    case 'no-shell':
      return say('session.no-shell', { shell, reason });
    case 'shell-ended-at-once':
      return say('session.shell-ended-at-once', { status });
  }
}

/** Has the screens speak what the person's surroundings ask for. Gives what must be told of it, usually nothing. */
export async function speakChosen(environment: NodeJS.ProcessEnv): Promise<string[]> {
  const { tag, translation, failure } = await chooseWords(environment);
  speak(translation && { tag, messages: translation.messages });
  sayNoticesBy(noticeOf);
  if (failure !== undefined) return [`${failure} English is spoken.`];
  const [first] = translation?.messages.size === 0 ? translation.problems : [];
  return first ? [`Nothing of the translation can be used: ${first.message}. \`kubedrill doctor\` says more.`] : [];
}
