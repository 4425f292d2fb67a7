import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { progressReport } from '../../../src/cli/progress/html/report.js';
import { curriculum } from '../../../src/labs/content/curriculum.js';
import { contentFolder, readCatalogue } from '../../../src/labs/content/find.js';
import { factsOf } from '../../../src/labs/progress/facts-of.js';
import { historyOf } from '../../../src/labs/progress/history.js';
import { temporaryFolder } from '../../labs/home-folder.js';
import { type BrowserPage, findChromium, withBrowser } from './browser.js';
import { practised } from './practised-home.js';

const chromium = findChromium();
if (chromium === undefined)
  console.log('the report is not opened in a browser: there is no chromium (apt-get install chromium)');

/** With KUBEDRILL_SCREENSHOTS the pictures stay in that folder, to be looked at. */
const shown = process.env['KUBEDRILL_SCREENSHOTS'];

function written(): string {
  const now = Date.UTC(2026, 10, 22, 12);
  const facts = factsOf(readCatalogue(contentFolder()).labs, curriculum());
  return progressReport(historyOf(practised(now), facts, now), facts);
}

/** Everything the page asks for, and everything it says on its console or is refused. */
async function watched(page: BrowserPage): Promise<{ readonly asked: string[]; readonly said: string[] }> {
  const asked: string[] = [];
  const said: string[] = [];
  page.onEvent((method, { request, entry, args }) => {
    if (method === 'Network.requestWillBeSent') asked.push((request as { url: string }).url);
    if (method === 'Log.entryAdded') said.push((entry as { text: string }).text);
    if (method === 'Runtime.consoleAPICalled') said.push(JSON.stringify(args));
  });
  for (const domain of ['Network', 'Log', 'Runtime']) await page.send(`${domain}.enable`);
  return { asked, said };
}

/** What stands beyond the right edge, and how many charts are seen. */
const LOOK = `({
  beyond: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  charts: [...document.querySelectorAll('figure svg')].filter((one) => one.getBoundingClientRect().height > 50).length,
  small: [...document.querySelectorAll('td, p, li, figure text')].filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 0 && height > 0 && one.tagName === 'text' && height < 9;
  }).length,
  paper: getComputedStyle(document.body).backgroundColor,
  heads: [...document.querySelectorAll('h2')].map((one) => one.textContent),
})`;

interface Look {
  readonly beyond: number;
  readonly charts: number;
  readonly small: number;
  readonly paper: string;
  readonly heads: readonly string[];
}

describe.skipIf(chromium === undefined)('the report in a real browser', () => {
  test('opens, shows its charts on a phone and on a desk, light and dark, asks for nothing, and prints', async () => {
    const file = join(temporaryFolder(), 'report.html');
    const report = written();
    writeFileSync(file, report);
    const url = pathToFileURL(file).href;
    await withBrowser(chromium ?? '', async (page) => {
      const { asked, said } = await watched(page);
      await page.open(url);
      for (const [width, scheme] of [
        [390, 'light'],
        [390, 'dark'],
        [1280, 'light'],
        [1280, 'dark'],
      ] as const) {
        await page.show(width, scheme);
        const look = await page.evaluate<Look>(LOOK);
        const paper = scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(16, 22, 28)';
        expect({ width, ...look }).toMatchObject({ width, beyond: 0, charts: 2, small: 0, paper });
        expect(look.heads).toEqual(
          expect.arrayContaining(['What to do next', 'Score over time', 'Days practised', 'Exams', 'Labs']),
        );
        if (shown !== undefined) writeFileSync(join(shown, `${width}-${scheme}.png`), await page.screenshot());
      }
      const printed = await page.print();
      if (shown !== undefined) writeFileSync(join(shown, 'report.pdf'), printed);
      const pages = printed.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      expect(pages).toBeGreaterThanOrEqual(5);
      expect(pages).toBeLessThanOrEqual(16);
      expect({ asked, said }).toEqual({ asked: [url], said: [] });
      expect(await askedOfServer(page, report)).toEqual(['/report.html']);
    });
  });
});

/** What a server that the report comes from is asked for. */
async function askedOfServer(page: BrowserPage, report: string): Promise<string[]> {
  const paths: string[] = [];
  const server = createServer(({ url = '' }, answer) => {
    paths.push(url);
    answer.setHeader('content-type', 'text/html').end(report);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await page.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/report.html`);
  await page.evaluate('document.title');
  server.closeAllConnections();
  server.close();
  return paths;
}
