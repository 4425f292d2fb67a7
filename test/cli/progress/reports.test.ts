import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { progressReport } from '../../../src/cli/progress/html/report.js';
import { progressCsv } from '../../../src/cli/progress/progress-csv.js';
import type { ExamRecord } from '../../../src/labs/progress/exam-record.js';
import { historyOf } from '../../../src/labs/progress/history.js';
import type { Progress } from '../../../src/labs/progress/model.js';
import { temporaryFolder } from '../../labs/home-folder.js';
import { daysAgo, examOf, FACTS, graded, NOW, progressOf } from '../../labs/progress/practice.js';
import { run } from '../run.js';
import { keep, practised } from './practised-home.js';

const report = (progress: Progress): string => progressReport(historyOf(progress, FACTS, NOW), FACTS);

test('CSV: a row for each attempt, by when it began', () => {
  const progress = progressOf(
    [
      graded('cka/dns', 3, 1, { seed: '=1+1', seconds: 61 }),
      graded('cka/gone', 6, 2, { id: 'a,"b"', cluster: 'context=+prod' }),
      graded('cka/dns', 6, 3, { id: 'exam-3-1', exam: 'exam-3', seconds: 9999 }),
      graded('cka/lessons/first', 6, 4),
    ],
    [examOf(80, 3)],
  );
  const at = (days: number): string => `${daysAgo(days)},${daysAgo(days)}`;
  expect(progressCsv(progress, FACTS).split('\r\n')).toEqual([
    'attempt,lab,certification,domain,types,exam,seed,started,graded,points,total,passed,hints,seconds,minutes,cluster',
    `exam-3-1,cka/dns,cka,Troubleshooting,C1,exam-3,1,${at(3)},6,6,true,0,400,7,`,
    `"a,""b""",cka/gone,,,,,1,${at(2)},6,6,true,0,300,,context=+prod`,
    `cka-dns-1,cka/dns,cka,Troubleshooting,C1,,'=1+1,${at(1)},3,6,false,0,61,7,`,
    '',
  ]);
});

test('the report asks nobody for anything, and its policy lets it', () => {
  const text = report(progressOf([graded('cka/dns', 3, 1)], [examOf(80, 3)]));
  const links = [...text.matchAll(/ (?:src|href)="([^"]*)"/g)].map(([, link]) => link);
  expect(links).toEqual(['data:,']);
  expect(text).not.toMatch(/<script|https?:|url\(|@import| style="| on\w+=/);
  expect(text).toMatch(
    /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[^']+'; img-src data:;/,
  );
});

test('nothing that a file holds becomes HTML', () => {
  const evil = `<img src=x onerror="alert('1')">&amp;\u202e`;
  const odd = { html: '<b>raw</b>', text: '<b>raw</b>' } as unknown as string;
  const exam: ExamRecord = { ...examOf(80, 1), title: evil, seed: evil, blueprint: odd };
  const task = { ...examOf(80, 1).tasks[0], lab: evil, domain: odd } as ExamRecord['tasks'][number];
  const progress = progressOf(
    [graded(evil, 3, 1), graded('cka/dns', 3, 1)],
    [
      {
        ...exam,
        tasks: [task],
        domains: [{ name: evil, weight: odd as unknown as number, percent: odd as unknown as number }],
      },
    ],
  );
  const text = report(progress);
  expect(text).not.toMatch(/<img|<b>raw|\u202e/);
  expect(text).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;\\u202e');
});

test.each<[what: string, progress: Progress, has: readonly RegExp[], lacks: readonly RegExp[]]>([
  ['nothing', progressOf([]), [/Nothing is graded yet/, /What to do next/], [/Score over time/, /NaN|undefined/]],
  [
    'one attempt',
    progressOf([graded('cka/dns', 6, 0)]),
    [/Score over time/, /100 % of the points on the one day practised/],
    [/Exams/, /NaN|undefined/],
  ],
  [
    'an exam alone',
    progressOf([], [examOf(40, 1)]),
    [/✗ failed/, /Tasks of CKA mock exam/, /class="exam"/],
    [/NaN|undefined/],
  ],
])('a report of %s', (_, progress, has, lacks) => {
  const text = report(progress);
  for (const one of has) expect(text).toMatch(one);
  for (const one of lacks) expect(text).not.toMatch(one);
});

test('--html replaces an earlier report, and no other file', async () => {
  const home = keep(temporaryFolder(), practised(Date.now()));
  const file = join(home, 'report.html');
  const write = (): ReturnType<typeof run> => run(['progress', '--html', file], { KUBEDRILL_HOME: home });
  writeFileSync(file, report(progressOf([])));
  expect(await write()).toMatchObject({ code: 0, stdout: `${file} is written; any browser shows it.\n` });
  expect(readFileSync(file, 'utf8')).toContain('Score over time');
  writeFileSync(file, '<p>mine</p>');
  expect(await write()).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is there already and is not replaced'),
  });
  expect(readFileSync(file, 'utf8')).toBe('<p>mine</p>');
});

test('only one form at a time', async () => {
  expect((await run(['progress', '--json', '--csv'], { KUBEDRILL_HOME: temporaryFolder() })).code).toBe(2);
});

test('in words nothing is wider than 100 columns, and what comes next stands first', async () => {
  const home = keep(temporaryFolder(), practised(Date.now()));
  const { stdout } = await run(['progress'], { KUBEDRILL_HOME: home });
  const lines = stdout.split('\n');
  expect(lines[0]).toBe(' What to do next');
  expect(lines.filter((line) => [...line].length > 100)).toEqual([]);
  for (const part of ['CKA', 'Score by day practised', 'Days practised', 'Exams', 'Labs tried'])
    expect(stdout).toContain(part);
});

test('lessons are told in every form, also where nothing else was done', async () => {
  const last = new Date().toISOString();
  const lessons = {
    'cka/a-service-and-its-name': { attempt: 'a', done: ['one'], last },
    'cka/from-a-pod-to-a-deployment': { attempt: 'b', done: [], last, finished: last },
  };
  const home = keep(temporaryFolder(), { ...progressOf([]), lessons });
  const environment = { KUBEDRILL_HOME: home };
  const { stdout } = await run(['progress'], environment);
  expect(stdout).toMatch(/ Lessons\n CKA {2}1 of 3 lessons done\n/);
  expect(stdout).toMatch(/ {3}A Service and its name +1 of 4 steps/);
  expect(stdout).toMatch(/ ✓ From a pod to a Deployment +done/);
  const json = JSON.parse((await run(['progress', '--json'], environment)).stdout) as {
    readonly certifications: readonly object[];
    readonly lessons: readonly object[];
    readonly days: readonly object[];
  };
  expect(json.certifications[0]).toMatchObject({ certification: 'cka', lessons: 3, lessons_done: 1 });
  expect(json.lessons).toMatchObject([
    { lesson: 'cka/a-service-and-its-name', steps: 4, done: 1, finished: null },
    { lesson: 'cka/from-a-pod-to-a-deployment', certification: 'cka', finished: last },
  ]);
  expect(json.days).toMatchObject([{ attempts: 0, lessons: 1, cards: 0 }]);
  const { stdout: report } = await run(['progress', '--html', '-'], environment);
  expect(report).toMatch(/<h2>Lessons<\/h2>/);
  expect(report).toContain('lessons of CKA done');
});
