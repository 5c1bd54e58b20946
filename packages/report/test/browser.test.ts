// The report in a real browser, opened from disk.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunRecord } from '@striate/contracts';
import { chromium, type Browser, type Page } from 'playwright-core';
import { realisticRecord } from '../src/__fixtures__/realistic-record.js';
import { smallRecord } from '../src/__fixtures__/small-record.js';
import { trainedRecord } from '../src/__fixtures__/trained-record.js';
import { writeReport } from '../src/index.js';
import { CHROMIUM_FLAGS, chromiumPath } from './chromium.js';

const [run, why] = chromiumPath === undefined ? [describe.skip, ' (skipped: no Chromium)'] : [describe, ''];

run(`the report in a browser${why}`, () => {
  let browser: Browser;
  let folder: string;
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath!, args: CHROMIUM_FLAGS });
    folder = await mkdtemp(join(tmpdir(), 'striate-report-'));
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });
  afterEach(() => page.close());

  async function open(record: RunRecord, options: Parameters<Browser['newPage']>[0] = {}): Promise<void> {
    await writeReport(record, folder);
    page = await browser.newPage(options);
    complaints.length = 0;
    requests.length = 0;
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(join(folder, 'report.html')).href);
  }

  const shownTables = () =>
    page
      .locator('#scores table')
      .evaluateAll((tables) =>
        tables
          .filter((table) => table.getClientRects().length > 0)
          .map((table) =>
            [...table.querySelectorAll('tbody tr')].map((row) =>
              [...row.querySelectorAll('th, td')].map((cell) => cell.firstChild!.textContent!.trim()),
            ),
          ),
      );

  it('opens from disk without a complaint and without a request', async () => {
    await open(realisticRecord);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([page.url()]);
  });

  it('shows the numbers of the record, and other ones when another convention is chosen', async () => {
    await open(smallRecord);
    expect(await shownTables()).toEqual([
      [
        ['gabor', '0.500', '0.500'],
        ['net "A"', '0.425', '–'],
      ],
    ]);
    await page.getByLabel('Show').first().selectOption({ label: 'pearson, ridge: mean' });
    expect(await shownTables()).toEqual([
      [
        ['gabor', '0.325', '0.250'],
        ['net "A"', '0.250', '0.200'],
      ],
    ]);
  });

  it('can be used by keyboard alone', async () => {
    await open(smallRecord);
    await page.locator('#matrix-select').focus();
    await page.keyboard.press('ArrowDown');
    expect((await shownTables())[0][0]).toEqual(['gabor', '0.325', '0.250']);
  });

  it('moves the points when another pair of models is chosen', async () => {
    await open(smallRecord);
    const chart = page.locator('#pairs svg').first();
    const before = await chart.locator('.cloud').getAttribute('d');
    expect(await chart.getAttribute('aria-label')).toBe('pearson of net "A" against gabor, V1');
    // The other way round: what was across is up. Scores 0.4 and 0.25 against 0.2 and 0.3.
    await page.locator('#pair-x').selectOption({ label: 'net "A"' });
    await page.locator('#pair-y').selectOption({ label: 'gabor' });
    const mirrored = before!.replace(/M(\d+) (\d+)h0/g, 'M$2 $1h0');
    expect(await chart.locator('.cloud').getAttribute('d')).toBe(mirrored);
    expect(mirrored).not.toBe(before);
    expect(await chart.getAttribute('aria-label')).toBe('pearson of gabor against net "A", V1');
    expect(await chart.locator('.label').allTextContents()).toEqual(['net "A"', 'gabor']);
  });

  it('draws centres of fields where they lie on the map', async () => {
    await open(trainedRecord);
    const chart = page
      .locator('#fields svg')
      .filter({ has: page.locator('.image') })
      .first();
    expect(await chart.getAttribute('aria-label')).toContain(
      'Centres of the fields of factorised on energy, V1',
    );
    // Dots at (-0.5, -1) and (0.25, 0.5) of a map from -1 to 1: middles of strokes as the browser lays them out.
    const places = await chart.evaluate((svg) => {
      const map = svg.querySelector('.image')!.getBoundingClientRect();
      const cloud = svg.querySelector<SVGPathElement>('.cloud')!;
      const matrix = cloud.getScreenCTM()!;
      return [...cloud.getAttribute('d')!.matchAll(/M(\d+) (\d+)h0/g)].map(([, x, y]) => {
        const at = new DOMPoint(Number(x), Number(y)).matrixTransform(matrix);
        return [(2 * (at.x - map.left)) / map.width - 1, (2 * (at.y - map.top)) / map.height - 1];
      });
    });
    expect(places.map((place) => place.map((value) => Math.round(100 * value) / 100))).toEqual([
      [-0.5, -1],
      [0.25, 0.5],
    ]);
  });

  it('runs nothing that a record brings along', async () => {
    await open({ ...smallRecord, name: '<img src=x onerror=console.log(1)>' });
    expect(complaints).toEqual([]);
    expect(await page.locator('h1').textContent()).toBe('<img src=x onerror=console.log(1)>');
  });

  it('shows all panels, each under its name, where scripts are off', async () => {
    await open(smallRecord, { javaScriptEnabled: false });
    expect(await page.locator('#scores .panel-name').allTextContents()).toEqual([
      'pearson, ridge: r / ceiling',
      'pearson, ridge: mean',
    ]);
    expect(await page.locator('#scores table:visible').count()).toBe(2);
  });

  it.each([1280, 400])('fits a screen of %d pixels without scrolling sideways', async (width) => {
    await open(realisticRecord, { viewport: { width, height: 800 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });

  it('follows the light or dark scheme of the reader, and prints on light paper', async () => {
    await open(smallRecord, { colorScheme: 'dark' });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await paper()).toBe('rgb(20, 24, 29)');
    await page.emulateMedia({ media: 'print' });
    expect(await paper()).toBe('rgb(255, 255, 255)');
    expect(await page.locator('#scores table:visible').count()).toBe(2);
  });

  it('gives the summary as a file', async () => {
    await open(smallRecord);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByText('Download the summary as CSV').click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/-summary\.csv$/);
  });
});
