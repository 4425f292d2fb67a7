import { englishMessages } from '../../../src/cli/words/english-messages.js';
import { type Part, parseMessage } from '../../../src/ui/words/message.js';

const ASCII = 'abcdefghijklmnopqrstuvwxyz';
const ACCENTED = 'áƀćďéƒǵĥíĵķĺḿńóṕɋŕśťúṽẃẋýź';
const CYRILLIC = 'абвгдежзийклмнопрстуфхцчшщ';

/** Text in other letters, one for one; everything else stays. */
function inLetters(text: string, letters: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const other = letters[ASCII.indexOf(letter.toLowerCase())] as string;
    return letter === letter.toLowerCase() ? other : other.toUpperCase();
  });
}

/** Wide letters: each takes two columns. */
function inWideLetters(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
}

function rebuilt(parts: readonly Part[], change: (text: string) => string): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return change(part.text);
      if (part.kind === 'number') return '#';
      if (part.kind === 'value') return `{${part.name}}`;
      const branches = [...part.branches].map(([form, branch]) => `${form} {${rebuilt(branch, change)}}`);
      return `{${part.name}, plural, ${branches.join(' ')}}`;
    })
    .join('');
}

/** A translation that says everything in accented letters, in brackets, and a third longer. */
export function pseudoMessages(): Map<string, string> {
  return changedMessages((message) => {
    const text = rebuilt(parseMessage(message), (part) => inLetters(part, ACCENTED));
    return `⟦${text}${'~'.repeat(Math.ceil(message.length / 3))}⟧`;
  });
}

/** A translation whose letters take two columns each, with marks and signs made of several characters behind them. */
export function wideMessages(): Map<string, string> {
  return changedMessages((message) => `${rebuilt(parseMessage(message), inWideLetters)}e\u0301\u0316👩‍👩‍👧`);
}

function changedMessages(change: (message: string) => string): Map<string, string> {
  return new Map([...englishMessages()].map(([key, message]) => [key, change(message)]));
}

/** Fields whose values are no text but one of a few words that the program knows. */
const KNOWN_WORDS: ReadonlySet<string> = new Set([
  'asks',
  'ending',
  'focus',
  'intent',
  'interruptions',
  'kind',
  'layout',
  'offers',
  'panel',
  'part',
  'type',
]);

/** Data as it is, but that all its text is in Cyrillic letters: what is in Latin ones then is the program's own. */
export function disguised<Value>(value: Value, field = '', parent = ''): Value {
  if (typeof value === 'string') {
    const known =
      KNOWN_WORDS.has(field) || (field === 'name' && parent === 'screen') || /^\d{4}-\d\d-\d\dT/.test(value);
    return (known ? value : inLetters(value, CYRILLIC)) as Value;
  }
  if (Array.isArray(value)) return value.map((one: unknown) => disguised(one, field, parent)) as Value;
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value as object).map(([name, one]) => [name, disguised(one as unknown, name, field)]),
  ) as Value;
}
