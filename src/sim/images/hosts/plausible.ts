import { OFFICIAL_NAMES, WELL_KNOWN_NAMES } from './official-names.js';

/**
 * Nobody can hold a list of all the world's images here, so a well-formed name that nobody knows is taken to exist: its
 * image runs and answers plainly. What is not taken to exist: a name that says so itself, one that is a slip away from
 * a name that is known, and a name in a folder whose content is known.
 */

/** Words with which people name things that are not there. */
const ABSENT =
  /(?:^|[-_./])(?:absent|bad|bogus|broken|bugged|dne|do(?:es)?-?not-?exist|does-?nt-?exist|fake|fakeimage|foobar|invalid|missing|no-?such(?:-?\w+)?|non-?exist(?:ent|ing|ant)?|nope|not-?a-?real(?:-?\w+)?|not-?exist(?:s|ing|ent)?|not-?found|not-?real|not-?there|private|typo|unknown|wrong)(?:$|[-_./])/;

/** Tags that mean something: numbers of versions, dates, commits, and the usual words. */
const TAG_OF_NUMBERS = /^v?\d[\w.+-]*$/;
const TAG_OF_COMMIT = /^(?:sha-|git-|main-|master-)?[0-9a-f]{7,40}$/;
const TAG_WORDS =
  /^(?:latest|stable|edge|main|master|mainline|nightly|dev|develop|development|devel|prod|production|release|rolling|lts|current|canary|beta|alpha|rc|test|testing|staging|blue|green|red|yellow|purple|orange|plain-text|demo|alpine|slim|debian|ubuntu|bookworm|trixie|bullseye|jammy|noble|amd64|arm64|linux|minimal|debug|nonroot|community|jre|jdk|fpm|apache|management|sleep-loop|vote|result|worker|good|new|old|next|initial|snapshot|base|full|light|lite)(?:[-_.][\w.-]+)?$/;

/** Whether a repository that nobody knows may have this tag. */
export function isPlausibleTag(tag: string): boolean {
  if (ABSENT.test(tag)) return false;
  return TAG_OF_NUMBERS.test(tag) || TAG_OF_COMMIT.test(tag) || TAG_WORDS.test(tag);
}

/** Whether a path on Docker Hub that nobody knows may exist there. `known`: the paths that are known to. */
export function isPlausibleHubPath(path: string, known: readonly string[]): boolean {
  if (path.startsWith('library/')) return OFFICIAL_NAMES.has(path.slice('library/'.length));
  const [user = '', name = ''] = path.split('/');
  // A user's folder is no folder of folders.
  if (path.split('/').length > 2 || user.length < 2 || name === '') return false;
  return isPlausiblePath(path, [...known, ...WELL_KNOWN_NAMES]);
}

/** Whether a path that nobody knows may exist in a registry where `known` do. */
export function isPlausiblePath(path: string, known: readonly string[]): boolean {
  return !ABSENT.test(path) && !known.some((name) => isSlipOf(path, name));
}

/** Whether a name is another one with one letter wrong, missing, too many, or two exchanged. */
function isSlipOf(text: string, name: string): boolean {
  if (text === name || Math.abs(text.length - name.length) > 1 || name.length < 4) return false;
  let at = 0;
  while (at < text.length && text[at] === name[at]) at += 1;
  const [rest, other] = [text.slice(at), name.slice(at)];
  if (/^[\d.]*$/.test(rest.slice(0, 1) + other.slice(0, 1))) return false;
  return (
    rest.slice(1) === other.slice(1) ||
    rest.slice(1) === other ||
    rest === other.slice(1) ||
    (rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2))
  );
}
