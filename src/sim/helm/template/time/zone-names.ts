/** What clocks are called where they have a name of their own, by how far they are ahead of UTC in hours. */
const NAMES: readonly (readonly [zones: RegExp, names: Readonly<Record<number, string>>])[] = [
  [/^(GMT|Etc\/GMT|Africa\/(Abidjan|Accra|Dakar))$/, { 0: 'GMT' }],
  [/^Europe\/(London|Belfast|Jersey|Guernsey|Isle_of_Man)$/, { 0: 'GMT', 1: 'BST' }],
  [/^Europe\/Dublin$/, { 0: 'GMT', 1: 'IST' }],
  [/^(Europe\/(Lisbon)|Atlantic\/Canary)$/, { 0: 'WET', 1: 'WEST' }],
  [/^(Europe\/(Athens|Bucharest|Helsinki|Kiev|Kyiv|Riga|Sofia|Tallinn|Vilnius)|EET)$/, { 2: 'EET', 3: 'EEST' }],
  [/^Europe\/(Moscow|Simferopol)$/, { 3: 'MSK' }],
  [
    /^(Europe\/(?!Istanbul|Minsk|Samara|Saratov|Ulyanovsk|Volgograd|Astrakhan)|CET|Africa\/Ceuta)/,
    { 1: 'CET', 2: 'CEST' },
  ],
  [/^(America\/(New_York|Toronto|Detroit)|US\/Eastern|EST5EDT)$/, { [-5]: 'EST', [-4]: 'EDT' }],
  [/^(America\/(Chicago|Winnipeg)|US\/Central|CST6CDT)$/, { [-6]: 'CST', [-5]: 'CDT' }],
  [/^(America\/(Denver|Edmonton|Phoenix)|US\/Mountain|MST7MDT)$/, { [-7]: 'MST', [-6]: 'MDT' }],
  [/^(America\/(Los_Angeles|Vancouver)|US\/Pacific|PST8PDT)$/, { [-8]: 'PST', [-7]: 'PDT' }],
  [/^(Asia\/Tokyo|Japan)$/, { 9: 'JST' }],
  [/^Asia\/Seoul$/, { 9: 'KST' }],
  [/^Asia\/(Shanghai|Taipei|Macau)$/, { 8: 'CST' }],
  [/^Asia\/Hong_Kong$/, { 8: 'HKT' }],
  [/^Asia\/(Kolkata|Calcutta)$/, { 5.5: 'IST' }],
  [/^Asia\/Jerusalem$/, { 2: 'IST', 3: 'IDT' }],
  [/^Australia\/(Sydney|Melbourne|Hobart|Canberra|Brisbane)$/, { 10: 'AEST', 11: 'AEDT' }],
];

/** The name a zone's clocks have when they are so far ahead of UTC, or the difference itself, as Go shows it. */
export function zoneName(zone: string, secondsAhead: number): string {
  const named = NAMES.find(([zones]) => zones.test(zone))?.[1][secondsAhead / 3600];
  if (named !== undefined) return named;
  const size = Math.abs(secondsAhead);
  const minutes = Math.floor(size / 60) % 60;
  const shown = `${String(Math.floor(size / 3600)).padStart(2, '0')}${minutes === 0 ? '' : String(minutes).padStart(2, '0')}`;
  return secondsAhead === 0 ? 'UTC' : (secondsAhead < 0 ? '-' : '+') + shown;
}
