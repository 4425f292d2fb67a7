import { say } from '../words/words.js';

const DAY = 86_400_000;

/** Seconds as `8:12` or `1:42:07`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${two(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** How long ago a day was: `today`, `yesterday`, `5 days ago`. Empty for none. */
export function ageText(iso: string | undefined, now: number): string {
  if (iso === undefined) return '';
  const day = (milliseconds: number): number => {
    const date = new Date(milliseconds);
    return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY);
  };
  const days = day(now) - day(Date.parse(iso));
  if (days <= 0) return say('age.today');
  if (days === 1) return say('age.yesterday');
  return days < 60 ? say('age.days', { days }) : say('age.months', { months: Math.floor(days / 30) });
}

/** How long ago an instant was, as exactly as matters: `12 minutes ago`, `yesterday`. */
export function agoText(iso: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(iso)) / 60_000);
  if (minutes < 1) return say('age.now');
  if (minutes < 60) return say('age.minutes', { minutes });
  return minutes < 6 * 60 ? say('age.hours', { hours: Math.floor(minutes / 60) }) : ageText(iso, now);
}

/** A count with its noun, in English: `1 lab`, `4 labs`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const DIFFICULTY_MAX = 5;

/** A difficulty of 1 to 5: `●●○○○`. */
export function difficultyText(difficulty: number): string {
  return '●'.repeat(Math.max(0, Math.min(DIFFICULTY_MAX, difficulty))).padEnd(DIFFICULTY_MAX, '○');
}

/** What a failed promise says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A clause with which a sentence begins. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
