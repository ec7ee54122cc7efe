/**
 * The picture in README: the built page itself, in the browser that CHROME names. `cargo xtask picture` makes it.
 */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { chromium } from '@playwright/test';

/** A run that swings in, seen in the middle of it. */
const EXPERIMENT = 'v=1&run=gd:0.24&step=6&lang=en';
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.wasm': 'application/wasm' };

const browser = await chromium.launch({ executablePath: process.env.CHROME, args: ['--disable-gpu', '--no-first-run'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5, colorScheme: 'light', reducedMotion: 'reduce' });
await page.route('**/*', (route) => {
  const name = new URL(route.request().url()).pathname.slice(1) || 'index.html';
  return route.fulfill({ body: readFileSync(join('dist', name)), contentType: TYPES[extname(name)] });
});
await page.goto(`http://localhost/#${EXPERIMENT}`);
await page.getByText('Step 6.').first().waitFor();
await page.evaluate(() => document.fonts.ready);
await page.waitForTimeout(500);
await page.screenshot({ path: 'docs/chalkgrad.png' });
await browser.close();
