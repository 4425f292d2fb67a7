const USUAL = '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS';

/** What `time` prints, by $TIMEFORMAT: `%[digits][l]R`, `U`, `S`, `%P`, `%%`. */
export function timeReport(format: string | undefined, real: number, user: number): string {
  const text = (format ?? USUAL).replace(/%(?:(%)|([0-3]?)(l?)([RUS])|(P))/g, (_all, percent, digits, long, which) => {
    if (percent) return '%';
    if (!which) return (real === 0 ? 0 : (user / real) * 100).toFixed(2);
    const seconds = which === 'R' ? real : which === 'U' ? user : 0;
    const places = digits === '' ? 3 : Number(digits);
    if (!long) return truncated(seconds, places);
    const minutes = Math.floor(seconds / 60);
    return `${minutes}m${truncated(seconds - minutes * 60, places)}s`;
  });
  return format === '' ? '' : `${text}\n`;
}

function truncated(seconds: number, places: number): string {
  const factor = 10 ** places;
  return (Math.floor(seconds * factor) / factor).toFixed(places);
}
