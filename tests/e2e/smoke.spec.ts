import { resolve } from 'node:path';
import { Board } from './board';
import { serve } from './server';
import { expect, test } from './test';

test('the page opens under a sub-path', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('heading').first()).toBeVisible();
});

test('the page opens at the root of a host', async ({ browser }) => {
  const site = await serve(resolve('dist'), '/');
  const page = await browser.newPage();
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.message));
  await page.goto(site.url);
  await expect(page.getByRole('heading').first()).toBeVisible();
  expect(thrown).toEqual([]);
  await page.close();
  await site.close();
});

test('what is for later is not fetched at a start', async ({ page }) => {
  // What comes when the browser is idle comes never.
  await page.addInitScript(() => void (window.requestIdleCallback = () => 0));
  const names: string[] = [];
  page.on('request', (request) => names.push(new URL(request.url()).pathname.split('/').pop() ?? ''));
  const board = await new Board(page).open();
  await board.steps(2);
  await page.waitForLoadState('networkidle');
  expect(names.filter((name) => name.endsWith('.wasm'))).toHaveLength(1);
  expect(names.filter((name) => /^(?:en|zh|program)\b/.test(name))).toEqual([]);
});

test('a start paints its pictures a few times, and not for each text that is on its way', async ({ page }) => {
  await page.addInitScript(() => {
    // Each painting asks once for the colours of its canvas.
    const style = window.getComputedStyle;
    Object.assign(window, { paintings: 0 });
    window.getComputedStyle = (element, pseudo) => {
      if (element instanceof HTMLCanvasElement) Object.assign(window, { paintings: (Reflect.get(window, 'paintings') as number) + 1 });
      return style(element, pseudo);
    };
  });
  await new Board(page).open();
  await expect(page.getByRole('button', { name: 'η = 0.25 = 2/c: above it diverges' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  const paintings = await page.evaluate(() => Reflect.get(window, 'paintings') as number);
  expect(paintings).toBeGreaterThanOrEqual(2);
  expect(paintings).toBeLessThan(20);
});

test('no file has a name that could be cached for another', async ({ page }) => {
  const names: string[] = [];
  page.on('response', (response) => names.push(new URL(response.url()).pathname.split('/').pop() ?? ''));
  await page.goto('./', { waitUntil: 'networkidle' });
  expect(names.length).toBeGreaterThan(3);
  for (const name of names.filter((name) => name !== '')) expect(name).toMatch(/-[0-9a-zA-Z]{8}\.\w+$/);
});
